import * as client from "@csms/client";
import * as contract from "@csms/client/contract";
import { runProgram } from "./program.js";

globalThis.done = runProgram(client, contract, location.hash.slice(1));

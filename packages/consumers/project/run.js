// node run.js <endpoint>: so in Bun and Deno, too.
import process from "node:process";
import * as client from "@csms/client";
import * as contract from "@csms/client/contract";
import { runProgram } from "./program.js";

await runProgram(client, contract, process.argv[2]);

// Run by `workerd test`, once Vite has bundled it.
import * as client from "@csms/client";
import * as contract from "@csms/client/contract";
import { runProgram } from "./program.js";

export default {
  test: (_controller, env) => runProgram(client, contract, env.endpoint),
};

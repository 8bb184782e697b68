// node docs.ts [--port <number>]
import { readOptions } from "@csms/docs/src/options.ts";
import { runFirst } from "./run-first.ts";

// What is wrong is told before anything is built.
process.argv.splice(2, 0, "serve");
readOptions();
await runFirst("run-tasks.ts", "build", "--filter=@csms/docs");
// @ts-expect-error It has no types, and exports nothing.
await import("./foreground.js");
await import("@csms/docs/src/cli.ts");

// node start.ts
import { parseArgs } from "node:util";
import { runFirst } from "./run-first.ts";

// What is asked for stands in the environment.
parseArgs();
await runFirst("generate.ts");
await runFirst("run-tasks.ts", "build", "--filter=@csms/client", "--filter=@csms/mock");
await import("./start/list-secrets.ts");

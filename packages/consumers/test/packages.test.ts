import { test } from "vitest";
import { command, run } from "./run.ts";

test.concurrent.for(["types", "client", "mock"])("publint and attw find nothing in %s", async (name) => {
  await run(command("publint"), [`${name}.tgz`, "--strict"]);
  // They are ES modules alone: CommonJS loads them by require(), and TypeScript's node10 is before `exports`.
  await run(command("attw"), [`${name}.tgz`, "--profile", "esm-only"]);
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT, run } from "./run.ts";

const OLDEST = "5.4";

test("the oldest is the one that the README names", async () => {
  const readme = await readFile(new URL("../../client/README.md", import.meta.url), "utf8");
  expect(readme).toContain(`TypeScript ${OLDEST} or later`);
});

const settings = ["nodenext", "node16", "bundler", "with-node"];
const each = [OLDEST, "5.9", "7"].flatMap((version) => settings.map((setting) => ({ version, setting })));
// The declarations of Node.js and undici need a newer one than ours.
const promised = each.filter(({ version, setting }) => version !== OLDEST || setting !== "with-node");

test.concurrent.for(promised)("TypeScript $version, as $setting has it", async ({ version, setting }) => {
  const compiler = join(PROJECT, `node_modules/typescript-${version}/bin/tsc`);
  expect(await run(process.execPath, [compiler, "--version"])).toContain(`Version ${version}.`);
  await run(process.execPath, [compiler, "--pretty", "false", "--project", `tsconfig.${setting}.json`]);
});

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generateFiles } from "../codegen/generate-files.ts";
import { FIXTURE, toFile } from "./fixture.ts";

test("the fixture's files are what its contract gives", async () => {
  const files = await generateFiles(toFile(FIXTURE.contract), FIXTURE);
  expect([...files.keys()]).toEqual(expect.arrayContaining([FIXTURE.types, FIXTURE.client]));
  for (const [path, content] of files) await expect(content).toMatchFileSnapshot(toFile(path));
});

test("they compile, however strict the options", () => {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const strict = "--strict --exactOptionalPropertyTypes --verbatimModuleSyntax --skipLibCheck false --noUnusedLocals";
  const target = "--noEmit --module nodenext --target es2023 --lib esnext --types node --allowImportingTsExtensions";
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, ...`${strict} ${target}`.split(" "), toFile(FIXTURE.client)],
    { cwd: toFile("scripts"), encoding: "utf8" },
  );
  expect(status, stdout).toBe(0);
});

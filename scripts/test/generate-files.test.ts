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

// What users have: our own options are stricter, and hide what only a laxer one finds.
test.for(["--strict", "--strict --exactOptionalPropertyTypes", "--strict --noUncheckedIndexedAccess --noUnusedLocals"])(
  "they compile with %s",
  (options) => {
    const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
    const target = "--noEmit --module nodenext --target es2023 --lib esnext --types node --verbatimModuleSyntax";
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, ...`${options} ${target} --allowImportingTsExtensions`.split(" "), toFile(FIXTURE.client)],
      { cwd: toFile("scripts"), encoding: "utf8" },
    );
    expect(status, stdout).toBe(0);
  },
);

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSC = fileURLToPath(import.meta.resolve("typescript-oldest/bin/tsc"));

// Not undici's: its own declarations need as new a TypeScript as those of Node.js.
const PROGRAM = `
import * as client from "@csms/client";
import { holdToContract } from "@csms/client/contract";
import type { Secret } from "@csms/types";

const csms = new client.CsmsClient({ region: "any", projectId: "p", credentials: client.tokenCredentials("t"), contract: holdToContract() });
const pages: AsyncIterable<{ secrets: Secret[] }> = csms.listSecrets().pages();
const wrong: number = pages;
`;

test("the declarations are read by the oldest TypeScript that the README names", { timeout: 60_000 }, async () => {
  const { version } = JSON.parse(await readFile(join(TSC, "../../package.json"), "utf8"));
  const readme = await readFile(join(ROOT, "packages/client/README.md"), "utf8");
  expect(readme).toContain(`TypeScript ${version.replace(/\.\d+$/, "")} or later`);

  // Inside this package, so that it finds what it imports.
  const folder = await mkdtemp(join(ROOT, "scripts/samples-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "program.ts"), PROGRAM);
  const compilerOptions = { noEmit: true, strict: true, module: "nodenext", target: "es2022", types: [] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const { stdout } = spawnSync(process.execPath, [TSC, "--pretty", "false", "--project", folder], { encoding: "utf8" });
  expect(stdout.trim()).toMatch(/^[^\n]*program\.ts\(8,7\): error TS2322: [^\n]*'number'\.$/);
});

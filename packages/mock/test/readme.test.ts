import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { help } from "../src/help.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = await readFile(join(root, "README.md"), "utf8");
const samplesIn = (language: string) =>
  Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms")), ([, code = ""]) => code);

let folder: string;
beforeAll(async () => {
  // Inside this package, so that the samples find what they import.
  folder = await mkdtemp(join(root, "sample-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(program: string, ...args: string[]) {
  const child = spawn(program, args, { cwd: folder });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, output: output + errors, stdout: output };
}

test.each([
  ["vitest", 2, [join(root, "node_modules/vitest/vitest.mjs"), "run"]],
  ["node:test", 2, ["--test"]],
])("the sample for %s passes", async (name, count, options) => {
  const samples = samplesIn("ts").filter((code) => code.includes(`from "${name}"`));
  expect(samples).toHaveLength(1);
  const file = `${name.replace(":", "-")}.test.ts`;
  await writeFile(join(folder, file), samples[0] ?? "");
  const { code, output } = await run(process.execPath, ...options, file);
  expect(code, output).toBe(0);
  expect(output).toMatch(new RegExp(`${count} passed|pass ${count}`));
});

test("every sample is one of these", () => {
  expect(samplesIn("ts")).toHaveLength(2);
  expect(samplesIn("sh")).toHaveLength(3);
});

test.runIf(spawnSync("curl", ["--version"]).status === 0)("the sample for other languages passes", async () => {
  const [sample = ""] = samplesIn("sh").filter((code) => code.includes("/__mock/"));
  const port = await freePort();
  const mock = `"${process.execPath}" "${join(root, "bin/csms-mock.js")}" --port ${port}`;
  const script = sample
    .replace("npx @csms/mock", mock)
    .replaceAll("4010", String(port))
    .replaceAll("curl ", "curl -sS ");
  await writeFile(join(folder, "sample.sh"), `set -e\n${script}kill $!\nwait $! || true\n`);
  const { code, output } = await run("sh", "sample.sh");
  expect(code, output).toBe(0);
  expect(output).toContain('{"status":"ready"}');
  expect(output).toContain('{"error_code":"APIGW.0201","error_msg":"Service Unavailable."}');
  expect(output).toContain('[{"operationId":"listSecrets","answer":{"delay":100}}]');
});

test("it tells every option, and the help does", () => {
  const inReadme = [...readme.matchAll(/^\| .*?`(--[a-z-]+)/gm)].map(([, name]) => name);
  const inHelp = [...help.matchAll(/^ {2}(?:-\w,| {3}) (--[a-z-]+)/gm)].map(([, name]) => name);
  expect([...inReadme].sort()).toEqual([...inHelp].filter((name) => name !== "--version").sort());
});

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";

/** Starts a program that runs this code first, in a process group of its own, as a terminal has it. */
async function start(code: string) {
  const folder = await mkdtemp(join(tmpdir(), "csms-first-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = join(folder, "first.js");
  await writeFile(first, code);
  const runFirst = new URL("../run-first.ts", import.meta.url);
  const program = `import { runFirst } from "${runFirst}"; await runFirst("${pathToFileURL(first)}"); console.log("then");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { detached: true });
  return { child, ended: Promise.all([text(child.stdout), once(child, "close")]) };
}

test.for<[string, string, unknown]>([
  ["it succeeds", "", ["then\n", [0, null]]],
  ["it fails", "process.exit(3)", ["", [3, null]]],
])("what comes after it, when %s", async ([, code, end]) => {
  const { ended } = await start(code);
  expect(await ended).toEqual(end);
});

test.skipIf(process.platform === "win32")("nothing comes after it, when it is stopped", async () => {
  const code = "process.on('SIGINT', () => process.exit()); setInterval(() => {}, 1e6); console.log('first')";
  const { child, ended } = await start(code);
  await once(child.stdout, "data");
  process.kill(-Number(child.pid), "SIGINT");
  expect(await ended).toEqual(["first\n", [1, null]]);
});

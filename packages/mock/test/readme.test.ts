import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 });

const root = fileURLToPath(new URL("..", import.meta.url));

test("the README's sample passes", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const samples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  expect(samples).toHaveLength(1);
  // Inside this package, so that the sample finds what it imports.
  const folder = await mkdtemp(join(root, "sample-"));
  try {
    await writeFile(join(folder, "sample.test.ts"), samples[0] ?? "");
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", "--root", folder]);
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    expect(code, output + errors).toBe(0);
    expect(output).toMatch(/1 passed/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { watchFolders } from "../src/watch.ts";

test("calls once for a burst of edits, and again for an edit after it, but never twice at a time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csms-docs-test-"));
  const stop = new AbortController();
  const calls: string[] = [];
  const onChange = async () => {
    calls.push("begin");
    await sleep(300);
    calls.push("end");
  };
  try {
    watchFolders([folder], onChange, stop.signal);
    for (const text of ["one", "two", "three"]) await writeFile(join(folder, "contract.yaml"), text);
    await expect.poll(() => calls).toEqual(["begin"]);
    await writeFile(join(folder, "contract.yaml"), "four");
    await expect.poll(() => calls, { timeout: 15_000 }).toEqual(["begin", "end", "begin", "end"]);
  } finally {
    stop.abort();
    await rm(folder, { recursive: true });
  }
});

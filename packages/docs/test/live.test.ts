import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serveLive } from "../src/live.ts";
import { startBrowser } from "./browser.ts";

test("an open page is loaded anew, whatever its policy", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csms-docs-live-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "index.html");
  const write = (text: string) =>
    writeFile(
      file,
      `<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'"><title>${text}</title></head></html>`,
    );
  await write("one");
  const live = await serveLive(file, 0);
  onTestFinished(live.close);
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const page = await browser.newPage();
  const isConnected = page.waitForResponse(/\/changes$/);
  await page.goto(live.url);
  await isConnected;
  expect(await page.title()).toBe("one");
  await write("two");
  live.reload();
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe("two");
});

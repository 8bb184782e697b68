/// <reference lib="dom" />
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { contractFile, pageFile } from "../src/page.ts";
import { startBrowser } from "../test/browser.ts";

const RUNS = 15;
const folder = mkdtempSync(join(tmpdir(), "csms-docs-"));
const asRedoclyMakesIt = join(folder, "index.html");
const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const options = ["build-docs", contractFile, "--inlineBundle", `--output=${asRedoclyMakesIt}`];
execFileSync(process.execPath, [redocly, ...options], {
  cwd: folder,
  env: { ...process.env, REDOCLY_TELEMETRY: "off" },
  stdio: "ignore",
});

const pages = [
  { page: "our page", file: pageFile },
  { page: "as redocly build-docs makes it", file: asRedoclyMakesIt },
];
const { browser, stop } = await startBrowser();
try {
  const times = pages.map(() => ({ first: [] as number[], operation: [] as number[] }));
  for (let run = 0; run < RUNS; run++) {
    for (const [index, { file }] of pages.entries()) {
      const { first, operation } = await load(browser, pathToFileURL(file).href);
      times[index]?.first.push(first);
      times[index]?.operation.push(operation);
    }
  }
  const rows = pages.map(({ page, file }, index) => ({
    page,
    ...sizes(readFileSync(file)),
    "first content": median(times[index]?.first),
    "operation readable": median(times[index]?.operation),
  }));
  console.table(rows);
  console.log(`Times in milliseconds since the navigation began, from a file; the median of ${RUNS} loads, in turns.`);
} finally {
  await stop();
  rmSync(folder, { recursive: true });
}

function sizes(page: Buffer) {
  return { bytes: page.length, gzip: gzipSync(page, { level: 9 }).length, brotli: brotliCompressSync(page).length };
}

/** When the first content is painted, and when the operation that a deep link leads to is there to read. */
async function load(browser: Browser, address: string) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("#redoc .panel-request-samples")) return;
      requestAnimationFrame(() => performance.mark("operation"));
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${address}#/secrets/listsecrets`);
  await page.waitForFunction(() => performance.getEntriesByName("operation").length > 0);
  const timeOf = (name: string) => page.evaluate((entry) => performance.getEntriesByName(entry)[0]?.startTime, name);
  const [first = Number.NaN, operation = Number.NaN] = [
    await timeOf("first-contentful-paint"),
    await timeOf("operation"),
  ];
  await page.close();
  return { first, operation };
}

function median(values: number[] = []): number {
  return Math.round(values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN);
}

/// <reference lib="dom" />
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { operationAddress } from "../src/addresses.ts";
import { readDocs } from "../src/docs.ts";
import { contractFile, pageFile } from "../src/files.ts";
import { startBrowser } from "../test/browser.ts";

const RUNS = Number(process.env.RUNS ?? 9);
const conditions = {
  "as it is": { cpu: 1, bytesPerSecond: -1, latency: 0 },
  "CPU 4 times slower": { cpu: 4, bytesPerSecond: -1, latency: 0 },
  "1.6 Mbit/s, 150 ms": { cpu: 1, bytesPerSecond: 200_000, latency: 150 },
};
type Condition = (typeof conditions)["as it is"];

const folder = mkdtempSync(join(tmpdir(), "csms-docs-"));
const asRedoclyMakesIt = join(folder, "index.html");
const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const options = ["build-docs", contractFile, "--inlineBundle", `--output=${asRedoclyMakesIt}`];
execFileSync(process.execPath, [redocly, ...options], {
  cwd: folder,
  env: { ...process.env, REDOCLY_TELEMETRY: "off" },
  stdio: "ignore",
});

const pages = { "our page": pageFile, "as redocly build-docs makes it": asRedoclyMakesIt };
const [operation] = (await readDocs(contractFile)).operations;
if (!operation) throw new Error("The contract has no operation to look at.");
const address = operationAddress(operation);
const browser = await startBrowser();
// As a host of static pages sends it.
let sent = Buffer.alloc(0);
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end(sent);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
try {
  console.table(
    Object.entries(pages).map(([page, file]) => {
      const bytes = readFileSync(file);
      const gzip = gzipSync(bytes, { level: 9 });
      return { page, bytes: bytes.length, gzip: gzip.length, brotli: brotliCompressSync(bytes).length };
    }),
  );
  const rows = [];
  for (const [name, condition] of Object.entries(conditions)) {
    const times = Object.keys(pages).map(() => [] as Times[]);
    for (let run = 0; run < RUNS; run++) {
      for (const [index, file] of Object.values(pages).entries()) {
        sent = gzipSync(readFileSync(file));
        times[index]?.push(await load(browser, condition));
      }
    }
    for (const [index, page] of Object.keys(pages).entries()) {
      const of = (key: keyof Times) => median(times[index]?.map((each) => each[key]));
      rows.push({ condition: name, page, readable: of("readable"), alive: of("alive"), blocked: of("blocked") });
    }
  }
  console.table(rows);
  console.log(`Milliseconds since the navigation to ${address} began, gzipped; the median of ${RUNS} loads, in turns.
readable: the operation's text is painted. alive: Redoc shows it. blocked: in tasks, what is longer than 50 ms.`);
} finally {
  server.close();
  await browser.close();
  rmSync(folder, { recursive: true });
}

interface Times {
  readable: number;
  alive: number;
  blocked: number;
}

async function load(browser: Browser, { cpu, bytesPerSecond, latency }: Condition): Promise<Times> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: -1,
  });
  await page.addInitScript((summary) => {
    const blocked = { time: 0 };
    Object.assign(globalThis, { blocked });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked.time += duration - 50;
    }).observe({ type: "longtask", buffered: true });
    const isShown = (selector: string) =>
      [...document.querySelectorAll(selector)].some(
        (element) =>
          element.textContent === summary &&
          element.checkVisibility() &&
          Math.abs(element.getBoundingClientRect().top) < 300,
      );
    const wanted = { readable: ":is(#plain, #redoc, main) h2", alive: "#redoc h2" };
    const look = () => {
      for (const [name, selector] of Object.entries(wanted)) {
        if (performance.getEntriesByName(name).length === 0 && isShown(selector)) performance.mark(name);
      }
      if (performance.getEntriesByName("alive").length === 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, operation?.summary ?? operation?.name);
  await page.goto(`${url}#${address}`, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("alive").length > 0, undefined, { timeout: 60_000 });
  const times = await page.evaluate(() => ({
    readable: performance.getEntriesByName("readable")[0]?.startTime ?? Number.NaN,
    alive: performance.getEntriesByName("alive")[0]?.startTime ?? Number.NaN,
    blocked: (globalThis as unknown as { blocked: { time: number } }).blocked.time,
  }));
  await context.close();
  return times;
}

function median(values: number[] = []): number {
  return Math.round(values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN);
}

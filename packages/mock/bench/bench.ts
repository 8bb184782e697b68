import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import packageJson from "../package.json" with { type: "json" };

const SECONDS = 3;
const CONNECTIONS = 8;
const bin = fileURLToPath(new URL("../bin/csms-mock.js", import.meta.url));
const contract = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));
const prism = [installPrism(packageJson.devDependencies["@stoplight/prism-http"]), "mock", contract, "--port"];

const servers = {
  "prism mock": prism,
  "csms-mock": [bin, "--port"],
  "csms-mock --secrets 1000": [bin, "--secrets", "1000", "--port"],
};
console.log(`Servers of their own, asked for a page of 50 over ${CONNECTIONS} connections:`);
console.table(
  Object.fromEntries(await inTurn(Object.entries(servers), async ([name, args]) => [name, await run(args)])),
);

const dist = new URL("../dist/index.js", import.meta.url).href;
const { startMock }: typeof import("../src/index.ts") = await import(dist);
const starts: number[] = [];
for (let count = 0; count < 20; count++) {
  const started = performance.now();
  const mock = await startMock({ secrets: 1000 });
  starts.push(performance.now() - started);
  await mock.close();
}
const [first = 0, ...later] = starts;
const median = later.sort((left, right) => left - right)[Math.floor(later.length / 2)] ?? 0;
console.log("startMock, in milliseconds, once it is loaded:");
console.table({ first: first.toFixed(1), later: median.toFixed(1) });

/** Prism's command line, which is needed here alone: its packages would slow down every install. */
function installPrism(version: string): string {
  const folder = fileURLToPath(new URL(`../node_modules/.cache/prism-cli-${version}`, import.meta.url));
  if (!existsSync(folder)) {
    const args = ["install", "--prefix", folder, "--ignore-scripts", `@stoplight/prism-cli@${version}`];
    execFileSync("npm", args, { stdio: "ignore", shell: process.platform === "win32" });
  }
  return `${folder}/node_modules/@stoplight/prism-cli/dist/index.js`;
}

/** Starts a server, asks it for some seconds, and ends it. */
async function run(args: string[]) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/v1/0123456789abcdef0123456789abcdef/secrets?limit=50`;
  const started = performance.now();
  const child = spawn(process.execPath, [...args, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.resume();
  while (!(await ask(url))) await setTimeout(5);
  const ready = performance.now() - started;
  const rates = [await rate(url, 1), await rate(url, SECONDS)];
  const memory = residentMegabytes(child);
  child.kill();
  await once(child, "close");
  return {
    "Milliseconds to the first answer": ready.toFixed(0),
    "Requests per second": rates[1]?.toFixed(0),
    "Megabytes after them": memory.toFixed(0),
  };
}

async function rate(url: string, seconds: number): Promise<number> {
  let count = 0;
  const end = performance.now() + seconds * 1000;
  const askAndAsk = async () => {
    for (; performance.now() < end; count++) if (!(await ask(url))) throw new Error(`${url} does not answer`);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, askAndAsk));
  return count / seconds;
}

async function ask(url: string): Promise<boolean> {
  const response = await fetch(url, { headers: { "X-Auth-Token": "any" } }).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.status === 200;
}

function residentMegabytes({ pid }: ChildProcess): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** One after the other: they would slow each other down. */
async function inTurn<Item, Result>(items: Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

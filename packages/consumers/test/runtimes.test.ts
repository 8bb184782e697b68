import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import client from "../../client/package.json" with { type: "json" };
import { startBrowser } from "../../docs/test/browser.ts";
import { command, PROJECT, run } from "./run.ts";

// "^22.12.0 || >=24.0.0": the line, and the oldest of it that is promised.
const lines = [...client.engines.node.matchAll(/((\d+)\.\d+\.\d+)/g)].map(([, oldest, line]) => ({ line, oldest }));
const node = (line?: string) => join(PROJECT, `node_modules/node-${line}/bin/node`);

let mock: ChildProcessByStdio<null, Readable, null>;
let endpoint: string;

beforeAll(async () => {
  mock = spawn(command("csms-mock"), ["--port", "0", "--secrets", "120", "--verify"], {
    env: { ...process.env, HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [ready] = await once(createInterface({ input: mock.stdout }), "line");
  endpoint = ready.match(/http\S+/)[0];
});

afterAll(async () => {
  mock.kill("SIGINT");
  expect(await once(mock, "exit")).toEqual([0, null]);
});

test.concurrent.for(lines)(
  "Node.js $oldest, with the mock in its process and by require()",
  async ({ line, oldest }) => {
    expect(await run(node(line), ["--version"])).toBe(`v${oldest}\n`);
    await run(node(line), ["run-with-mock.js"]);
    await run(node(line), ["run.cjs", endpoint]);
  },
);

test.concurrent("Bun", () => run(command("bun"), ["run.js", endpoint]));

test.concurrent("Deno", () => run(command("deno"), ["run", "--allow-net=127.0.0.1", "run.js", endpoint]));

test.concurrent("workerd, bundled by Vite", async () => {
  await run(command("vite"), ["build", "--mode=worker"]);
  await run(command("workerd"), ["test", "workerd.capnp"], { env: { ENDPOINT: endpoint } });
});

test.concurrent("Chromium, bundled by Vite", async () => {
  await run(command("vite"), ["build"]);
  const { preview } = await import(pathToFileURL(join(PROJECT, "node_modules/vite/dist/node/index.js")).href);
  const server = await preview({ root: PROJECT, preview: { host: "127.0.0.1", port: 0 } });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls.local[0]}#${endpoint}`);
    await page.evaluate("globalThis.done");
  } finally {
    await browser.close();
    await server.close();
  }
});

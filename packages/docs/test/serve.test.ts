import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const listener = createServer();
let takenPort: number;

beforeEach(async () => {
  await once(listener.listen(0, "127.0.0.1"), "listening");
  takenPort = (listener.address() as AddressInfo).port;
});

afterEach(() => listener.close());

test("serves the page on this machine only, and says where", async () => {
  const serving = spawn(process.execPath, [cli, "serve", "--port", "0"]);
  try {
    const [line] = await once(serving.stdout, "data");
    const url = /^Docs: (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1] ?? "";
    const answer = await fetch(url);
    expect(answer.headers.get("content-type")).toBe("text/html;charset=utf-8");
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>/);
    await expect(fetch(url.replace("127.0.0.1", "127.0.0.2"))).rejects.toThrow("fetch failed");
  } finally {
    serving.kill();
  }
});

test("ends with one line when the port is taken, be it chosen by option or by variable", async () => {
  const taken = { code: 1, stdout: "", stderr: expect.stringMatching(/^Port \d+ is taken\. .* --port\.\n$/) };
  await expect(run(["serve", `--port=${takenPort}`])).rejects.toMatchObject(taken);
  await expect(run(["serve"], { PORT: String(takenPort) })).rejects.toMatchObject(taken);
});

test.for<[string[], string]>([
  ...["x", "-1", "70000"].map((port): [string[], string] => [
    ["serve", `--port=${port}`],
    `The port is "${port}". Give a number from 0 to 65535.`,
  ]),
  [["serve", "--prot", "1"], "Unknown option '--prot'. Options: --port, --help."],
  [["server"], "Give one command: build or serve."],
])("refuses %s in one line", async ([parameters, message]) => {
  await expect(run(parameters)).rejects.toMatchObject({ code: 2, stdout: "", stderr: `${message}\n` });
});

function run(parameters: string[], variables = {}) {
  return promisify(execFile)(process.execPath, [cli, ...parameters], { env: { ...process.env, ...variables } });
}

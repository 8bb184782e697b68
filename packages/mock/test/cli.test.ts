import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };

// Each test starts a process or two, and other packages may be testing at the same time.
vi.setConfig({ testTimeout: 20_000 });

const bin = fileURLToPath(new URL("../bin/csms-mock.js", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args]);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  return { child, output, ended: once(child, "close").then(([code]) => ({ code, ...output })) };
}

async function printed(child: ChildProcess, output: { stdout: string }, pattern: RegExp) {
  while (!pattern.test(output.stdout)) await once(child.stdout ?? child, "data");
  return pattern.exec(output.stdout)?.[0] ?? "";
}

test("serves, logs each request without its headers, and ends with Ctrl-C", async () => {
  const { child, output, ended } = start("--port", "0");
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  await printed(child, output, /Ctrl-C/);

  const sample = /curl -H "(?<name>[\w-]+): (?<value>\w+)" (?<target>\S+)/.exec(output.stdout)?.groups ?? {};
  const response = await fetch(sample.target ?? "", { headers: { [sample.name ?? ""]: sample.value ?? "" } });
  expect(response.status).toBe(200);
  const secrets = `${url}/v1/0123456789abcdef0123456789abcdef/secrets`;
  await fetch(`${secrets}?limit=0`, { headers: { "X-Auth-Token": "hush-hush" } });
  await fetch(secrets, { headers: { "X-Security-Token": "hush-hush" } });

  child.kill("SIGINT");
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(stdout).not.toContain("hush-hush");
  const log = stdout.slice(stdout.indexOf("Ctrl-C")).split("\n").slice(2);
  expect(log).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d GET \/v1\/\w{32}\/secrets 200 \d+ ms$/),
    expect.stringMatching(/^\d\d:\d\d:\d\d GET \/v1\/\w{32}\/secrets\?limit=0 400 \d+ ms$/),
    expect.stringMatching(/^ +Request query parameter limit must match pattern /),
    expect.stringMatching(/^\d\d:\d\d:\d\d GET \/v1\/\w{32}\/secrets 401 \d+ ms$/),
    expect.stringMatching(/^ +No credentials: send the header X-Auth-Token or Authorization\.$/),
    "",
  ]);
});

test("a taken port is told in one line", async () => {
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  expect(await start("--port", String(port)).ended).toEqual({
    code: 1,
    stdout: "",
    stderr: `csms-mock: port ${port} is taken: choose another with --port, or --port 0 for any free one.\n`,
  });
});

test.each([
  [["--port", "abc"], '--port takes a number from 0 (any free port) to 65535, not "abc".'],
  [["--port", "65536"], '--port takes a number from 0 (any free port) to 65535, not "65536".'],
  [["--port="], '--port takes a number from 0 (any free port) to 65535, not "".'],
  [["--host="], "--host takes an address, for example 127.0.0.1."],
  [["--colour"], "Unknown option '--colour'. Options: --port, --host, --help, --version."],
  [["serve"], "Unexpected argument 'serve'. Options: --port, --host, --help, --version."],
])("a bad option is told in one line: %j", async (args, message) => {
  expect(await start(...args).ended).toEqual({ code: 2, stdout: "", stderr: `csms-mock: ${message}\n` });
});

test("an address of another machine is told in one line", async () => {
  const { code, stderr } = await start("--host", "192.0.2.1", "--port", "0").ended;
  expect(code).toBe(1);
  expect(stderr).toBe(
    'csms-mock: "192.0.2.1" is no address of this machine: choose one with --host, for example 127.0.0.1.\n',
  );
});

test("--help tells every option, and --version the package's", async () => {
  const { code, stdout } = await start("--help").ended;
  expect(code).toBe(0);
  for (const option of ["--port", "--host", "--help", "--version", "Prefer:"]) expect(stdout).toContain(option);
  expect(await start("-v").ended).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { readContract } from "../src/contract.ts";
import { readSecrets } from "./read-all.ts";

// Each test starts a process or two, and other packages may be testing at the same time.
vi.setConfig({ testTimeout: 20_000 });

const bin = fileURLToPath(new URL("../bin/csms-mock.js", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csms-mock-"));
});
afterAll(() => rm(folder, { recursive: true }));

function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, HUAWEICLOUD_SDK_AK: "AK" } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  return { child, output, ended: once(child, "close").then(([code]) => ({ code, ...output })) };
}

/** The path of a file with this in it. */
async function write(content: unknown): Promise<string> {
  const file = join(folder, "data.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
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
  await fetch(`${secrets}/50%/versions`, { headers: { "X-Auth-Token": "hush-hush" } });

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
    expect.stringMatching(/secrets\/50%\/versions 400 \d+ ms$/),
    "         The path has a % that encodes no character.",
    "",
  ]);
});

test("holds the secrets that it is asked for, and logs the trouble that it makes", async () => {
  const { child, output, ended } = start("-p0", "--secrets=120", "--max-limit=60", "--expire-tokens-after=2");
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  await printed(child, output, /Ctrl-C/);
  expect(output.stdout).toContain("It holds 120 secrets, and their versions:");
  const secrets = `${url}/v1/0123456789abcdef0123456789abcdef/secrets?limit=1000`;
  const answers: unknown[] = [];
  for (let sent = 0; sent < 3; sent++) {
    answers.push(await (await fetch(secrets, { headers: { "X-Auth-Token": "any" } })).json());
  }
  expect(answers).toMatchObject([
    { page_info: { current_count: 60 } },
    { page_info: { current_count: 60 } },
    { error_code: "APIGW.0301" },
  ]);
  const listing = (await readContract()).find(({ path }) => path.endsWith("/secrets"));
  await fetch(`${url}/__mock/answers/${listing?.iid}`, { method: "POST", body: '{"status": 503}' });
  await fetch(secrets);
  child.kill("SIGTERM");
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/limit=1000 401 \(--expire-tokens-after\) \d+ ms\n/);
  expect(stdout).toMatch(/limit=1000 503 \(\/__mock\/answers\) \d+ ms\n/);
});

test("holds the secrets of a file", async () => {
  const { child, output, ended } = start("-p0", "--data", await write({ secrets: [{ name: "db" }] }));
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  expect((await readSecrets(url)).map(({ name }) => name)).toEqual(["db"]);
  expect(output.stdout).toContain("It holds 1 secret, and their versions:");
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

test.each<[unknown, RegExp]>([
  [{ secrets: [{ name: "db", state: "OFF" }] }, /^: secrets\[0\]\.state must be equal to one of .*\.\n$/],
  [{ secrets: [{}] }, /^: secrets\[0\] must have required property 'name'\.\n$/],
  [{ secrets: { name: "db" } }, /^: secrets takes a list, or a whole number from 0 to 1000000000, not \{.*\}\.\n$/],
  [{}, /^: secrets is missing: say which, or how many, secrets the mock holds\.\n$/],
  [[{ name: "db" }], /^: data must be an object, for example \{"secrets": \[\{"name": "db"\}\]\}, not a list\.\n$/],
  ["null", /^: data must be an object, for example .*, not null\.\n$/],
  ["{", /^ is no JSON: Expected property name .*\.\n$/],
])("what is wrong with a file is told by its name and the place: %j", async (content, message) => {
  const file = await write(content);
  const { code, stdout, stderr } = await start("-p0", "--data", file).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  const begin = `csms-mock: --data ${file}`;
  expect(stderr.slice(0, begin.length)).toBe(begin);
  expect(stderr.slice(begin.length)).toMatch(message);
});

test("a file with a byte order mark, as Windows writes it, is read", async () => {
  const { child, output, ended } = start("-p0", "--data", await write('\uFEFF{"secrets": 3}'));
  await printed(child, output, /It holds 3 secrets/);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

test("checks signatures by the key in the environment", async () => {
  expect(await start("-p0", "--verify").ended).toMatchObject({
    code: 2,
    stderr: "csms-mock: --verify needs a key: set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.\n",
  });
  vi.stubEnv("HUAWEICLOUD_SDK_SK", "SK");
  const { child, output, ended } = start("-p0", "--verify");
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  const Authorization = "SDK-HMAC-SHA256 Access=other, SignedHeaders=host, Signature=00";
  await fetch(`${url}/v3/projects`, { headers: { Authorization } });
  await printed(child, output, /Authorization must be "SDK-HMAC-SHA256 /);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

test("ends in silence when nobody reads its log any more", async () => {
  const { child, output, ended } = start("-p0");
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  child.stdout.destroy();
  for (let sent = 0; sent < 3; sent++) await fetch(url).catch(() => {});
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test("ends at once with Ctrl-C, whatever the latency", async () => {
  const { child, output, ended } = start("--port", "0", "--latency", "60000");
  const url = await printed(child, output, /http:\/\/127\.0\.0\.1:\d+/);
  const given = fetch(`${url}/v1/0123456789abcdef0123456789abcdef/secrets`);
  await printed(child, output, /secrets 401/);
  child.kill("SIGINT");
  await expect(given).rejects.toThrow();
  expect((await ended).code).toBe(0);
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

test.each<[string[], string | RegExp]>([
  [["--port", "abc"], '--port takes a number from 0 (any free port) to 65535, not "abc".'],
  [["--port", "65536"], '--port takes a number from 0 (any free port) to 65535, not "65536".'],
  [["--port="], '--port takes a number from 0 (any free port) to 65535, not "".'],
  [["--host="], '--host takes an address, for example 127.0.0.1, not "".'],
  [["--secrets=many"], '--secrets takes a whole number from 0 to 1000000000, not "many".'],
  [["--secrets=1", "--max-limit=9"], /^--max-limit takes a whole number from 50, [\w ,]+ to 1000, not "9"\.$/],
  [["--secrets=1", "--data=a.json"], "--data and --secrets exclude each other: leave one out."],
  [["--data"], /^Option '--data <value>' argument missing\. Options: /],
  [["--data="], '--data takes the path of a JSON file, for example secrets.json, not "".'],
  [["--data=nowhere/a.json"], `--data nowhere/a.json: there is no file ${resolve("nowhere/a.json")}.`],
  [["--data", tmpdir()], `--data ${tmpdir()} is a folder: name the JSON file in it.`],
  [["--token-life=1h"], '--token-life takes a whole number of seconds from 0 to 31536000, not "1h".'],
  [["--versions=3"], "--versions needs --secrets: say which, or how many, the mock holds."],
  [
    ["--fail", "503:0.9", "--fail", "500:0.9"],
    /^--fail takes statuses .*, for example 503:0\.1, not "503:0\.9,500:0\.9"\.$/,
  ],
  [
    ["--latency=200-50"],
    '--latency takes milliseconds from 0 to 600000, for example 100, or 50-200 with the smaller first, not "200-50".',
  ],
  [["--seed", "-1"], '--seed takes a whole number from 0 to 4294967295, not "-1".'],
  [["-p"], '--port takes a number from 0 (any free port) to 65535, not "".'],
  [["--host", "-p0"], /^Option '--host' argument is ambiguous\. Options: /],
  [["--repeat-marker=yes"], /^Option '--repeat-marker' does not take an argument\. Options: /],
  [["--colour"], /^Unknown option '--colour'\. Options: --port, --host, .*--help, --version\.$/],
  [["--secret", "3"], /^Unknown option '--secret'\. Did you mean --secrets\?$/m],
  [["serve"], /^Unexpected argument 'serve'\. Options: /],
])("a bad option is told in one line: %j", async (args, message) => {
  const { code, stdout, stderr } = await start(...args).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")).toEqual([expect.stringMatching(/^csms-mock: /), ""]);
  expect(stderr.slice("csms-mock: ".length, -1)).toEqual(
    typeof message === "string" ? message : expect.stringMatching(message),
  );
});

test.each(["192.0.2.1", "999.1.1.1"])("an address of no or another machine is told in one line: %s", async (host) => {
  const { code, stderr } = await start("--host", host, "-p0", "--data", await write({ secrets: [] })).ended;
  expect(code).toBe(2);
  expect(stderr).toBe(
    `csms-mock: "${host}" is no address of this machine: choose one with --host, for example 127.0.0.1.\n`,
  );
});

test("--help tells every option, and --version the package's", async () => {
  const { code, stdout } = await start("--help").ended;
  expect(code).toBe(0);
  const { stderr } = await start("--colour").ended;
  const options = stderr.match(/--[a-z-]+/g)?.slice(1) ?? [];
  expect(options).toEqual(expect.arrayContaining(["--port", "--secrets", "--expire-tokens-after", "--version"]));
  for (const option of [...options, "Prefer:"]) expect(stdout).toContain(option);
  expect(await start("-v").ended).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { glob, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Mock, startMock } from "@csms/mock";
import { Contract, readOperations } from "@csms/openapi/reader";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DOCUMENTS = ["README.md", "packages/client/README.md", "packages/types/README.md"];

let mock: Mock;
let folder: string;
const proxied: string[] = [];
/** What the programs wrote. */
const outputs = new Map<string, string>();
const proxy = createServer(({ url = "", headers }, response) => {
  proxied.push(url);
  get(url, { headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
});
beforeAll(async () => {
  mock = await startMock();
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  // Inside this package, so that the samples find what they import.
  folder = await mkdtemp(join(ROOT, "scripts/samples-"));
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../tsconfig.json", include: ["*.ts"], compilerOptions: { moduleDetection: "force" } }),
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await mock.close();
  proxy.close();
});

interface Sample {
  name: string;
  language: "ts" | "sh";
  code: string;
}

const LANGUAGES: Record<string, Sample["language"]> = { ts: "ts", typescript: "ts", sh: "sh", shell: "sh" };

function samplesIn(document: string, markdown: string): Sample[] {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, name = "", code = ""], index) => {
    const language = LANGUAGES[name];
    return language ? [{ name: `sample ${index + 1} of ${document}`, language, code }] : [];
  });
}

const read = (document: string) => readFile(join(ROOT, document), "utf8");
const sources = (await Array.fromAsync(glob("packages/*/src/**/*.ts", { cwd: ROOT }))).sort();
const documents = await Promise.all([
  ...DOCUMENTS.map(async (document) => samplesIn(document, await read(document))),
  // In comments.
  ...sources.map(async (source) => samplesIn(source, (await read(source)).replaceAll(/^ *\* ?/gm, ""))),
]);
/** What the docs show, by section. */
const inDocs = new Map(
  (await read("packages/docs/dist/index.md"))
    .split(/^## /m)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const)
    .map(([title, section]) => [title, samplesIn(`"${title}" in the docs`, section)]),
);
const operations = readOperations(await Contract.load(fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"))));
const samplesInDocs = [...inDocs.values()].flat();
const programs = [...documents.flat(), ...samplesInDocs].filter(({ language }) => language === "ts");
const curlCommands = samplesInDocs.filter(({ language }) => language === "sh");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

async function run(program: string, ...options: string[]): Promise<{ status: number; output: string }> {
  const child = spawn(program, options, {
    cwd: folder,
    env: {
      ...process.env,
      MOCK_URL: mock.url,
      CSMS_ENDPOINT: mock.url,
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      CSMS_TOKEN: "token",
      IAM_PASSWORD: "password",
      HUAWEICLOUD_SDK_AK: "AK",
      HUAWEICLOUD_SDK_SK: "SK",
      HUAWEICLOUD_SDK_PROJECT_ID: "0123456789abcdef0123456789abcdef",
    },
  });
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status, output: output + errors };
}

test.for(programs)("$name runs against the mock", async ({ name, code }) => {
  const file = `${name.replaceAll(/\W+/g, "-")}.ts`;
  await writeFile(join(folder, file), code);
  // MSW answers what would go to the mock.
  const preload = code.includes('from "msw/node"') ? [] : ["--import", join(ROOT, "scripts/test/to-mock.ts")];
  const { status, output } = await run(process.execPath, ...preload, file);
  expect(status, output).toBe(0);
  expect(output === "").toBe(!code.includes("console.log"));
  outputs.set(code, output);
});

test.for([
  // The span of an attempt is in the call's.
  ["@opentelemetry/api", /parentSpanContext: \{[\s\S]*name: 'GET'[\s\S]*name: 'list secrets'/],
  ["msw/node", /^CSMS\.0302$/m],
  ["@tanstack/query-core", /^3$/m],
] as const)("the sample with %s does what it says", ([name, result]) => {
  const [code = ""] = programs.map((program) => program.code).filter((code) => code.includes(`from "${name}"`));
  expect(outputs.get(code)).toMatch(result);
});

test.for(operations)("the docs have a sample in TypeScript and one with curl for $operationId", ({ source, name }) => {
  const languages = inDocs.get(source.summary ?? name)?.map(({ language }) => language);
  expect(languages).toEqual(expect.arrayContaining(["ts", "sh"]));
});

describe.runIf(hasCurl)("with curl", () => {
  const [forToken = [], forAnswer = []] = [/\/iam\./, /\/kms\./].map((host) =>
    curlCommands.filter(({ code }) => host.test(code)),
  );

  async function runAt(url: string, code: string): Promise<string> {
    const command = code.replace("curl", "curl --silent --show-error");
    const { status, output } = await run("sh", "-c", command.replace(/https:\/\/[\w.-]+\.myhuaweicloud\.com/, url));
    expect(status, output).toBe(0);
    return output;
  }

  test.for(forAnswer)("$name gets an answer from the mock", async ({ code }) => {
    const output = await runAt(mock.url, code);
    // The mock holds its answers against the contract, too.
    expect(mock.requests.at(-1)?.violations).toEqual([]);
    if (output && mock.requests.at(-1)?.method !== "HEAD") expect(() => JSON.parse(output)).not.toThrow();
  });

  test.for(forToken)("$name gets a token from a server like IAM", async ({ code }) => {
    let received: unknown;
    const iam = createServer(async (request, response) => {
      received = { method: request.method, url: request.url, body: await json(request) };
      response.writeHead(201, { "X-Subject-Token": "the-token" }).end("{}");
    }).listen(0, "127.0.0.1");
    await once(iam, "listening");
    const output = await runAt(`http://127.0.0.1:${(iam.address() as AddressInfo).port}`, code);
    iam.close();
    const user = { name: "<IAM user>", password: "<password>", domain: { name: "<account>" } };
    const identity = { methods: ["password"], password: { user } };
    const body = { auth: { identity, scope: { project: { name: "cn-north-4" } } } };
    expect(received).toEqual({ method: "POST", url: "/v3/auth/tokens", body });
    expect(output).toMatch(/^X-Subject-Token: the-token\r?$/m);
  });

  test("every command is one of these", () => {
    expect(forToken).toHaveLength(1);
    expect(forAnswer.length + forToken.length).toBe(curlCommands.length);
  });
});

test("the proxy's sample goes through the proxy", () => {
  expect(proxied).toEqual([expect.stringContaining(`${mock.url}/v1/`)]);
});

test("the samples compile", async () => {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { status, output } = await run(process.execPath, tsc, "--noEmit", "--project", folder);
  expect(status, output).toBe(0);
});

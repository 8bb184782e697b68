import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Mock, startMock } from "@csms/mock";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DOCUMENTS = ["README.md", "packages/client/README.md", "packages/types/README.md"];

let mock: Mock;
let folder: string;
const proxied: string[] = [];
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

const samples = await Promise.all(
  DOCUMENTS.map(async (document) => {
    const markdown = await readFile(join(ROOT, document), "utf8");
    const blocks = [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code as string);
    return blocks.map((code, index) => ({ name: `sample ${index + 1} of ${document}`, code }));
  }),
);

async function run(...command: string[]): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: {
      ...process.env,
      MOCK_URL: mock.url,
      CSMS_ENDPOINT: mock.url,
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      CSMS_TOKEN: "token",
      HUAWEICLOUD_SDK_AK: "AK",
      HUAWEICLOUD_SDK_SK: "SK",
    },
  });
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status, output: output + errors };
}

test.for(samples.flat())("$name runs against the mock", async ({ name, code }) => {
  const file = `${name.replaceAll(/\W+/g, "-")}.ts`;
  await writeFile(join(folder, file), code);
  const { status, output } = await run("--import", join(ROOT, "scripts/test/to-mock.ts"), file);
  expect(status, output).toBe(0);
  expect(output).not.toBe("");
});

test("the proxy's sample goes through the proxy", () => {
  expect(proxied).toEqual([expect.stringContaining(`${mock.url}/v1/`)]);
});

test("the samples compile", async () => {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const { status, output } = await run(tsc, "--noEmit", "--project", folder);
  expect(status, output).toBe(0);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type MockOptions, startMock } from "@csms/mock";
import { parseYaml } from "@redocly/openapi-core";
import { expect, test } from "vitest";

const OPENAPI = fileURLToPath(new URL("../../openapi/", import.meta.url));
const REDOCLY = createRequire(join(OPENAPI, "package.json")).resolve("@redocly/cli/bin/cli.js");
const PROJECT = "/v1/0123456789abcdef0123456789abcdef/secrets";
const TOKEN = "sesame+open/4711==";

interface Schema {
  required: string[];
  unevaluatedProperties?: boolean;
}

/** Goes on the journey of openapi/csms.arazzo.yaml through a mock. */
async function travel(options: MockOptions, edit?: (schemas: Record<string, Schema>) => void) {
  await using mock = await startMock(options);
  const folder = await mkdtemp(join(tmpdir(), "csms-respect-"));
  try {
    const contract = parseYaml(await readFile(join(OPENAPI, "csms.yaml"), "utf8")) as {
      components: { schemas: Record<string, Schema> };
    };
    // Respect takes a field that the contract does not have for a fault, unless it is told that there may be some.
    for (const schema of Object.values(contract.components.schemas)) schema.unevaluatedProperties = true;
    edit?.(contract.components.schemas);
    await writeFile(join(folder, "csms.yaml"), JSON.stringify(contract));
    await copyFile(join(OPENAPI, "csms.arazzo.yaml"), join(folder, "csms.arazzo.yaml"));

    const args = ["respect", "csms.arazzo.yaml", "--verbose", "--server", `csms=${mock.url}`];
    const child = spawn(process.execPath, [REDOCLY, ...args], {
      cwd: folder,
      env: {
        ...process.env,
        NO_COLOR: "1",
        REDOCLY_TELEMETRY: "off",
        REDOCLY_CLI_RESPECT_INPUT: JSON.stringify({ token: TOKEN, project_id: PROJECT.split("/")[2] }),
      },
    });
    const [output, errors, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { status, output: output + errors, requests: mock.requests };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("the journey is as the contract and the Arazzo description tell it", async () => {
  const { status, output, requests } = await travel({ secrets: 7 });
  expect(status, output).toBe(0);
  expect(requests.map(({ path, status }) => [path.replace(PROJECT, ""), status])).toEqual([
    ["?limit=2", 200],
    [expect.stringMatching(/^\?limit=2&marker=[\w-]+$/), 200],
    [expect.stringMatching(/^\/[\w-]+\/versions$/), 200],
    ["/no-secret-has-this-name/versions", 400],
  ]);
  expect(requests.flatMap(({ violations }) => violations)).toEqual([]);
  expect(new Set(requests.map(({ headers }) => headers["x-auth-token"]))).toEqual(new Set([TOKEN]));
  expect(output).not.toContain("sesame");
});

test("without a second page it goes on with the versions", async () => {
  const { status, output, requests } = await travel({ secrets: 2 });
  expect(status, output).toBe(0);
  expect(requests).toHaveLength(3);
});

test.for<MockOptions>([{ repeatMarker: true }, { markerOnLastPage: true }, { markerOnLastPage: true, secrets: 2 }])(
  "a service may page differently: %o",
  async (options) => {
    const { status, output, requests } = await travel({ secrets: 7, ...options });
    expect(status, output).toBe(0);
    expect(requests).toHaveLength(4);
  },
);

test("it ends where the service fails, and tells no token", async () => {
  const { status, output, requests } = await travel({ secrets: 7, fail: "502:1" });
  expect(status).toBe(1);
  expect(output).toContain("✗ success criteria check - $statusCode == 200");
  expect(output).not.toContain("sesame");
  expect(requests).toHaveLength(1);
});

test("it sees an answer that is not as the contract has it", async () => {
  const { status, output } = await travel({ secrets: 7 }, ({ VersionMetadata }) =>
    VersionMetadata?.required.push("owner"),
  );
  expect(status).toBe(1);
  expect(output).toContain("must have required property 'owner'");
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readDescription } from "../src/description.ts";
import { buildPage, contractFile } from "../src/page.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "csms-docs-test-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("writes the page of a contract, which reports nothing about its readers", async () => {
  const contract = (await readFile(contractFile, "utf8")).replace("summary: List secrets", "summary: Read them all");
  await writeFile(join(folder, "contract.yaml"), contract);
  const page = await buildPage(join(folder, "contract.yaml"), join(folder, "site/index.html"));
  expect(page.includes("Read them all")).toBe(true);
  expect(page.includes('"disableTelemetry":true')).toBe(true);
  expect(await readFile(join(folder, "site/index.html"), "utf8")).toBe(page);
  expect(page.includes('href="csms.yaml"')).toBe(true);
  expect(await readFile(join(folder, "site/csms.yaml"), "utf8")).toBe(contract);
});

test("leaves a contract its own code samples, and its introduction before the guide", async () => {
  const own = "x-codeSamples: [{ lang: Go, label: Go, source: client.ListSecrets() }]";
  const contract = (await readFile(contractFile, "utf8")).replace("operationId: listSecrets\n", `$&      ${own}\n`);
  await writeFile(join(folder, "contract.yaml"), contract);
  const { info, paths } = await readDescription(join(folder, "contract.yaml"));
  expect(paths["/v1/{project_id}/secrets"].get["x-codeSamples"]).toEqual([
    { lang: "Go", label: "Go", source: "client.ListSecrets()" },
  ]);
  expect(info.description).toMatch(/^The metadata side of[^#]*## Quick start[\s\S]*\n## Authentication\n/);
});

test.each([
  ["not YAML", "openapi: 3.1.0\ninfo: [", "at line 2, column 8"],
  ["not an API description", "greeting: hello", "is no OpenAPI description"],
])("names a contract that is %s, and keeps the page of the last build", async (_, text, reason) => {
  const contract = join(folder, "contract.yaml");
  const output = join(folder, "index.html");
  await writeFile(contract, text);
  await writeFile(output, "the last build");
  const building = buildPage(contract, output);
  await expect(building).rejects.toThrow(contract);
  await expect(building).rejects.toThrow(reason);
  expect(await readFile(output, "utf8")).toBe("the last build");
});

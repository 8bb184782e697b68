import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildPage } from "../src/page.ts";
import { things } from "./fixture.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "csms-docs-test-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("writes the page of a contract, which reports nothing about its readers, and the docs as text beside it", async () => {
  const page = await buildPage(things.contract, join(folder, "site/index.html"), things.samples);
  const read = (name: string) => readFile(join(folder, "site", name), "utf8");
  expect(page).toContain("One of everything");
  expect(page).toContain('"disableTelemetry":true');
  expect(await read("index.html")).toBe(page);
  expect(page).toContain('href="csms.yaml"');
  expect(await read("csms.yaml")).toBe(await readFile(things.contract, "utf8"));
  expect(page).toContain('<link rel="alternate" type="text/markdown" href="index.md">');
  expect(await read("index.md")).toMatch(/^# Things\n/);
  expect(await read("llms.txt")).toContain("> One of everything that the docs have to show.");
});

test.each([
  ["not YAML", "openapi: 3.1.0\ninfo: [", "(2:8)"],
  ["not an API description", "greeting: hello", "Unsupported specification"],
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

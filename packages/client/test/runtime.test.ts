import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Contract, readOperations } from "@csms/openapi/reader";
import { expect, test } from "vitest";

const runtime = new URL("../src/runtime/", import.meta.url);
const files = (await readdir(runtime, { recursive: true })).filter((file) => file.endsWith(".ts"));
const contract = await Contract.load(fileURLToPath(new URL("../../../openapi/csms.yaml", import.meta.url)));
const words = readOperations(contract).flatMap(({ operationId, parameters, pagination }) => [
  operationId,
  ...parameters.map(({ name }) => name).filter((name) => name.includes("_")),
  ...(pagination ? [pagination.items, pagination.nextCursor].flat().filter((key) => key.includes("_")) : []),
]);

test("the contract has words of its own", () => {
  expect(words).toContain("project_id");
});

test.for(files)("%s knows no endpoint, and nothing that is generated", async (file) => {
  const code = await readFile(new URL(file, runtime), "utf8");
  expect(code).not.toMatch(/from "[^"]*generated/);
  for (const word of words) expect(code).not.toContain(word);
});

import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const runtime = new URL("../src/runtime/", import.meta.url);
const files = await readdir(runtime);
const contract = await readFile(new URL("../../../openapi/csms.yaml", import.meta.url), "utf8");
const operations = [...contract.matchAll(/operationId: (\w+)/g)].map(([, operationId]) => operationId as string);

test.for(files)("%s knows no endpoint", async (file) => {
  const code = await readFile(new URL(file, runtime), "utf8");
  expect(code).not.toMatch(/from "[^"]*generated/);
  for (const word of [...operations, "version_metadatas", "next_marker", "secret_name"])
    expect(code).not.toContain(word);
});

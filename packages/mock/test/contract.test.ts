import { fileURLToPath } from "node:url";
import { Contract, type Operation, readOperations } from "@csms/openapi/reader";
import { sample } from "openapi-sampler";
import { afterAll, describe, expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { fixturePath, startFixture, token } from "./fixture.ts";

// Holds for whatever operations a contract has.
const contracts = [
  { name: "our contract", path: fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml")), start: startMock },
  { name: "the fixture", path: fixturePath, start: startFixture },
];

for (const { name, path, start } of contracts) {
  const operations = readOperations(await Contract.load(path));
  const examples = operations.flatMap((operation) =>
    operation.answers.flatMap(({ status, headers, body }) =>
      (body?.examples ?? [{ name: undefined, value: undefined }]).map((example) => ({
        operationId: operation.operationId,
        operation,
        status,
        headers,
        key: example.name,
        value: example.value,
      })),
    ),
  );

  describe(name, async () => {
    const secrets = operations
      .flatMap(({ parameters }) => parameters.filter((each) => each.in === "path"))
      .map(({ examples }) => ({ name: String(examples[0]?.value) }));
    const byName = Object.values(Object.fromEntries(secrets.map((secret) => [secret.name, secret])));
    const [mock, csms] = await Promise.all([start(), start({ secrets: byName })]);
    afterAll(() => Promise.all([mock.close(), csms.close()]));

    test.each(examples)("$operationId answers $status $key as written", async (example) => {
      const { operation, status, headers, key, value } = example;
      const code = status === "default" ? "500" : status.replace("XX", "00");
      const Prefer = key === undefined ? `code=${code}` : `code=${code}, example=${key}`;
      const response = await fetch(...toRequest(mock.url, operation, { Prefer }));
      expect(response.headers.get("sl-violations")).toBeNull();
      expect(response.status).toBe(Number(code));
      const text = await response.text();
      expect(text && JSON.parse(text)).toEqual(operation.method === "head" ? "" : (value ?? ""));
      for (const { name, examples } of headers) {
        if (examples.length > 0) expect(response.headers.get(name)).toBe(examples[0]?.value);
      }
    });

    test.each(operations)("$operationId succeeds, from examples or not", async (operation) => {
      for (const { url } of [mock, csms]) {
        const response = await fetch(...toRequest(url, operation));
        expect(operation.success.map(({ status }) => status)).toContain(String(response.status));
        expect(response.headers.get("sl-violations")).toBeNull();
      }
    });

    test.each(operations.filter(({ body }) => body?.required))("$operationId needs its body", async (operation) => {
      const [url, { body: _, ...init }] = toRequest(mock.url, operation);
      const response = await fetch(url, init);
      expect(response.ok).toBe(false);
      expect(mock.requests.at(-1)?.violations).toMatchObject([{ location: ["request", "body"], code: "required" }]);
    });
  });
}

/** A request that keeps the contract. */
function toRequest(url: string, operation: Operation, headers: Record<string, string> = {}): [string, RequestInit] {
  const values = operation.parameters
    .filter(({ required, examples }) => required || examples.length > 0)
    .map(({ name, in: where, schema, examples }) => ({ name, where, value: examples[0]?.value ?? sample(schema) }));
  const pick = (wanted: string) =>
    values
      .filter(({ where }) => where === wanted)
      .flatMap(({ name, value }) => [value].flat().map((each): [string, string] => [name, String(each)]));
  const inPath = new Map(pick("path"));
  const path = operation.path.replace(/\{([^{}]+)\}/g, (_, name) => inPath.get(name) ?? "");
  const query = new URLSearchParams(pick("query"));
  const { body } = operation;
  const init = {
    method: operation.method.toUpperCase(),
    headers: {
      ...token,
      ...Object.fromEntries(pick("header")),
      ...(body && { "Content-Type": body.type }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body.examples[0]?.value ?? sample(body.schema)) }),
  };
  return [`${url}${path}${query.size > 0 ? `?${query}` : ""}`, init];
}

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Mock, startMock } from "../src/index.ts";

type Ref = { $ref: string };
type Parameter = { name: string; in: string; example: string | number };
type Answer = {
  headers: Record<string, Ref | { example: string }>;
  content: { "application/json": { examples: Record<string, { value: unknown }> } };
};
type Operation = {
  operationId: string;
  parameters: (Ref | Parameter)[];
  responses: Record<string, Ref | Answer>;
};
type Contract = { paths: Record<string, Record<string, Operation>> };

const contract: Contract = parse(readFileSync(new URL("../../../openapi/csms.yaml", import.meta.url), "utf8"));

function resolve<T extends object>(node: Ref | T): T {
  if (!("$ref" in node)) return node;
  const keys = node.$ref.split("/").slice(1);
  return keys.reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], contract) as T;
}

const examples = Object.entries(contract.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { operationId, parameters, responses }]) => {
    const all = parameters.map(resolve<Parameter>);
    const query = all.filter((each) => each.in === "query").map(({ name, example }) => [name, String(example)]);
    const filled = all.reduce((filling, { name, example }) => filling.replace(`{${name}}`, String(example)), path);
    const target = `${filled}?${new URLSearchParams(query)}`;
    return Object.entries(responses).flatMap(([status, response]) => {
      const { headers, content } = resolve(response);
      return Object.entries(content["application/json"].examples).map(([name, { value }]) => {
        return { operationId, method, target, status, name, value, headers };
      });
    });
  }),
);

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

test.each(examples)("$operationId serves $status $name as written", async (example) => {
  const response = await fetch(mock.url + example.target, {
    method: example.method,
    headers: { "X-Auth-Token": "any", Prefer: `code=${example.status}, example=${example.name}` },
  });
  expect(response.headers.get("sl-violations")).toBeNull();
  expect(response.status).toBe(Number(example.status));
  expect(await response.json()).toEqual(example.value);
  for (const [name, header] of Object.entries(example.headers)) {
    expect(response.headers.get(name)).toBe(resolve(header).example);
  }
});

test("every answer of the contract has an X-Request-Id", () => {
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.filter(({ headers }) => !("X-Request-Id" in headers))).toEqual([]);
});

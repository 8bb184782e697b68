import { expect, test } from "vitest";
import { Contract, mergeSchema, type Node } from "../reader/index.ts";

const schemas = {
  Limit: { type: ["integer", "null"], minimum: 0, maximum: 100, default: 50, description: "Inner." },
  Small: { $ref: "#/components/schemas/Limit", maximum: 10 },
  Digits: { type: "string", pattern: "^[0-9]+$" },
  Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }] },
};
const contract = new Contract({ openapi: "3.1.0", info: { title: "", version: "" }, components: { schemas } } as Node);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test.for<[string, Node, Node]>([
  ["a schema alone", { type: "string" }, { type: "string" }],
  ["what stands beside a $ref", { ...ref("Limit"), default: 10 }, { ...schemas.Limit, default: 10 }],
  ["the stricter of two rules", { ...ref("Limit"), minimum: 1, maximum: 999 }, { ...schemas.Limit, minimum: 1 }],
  ["a $ref to a $ref", { ...ref("Small"), minimum: 2 }, { ...schemas.Limit, minimum: 2, maximum: 10 }],
  [
    "allOf",
    { allOf: [ref("Limit"), { type: "integer", maximum: 5 }] },
    { ...schemas.Limit, type: "integer", maximum: 5 },
  ],
  ["a number that is an integer", { type: ["number", "string"], allOf: [{ type: "integer" }] }, { type: "integer" }],
  ["enums", { enum: ["a", "b"], allOf: [{ enum: ["b", "c"] }] }, { enum: ["b"] }],
  ["a pattern said alike", { ...ref("Digits"), pattern: "^[0-9]+$" }, schemas.Digits],
  ["what may be null", { oneOf: [ref("Digits"), { type: "null" }] }, schemas.Digits],
  ["what may be several things", { anyOf: [ref("Digits"), ref("Limit")] }, { anyOf: [ref("Digits"), ref("Limit")] }],
  ["anything", true, {}],
])("%s", ([, schema, merged]) => {
  expect(mergeSchema(contract, schema, "#")).toEqual(merged);
});

test.for<[string, Node, string]>([
  ["two patterns", { ...ref("Digits"), pattern: "^1" }, "#/a: has a schema that says pattern twice: say it once"],
  ["a circle", ref("Loop"), "#/a: can't follow $ref #/components/schemas/Loop"],
  ["a $ref that leads nowhere", ref("Lost"), "#/a: $ref #/components/schemas/Lost leads nowhere"],
])("%s can't be one", ([, schema, message]) => {
  expect(() => mergeSchema(contract, schema, "#/a")).toThrow(message);
});

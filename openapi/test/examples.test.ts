import { expect, test } from "vitest";
import { lintAll, listBooks } from "./lint.ts";

const rule = "csms/examples";
const book = "/components/schemas/Book/properties";
const described = { type: "string", description: "What it is." };

test.each([
  ["of a named schema", `${book}/colour`, described, `${book}/colour`],
  ["in a property", `${book}/cover`, cover(described), `${book}/cover/properties/colour`],
  ["of an item", `${book}/covers`, list(cover(described)), `${book}/covers/items/properties/colour`],
  ["that is a list", `${book}/colours`, list(described), `${book}/colours`],
  ["that is one of several", `${book}/colour`, { description: "Its.", oneOf: [described] }, `${book}/colour`],
])("a property %s shows an example", async (_, place, schema, at) => {
  const problems = await lintAll({ [place]: schema });
  expect(problems.filter(([id]) => id === rule)).toEqual([
    [rule, `#${at}`, expect.stringMatching(/^The property "colours?" shows no example\..*examples: \[<value>\]/)],
  ]);
});

test.each([
  ["examples", { ...described, examples: ["red"] }],
  ["an example", { ...described, example: "red" }],
  ["a list of values", { ...described, enum: ["red", "blue"] }],
  ["one value", { ...described, const: "red" }],
  ["a default", { ...described, default: "red" }],
  ["items with one", list({ ...described, examples: ["red"] })],
  ["a schema with one", { $ref: "#/components/schemas/BookState" }],
  ["itself inside", { $ref: "#/components/schemas/Book" }],
])("%s will do for a property", async (_, schema) => {
  expect(await lintAll({ [`${book}/colour`]: schema })).toEqual([]);
});

test("an example is what its schema says", async () => {
  expect(await lintAll({ [`${book}/colour`]: { ...described, examples: [3] } })).toEqual([
    ["no-invalid-schema-examples", expect.stringContaining(`${book}/colour/examples`), expect.any(String)],
  ]);
});

test("a parameter that a request needs shows an example; others may", async () => {
  const parameter = { name: "colour", in: "query", description: "Its colour.", schema: { type: "string" } };
  const place = `${listBooks}/parameters/3`;
  expect(await lintAll({ [place]: parameter })).toEqual([]);
  expect(await lintAll({ [place]: { ...parameter, required: true } })).toEqual([
    [rule, `#${place}`, expect.stringContaining('The parameter "colour" shows no example')],
  ]);
  expect(await lintAll({ [place]: { ...parameter, required: true, example: "red" } })).toEqual([]);
  expect(await lintAll({ [place]: { ...parameter, required: true, examples: { red: { value: "red" } } } })).toEqual([]);
});

function cover(colour: object) {
  return { type: "object", description: "How it is bound.", properties: { colour } };
}

function list(items: object) {
  return { type: "array", description: "All of them.", items };
}

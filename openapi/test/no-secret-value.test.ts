import { expect, test } from "vitest";
import { lint, listBooks, original } from "./lint.ts";

const rule = "csms/no-secret-value";
const property = "/components/schemas/Book/properties";
const description = "Something.";
const text = { type: "string", description };
const holder = { type: "object", description, properties: { secret_string: text } };

test.each([
  "secret_string",
  "secret_binary",
  "secretString",
  "Secret-Value",
  "SECRET_BLOB",
  "value",
  "new_values",
  "plain_text",
  "dbPassword",
  "secret_access_key",
  "credentials",
])("no property %s", async (name) => {
  expect(await lint({ [`${property}/${name}`]: text })).toEqual([
    [rule, `#${property}/${name}`, expect.stringContaining(`The property "${name}" could carry a secret's value`)],
  ]);
});

test.each(["secret_name", "secret_type", "kms_key_id", "access_key_id", "value_count", "next_rotation_time"])(
  "a property %s is fine",
  async (name) => {
    expect(await lint({ [`${property}/${name}`]: text })).toEqual([]);
  },
);

test.each([
  ["a property", holder, "properties/secret_string"],
  ["an item", { type: "array", items: holder }, "items/properties/secret_string"],
  ["a map", { type: "object", additionalProperties: holder }, "additionalProperties/properties/secret_string"],
  [
    "a pattern",
    { type: "object", patternProperties: { "^secret_string$": text } },
    "patternProperties/^secret_string$",
  ],
  ["allOf", { allOf: [holder] }, "allOf/0/properties/secret_string"],
  ["oneOf", { oneOf: [text, holder] }, "oneOf/1/properties/secret_string"],
  ["anyOf", { anyOf: [text, holder] }, "anyOf/1/properties/secret_string"],
])("not in %s either", async (_, schema, place) => {
  expect(await lint({ [`${property}/more`]: { description, ...schema } })).toEqual([
    [rule, `#${property}/more/${place}`, expect.any(String)],
  ]);
});

test("not in an inline answer", async () => {
  const schema = `${listBooks}/responses/200/content/application~1json/schema`;
  expect(await lint({ [schema]: { allOf: [original(schema), holder] } })).toEqual([
    [rule, `#${schema}/allOf/1/properties/secret_string`, expect.any(String)],
  ]);
});

test("not in a request's body", async () => {
  const post = listBooks.replace(/get$/, "post");
  const requestBody = { content: { "application/json": { schema: holder } } };
  expect(await lint({ [post]: { ...original(listBooks), operationId: "lendBook", requestBody } })).toEqual([
    [rule, `#${post}/requestBody/content/application~1json/schema/properties/secret_string`, expect.any(String)],
  ]);
});

test.each(["query", "header", "cookie"])("no %s parameter", async (where) => {
  const parameter = `${listBooks}/parameters/3`;
  const schema = { type: "string" };
  expect(await lint({ [parameter]: { name: "X-Secret-Value", in: where, description, schema } })).toEqual([
    [rule, `#${parameter}/name`, expect.stringContaining('The parameter "X-Secret-Value"')],
  ]);
  expect(await lint({ [parameter]: { name: "X-Auth-Token", in: where, description, schema } })).toEqual([]);
});

test("no header of an answer", async () => {
  const headers = `${listBooks}/responses/200/headers`;
  expect(await lint({ [`${headers}/X-Secret-String`]: { description, schema: { type: "string" } } })).toEqual([
    [rule, `#${headers}/X-Secret-String`, expect.stringContaining('The header "X-Secret-String"')],
  ]);
});

test.each([
  ["a named example", "/components/responses/Failed/content/application~1json/examples/failed/value"],
  ["an answer's example", "/components/responses/Failed/content/application~1json/example"],
  ["a parameter's example", "/components/parameters/LibraryId/example"],
  ["a header's example", "/components/headers/X-Request-Id/example"],
  ["a schema's example", `${property}/title/example`],
  ["a schema's examples", `${property}/title/examples`],
  ["a default", `${property}/title/default`],
  ["a constant", `${property}/title/const`],
  ["an enumeration", `${property}/title/enum`],
])("not in %s", async (_, place) => {
  expect(await lint({ [place]: [{ more: { secret_string: "s" } }] })).toContainEqual([
    rule,
    `#${place}/0/more/secret_string`,
    expect.stringContaining(`The example's field "secret_string"`),
  ]);
});

const excuse = "x-no-secret";
const reason = "People write it, to sort their books.";
const excused = { ...text, [excuse]: reason };
const page = { $ref: "#/components/schemas/PageInfo" };

test.each<[string, string, object, string?]>([
  ["a property", `${property}/value`, text],
  ["a property that refers to a schema", `${property}/value`, page],
  [
    "a pattern",
    `${property}/more`,
    { description, patternProperties: { "^value$": text } },
    "/patternProperties/^value$",
  ],
  ["a parameter", `${listBooks}/parameters/3`, { name: "value", in: "query", description, schema: text }],
  ["a header", `${listBooks}/responses/200/headers/X-Value`, { description, schema: text }],
])("%s may say why it is no secret", async (_, place, node, inside = "") => {
  const holder = `${place}${inside}`;
  expect(await lint({ [place]: node, [`${holder}/${excuse}`]: reason })).toEqual([]);
  for (const empty of ["", " \n", 1, null]) {
    expect(await lint({ [place]: node, [`${holder}/${excuse}`]: empty })).toEqual([
      [rule, `#${holder}/${excuse}`, expect.stringContaining("gives no reason")],
    ]);
  }
});

test("an example follows its schema", async () => {
  const tag = { type: "object", description, properties: { value: excused, more: text } };
  const tags = { type: "array", description, items: { allOf: [tag, { type: "object", description }] } };
  const example = `${listBooks}/responses/200/content/application~1json/examples/lastPage/value/books/0/tags`;
  const edits = { [`${property}/tags`]: tags, [example]: [{ value: "novel" }] };
  expect(await lint(edits)).toEqual([]);
  expect(await lint({ ...edits, [`${property}/tags/examples`]: [[{ value: "novel" }]] })).toEqual([]);
  expect(
    await lint({ ...edits, [`${property}/tags/example`]: [{ value: "novel", more: { value: "s" } }] }),
  ).toContainEqual([rule, `#${property}/tags/example/0/more/value`, expect.any(String)]);
  expect(await lint({ ...edits, [`${property}/tags/items/allOf/0/properties/value`]: text })).toEqual([
    [rule, `#${property}/tags/items/allOf/0/properties/value`, expect.any(String)],
    [rule, `#${example}/0/value`, expect.any(String)],
  ]);
});

test.each([
  ["a property of another name", `${property}/title`],
  ["a schema", "/components/schemas/Book"],
  ["an operation", listBooks],
  ["the description", ""],
])("%s needs none", async (_, place) => {
  expect(await lint({ [`${place}/${excuse}`]: "It is a book." })).toEqual([
    [rule, `#${place}/${excuse}`, expect.stringContaining("excuses nothing here")],
  ]);
});

test("the schema that a property refers to can't excuse it", async () => {
  expect(
    await lint({
      [`${property}/value`]: page,
      [`/components/schemas/PageInfo/${excuse}`]: "It is a page.",
    }),
  ).toEqual([
    [rule, `#${property}/value`, expect.any(String)],
    [rule, `#/components/schemas/PageInfo/${excuse}`, expect.any(String)],
  ]);
});

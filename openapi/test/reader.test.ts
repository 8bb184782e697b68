import { expect, test } from "vitest";
import { Contract, exampleOf, examplesOf, type Node, readOperations } from "../reader/index.ts";

const string = { type: "string" };
const thing = { type: "object", properties: { name: string } };

/** A contract with the things of these places. */
const contractOf = (paths: Node, components: Node = {}) =>
  new Contract({ openapi: "3.1.0", info: { title: "", version: "1" }, paths, components } as Node);

test("an operation is read with all that is said of it, behind whatever $ref", () => {
  const source = {
    operationId: "createThing",
    tags: ["Things"],
    requestBody: { $ref: "#/components/requestBodies/New" },
    responses: { 201: { $ref: "#/components/responses/Moved" }, 404: { description: "Gone." } },
  };
  const contract = contractOf(
    { "/things/{id}": { parameters: [{ $ref: "#/components/parameters/Id" }], put: source } },
    {
      parameters: { Id: { name: "id", in: "path", required: true, schema: string, example: "t1" } },
      requestBodies: {
        New: {
          description: "What it is to be.",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" }, example: { name: "a" } } },
        },
      },
      responses: {
        Moved: { $ref: "#/components/responses/Made" },
        Made: {
          description: "It is made.",
          headers: { Location: { $ref: "#/components/headers/Location" } },
          content: {
            "application/json": { schema: thing, examples: { made: { $ref: "#/components/examples/Made" } } },
          },
        },
      },
      headers: { Location: { description: "Where.", schema: string, example: "/things/t1" } },
      examples: { Made: { summary: "A made one", value: { name: "b" } } },
      schemas: { Thing: thing },
    },
  );
  const only = (value: unknown) => [{ name: undefined, summary: undefined, description: undefined, value }];
  const body = {
    type: "application/json",
    schema: thing,
    schemaName: undefined,
    schemaPlace: "#/components/responses/Made/content/application~1json/schema",
    examples: [{ name: "made", summary: "A made one", description: undefined, value: { name: "b" } }],
  };
  const made = {
    status: "201",
    description: "It is made.",
    headers: [{ name: "Location", description: "Where.", schema: string, examples: only("/things/t1") }],
    contents: [body],
    body,
  };
  expect(readOperations(contract)).toMatchObject([
    {
      operationId: "createThing",
      method: "put",
      path: "/things/{id}",
      tags: ["Things"],
      parameters: [{ name: "id", in: "path", schema: string, examples: only("t1") }],
      body: {
        required: false,
        description: "What it is to be.",
        schemaName: "Thing",
        schemaPlace: "#/components/schemas/Thing",
        examples: only({ name: "a" }),
      },
      answers: [made, { status: "404", description: "Gone.", headers: [], contents: [], body: undefined }],
      success: [made],
      source,
    },
  ]);
});

test.for<[string, Node, unknown[]]>([
  ["none", {}, []],
  ["an example", { example: 7 }, [7]],
  ["an example that is null", { example: null }, [null]],
  ["several", { examples: { a: { value: 1 }, b: { value: null } } }, [1, null]],
  ["one behind a $ref", { examples: { a: { $ref: "#/components/examples/A" } } }, ["a"]],
  ["one that is elsewhere", { examples: { a: { externalValue: "a.json" }, b: { value: 2 } } }, [2]],
])("examples: %s", ([, node, values]) => {
  const contract = contractOf({}, { examples: { A: { value: "a" } } });
  expect(examplesOf(contract, node, "#").map(({ value }) => value)).toEqual(values);
  expect(exampleOf(contract, node, "#")).toBe(values[0]);
});

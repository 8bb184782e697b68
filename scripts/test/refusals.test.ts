import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContractError, type Node } from "@csms/openapi/reader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateFiles } from "../codegen/generate-files.ts";
import { LAYOUT } from "../codegen/layout.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "refusals-"));
});
afterAll(() => rm(folder, { recursive: true }));

const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const string = { type: "string" };

/** A contract that can become code. */
function contract(): Node {
  const thing = { type: "object", required: ["id"], properties: { id: string, size: { type: "integer" } } };
  const page = {
    type: "object",
    required: ["things"],
    properties: { things: { type: "array", items: thing }, next: string, total: { type: "integer" } },
  };
  const listThings = {
    operationId: "listThings",
    parameters: [
      { name: "after", in: "query", schema: string },
      { name: "limit", in: "query", schema: { type: "integer", default: 10 } },
      { name: "tag", in: "query", schema: { type: "array", items: string } },
      { name: "X-Rate", in: "header", schema: string },
    ],
    responses: { 200: json(page) },
    "x-redocly-pagination": {
      style: "cursor",
      cursorParam: "after",
      limitParam: "limit",
      nextCursor: "/next",
      items: "/things",
    },
    "x-item-marker": "/id",
  };
  const updateThing = {
    operationId: "updateThing",
    parameters: [{ name: "id", in: "path", required: true, schema: string }],
    requestBody: json(thing),
    responses: { 204: { description: "" } },
  };
  // A copy, in which no two places share a schema.
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "", version: "1" },
    servers: [{ url: "https://example.com" }],
    paths: { "/things": { get: listThings }, "/things/{id}": { put: updateThing } },
    components: { schemas: {} },
  });
  return JSON.parse(text);
}

async function generate(description: Node): Promise<Map<string, string>> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, JSON.stringify(description));
  return generateFiles(path);
}

test("the contract that the others break becomes code", async () => {
  expect((await generate(contract())).get(LAYOUT.client)).toContain("listThings(");
});

test("a contract whose server has no region asks for none", async () => {
  const files = await generate(contract());
  const client = files.get(LAYOUT.client);
  expect(client).toContain('interface CsmsClientOptions extends Omit<ClientOptions, "region"> {}');
  expect(client).not.toContain("Region");
  expect(files.get(LAYOUT.publicNames)).not.toContain("Region");
  expect(files.get(LAYOUT.codeSamples)).not.toContain("region");
});

const LIST = "#/paths/~1things/get";
const PUT = "#/paths/~1things~1{id}/put";
const PAGE = `${LIST}/responses/200/content/application~1json/schema`;
const PAGING = `${LIST}/x-redocly-pagination`;

interface Places {
  root: Node;
  list: Node;
  put: Node;
  paging: Node;
  page: Node;
  after: Node;
  limit: Node;
  tag: Node;
  header: Node;
  id: Node;
}

test.for<[string, (places: Places) => void, string]>([
  // Operations.
  ["no operationId", ({ list }) => delete list.operationId, `${LIST}: needs an operationId that can name a method`],
  ["an odd operationId", ({ list }) => (list.operationId = "list things"), `${LIST}: needs an operationId`],
  [
    "two of a name",
    ({ put }) => (put.operationId = "ListThings"),
    `${PUT}: operationId ListThings collides with listThings: rename one`,
  ],
  [
    "a reserved name",
    ({ list }) => (list.operationId = "http"),
    `${LIST}: operationId http is a member of every client: rename it`,
  ],
  [
    "a path without a slash",
    ({ root }) => (root.paths.things = root.paths["/things"]),
    "#/paths/things: must begin with a slash",
  ],
  [
    "servers of its own",
    ({ put }) => (put.servers = [{ url: "https://example.org" }]),
    `${PUT}: has servers of its own`,
  ],
  [
    "TRACE",
    ({ root, put }) => (root.paths["/a"] = { trace: { ...put, parameters: [] } }),
    "#/paths/~1a/trace: is TRACE, which fetch can't send: use another method",
  ],
  [
    "no https server",
    ({ root }) => (root.servers = [{ url: "/" }]),
    '#/servers/0/url: must be an https address, is "/"',
  ],
  [
    "an address with an unknown variable",
    ({ root }) => (root.servers[0].url = "https://{stage}.example.com"),
    "#/servers/0: needs a variable stage, with a default",
  ],
  [
    "an IAM without https",
    ({ root }) => (root.servers[0]["x-iam-url"] = "http://iam.example.com"),
    '#/servers/0/x-iam-url: must be an https address, is "http://iam.example.com"',
  ],
  [
    "a region at another server",
    ({ root }) => {
      const variables = { region: { default: "far-east", enum: ["far-east", "north"] } };
      root.servers.push({ url: "https://{region}.example.org", "x-region-prefix": "far-", variables });
    },
    "#/servers: north of https://{region}.example.org is at https://example.com, by each x-region-prefix",
  ],
  ["OpenAPI 3.0", ({ root }) => (root.openapi = "3.0.3"), '#/openapi: must be 3.1.x, is "3.0.3"'],

  [
    "a $ref that leads nowhere",
    ({ list }) => list.parameters.push({ $ref: "#/components/parameters/Lost" }),
    "#/components/parameters/Lost",
  ],

  // Parameters.
  [
    "a cookie",
    ({ header }) => (header.in = "cookie"),
    `${LIST}/parameters (X-Rate): is in cookie; only path, query and header`,
  ],
  [
    "two of a name in two places",
    ({ header }) => (header.name = "tag"),
    `${LIST}/parameters (tag): is there twice: one argument object holds all parameters, so rename one`,
  ],
  [
    "two of a name, one of the path's",
    ({ root, header }) => (root.paths["/things"].parameters = [{ ...header, name: "tag" }]),
    `${LIST}/parameters (tag): is there twice`,
  ],
  [
    "content",
    ({ tag }) => {
      tag.content = { "application/json": { schema: tag.schema } };
      delete tag.schema;
    },
    `${LIST}/parameters (tag): needs a schema; content is not supported`,
  ],
  [
    "a path parameter that the path lacks",
    ({ id }) => (id.name = "name"),
    `${PUT}: id must be both in the path and among its path parameters`,
  ],
  [
    "an unsupported style",
    ({ tag }) => (tag.style = "pipeDelimited"),
    `${LIST}/parameters (tag): has style pipeDelimited: an array must have style form with explode: true`,
  ],
  [
    "an array with commas",
    ({ tag }) => (tag.explode = false),
    `${LIST}/parameters (tag): has style form with explode: false: an array must have style form with explode: true`,
  ],
  [
    "an object that is not deep",
    ({ tag }) => (tag.schema = { type: "object" }),
    `${LIST}/parameters (tag): has style form: an object must have style deepObject`,
  ],
  [
    "an array in a path",
    ({ id, tag }) => (id.schema = tag.schema),
    `${PUT}/parameters (id): is an array, which only a query parameter can be`,
  ],
  [
    "an unsupported path style",
    ({ id }) => (id.style = "matrix"),
    `${PUT}/parameters (id): has style matrix: a value must have style simple`,
  ],
  [
    "allowReserved",
    ({ after }) => (after.allowReserved = true),
    `${LIST}/parameters (after): has allowReserved, which is not supported: leave it out`,
  ],
  [
    "a pattern of another language",
    ({ after }) => (after.schema = { type: "string", pattern: "(?i)a" }),
    `${LIST}/parameters (after): needs a pattern that JavaScript reads`,
  ],
  [
    "digits whose pattern and range differ",
    ({ limit }) => (limit.schema = { type: "string", format: "int32", pattern: "^\\d+$", minimum: 1, default: "1" }),
    `${LIST}/parameters (limit): has minimum 1 and a pattern that lets 0 through: make them say the same`,
  ],
  [
    "digits whose pattern has no room for their range",
    ({ limit }) => (limit.schema = { type: "string", format: "int32", pattern: "^\\d$", maximum: 10, default: "1" }),
    `${LIST}/parameters (limit): has maximum 10 and a pattern that refuses it: make them say the same`,
  ],
  [
    "a schema that says two things",
    ({ after }) => (after.schema = { ...string, pattern: "a", allOf: [{ pattern: "b" }] }),
    `${LIST}/parameters (after): has a schema that says pattern twice: say it once`,
  ],
  [
    "a header that the client sets",
    ({ header }) => (header.name = "Content-Type"),
    `${LIST}/parameters (Content-Type): is no name for a header parameter that a client sends: rename it`,
  ],
  [
    "a query name that would have to be encoded",
    ({ tag }) => (tag.name = "a&b"),
    `${LIST}/parameters (a&b): is no name for a query parameter that a client sends`,
  ],

  // Bodies.
  [
    "a form",
    ({ put }) => (put.requestBody = { content: { "multipart/form-data": { schema: {} } } }),
    `${PUT}/requestBody: needs application/json and no other content, has multipart/form-data`,
  ],
  [
    "a body with GET",
    ({ list, put }) => (list.requestBody = put.requestBody),
    `${LIST}/requestBody: can't be sent with GET: use another method`,
  ],
  [
    "a body and a parameter named body",
    ({ put }) => put.parameters.push({ name: "body", in: "query", schema: string }),
    `${PUT}: has a parameter named body and a request body: rename the parameter`,
  ],

  // Answers.
  [
    "text",
    ({ list }) => (list.responses[200].content = { "text/plain": { schema: string } }),
    `${LIST}/responses/200: needs application/json and no other content, has text/plain`,
  ],
  [
    "text beside JSON",
    ({ list }) => (list.responses[200].content["text/plain"] = { schema: string }),
    `${LIST}/responses/200: needs application/json and no other content, has application/json, text/plain`,
  ],
  [
    "a bare number",
    ({ put }) => (put.responses = { 200: json({ type: "integer" }) }),
    `${PUT}/responses/200: must be an object or an array, may be integer`,
  ],
  [
    "an answer that may be null",
    ({ put }) => (put.responses = { 200: json({ type: ["object", "null"] }) }),
    `${PUT}/responses/200: must be an object or an array, may be null`,
  ],
  [
    "no success status",
    ({ put }) => (put.responses = { default: { description: "" } }),
    `${PUT}/responses: needs a success status, such as 200`,
  ],
  [
    "a range of statuses",
    ({ put }) => (put.responses = { "2XX": { description: "" } }),
    `${PUT}/responses/2XX: name each success status`,
  ],
  [
    "a body with HEAD",
    ({ root, list }) => (root.paths["/a"] = { head: { operationId: "touch", responses: list.responses } }),
    "#/paths/~1a/head/responses: describe a body, which an answer to HEAD never has: leave it out",
  ],

  // Schemas.
  [
    "a schema that is none",
    ({ page }) => (page.properties.total.minimum = "1"),
    `${PAGE}/properties/total/minimum: is no JSON Schema: it must be number`,
  ],
  [
    "a body's pattern of another language",
    ({ page }) => (page.properties.things.items.properties.id.pattern = "(?i)a"),
    `${PAGE}/properties/things/items/properties/id/pattern: must be a pattern that JavaScript reads`,
  ],
  [
    "a pattern of another language for names",
    ({ page }) => (page.patternProperties = { "(?i)a": string }),
    `${PAGE}/patternProperties: must be a pattern that JavaScript reads`,
  ],
  [
    "an anchor",
    ({ page }) => (page.properties.total.$anchor = "total"),
    `${PAGE}/properties/total/$anchor: is not supported: refer by $ref to a component`,
  ],
  [
    "two schemas of a name",
    ({ root }) => (root.components.schemas = { "a-b": string, aB: string }),
    "#/components/schemas/aB: collides with a-b: rename one",
  ],
  [
    "a schema with a name of the types' own",
    ({ root }) => (root.components.schemas = { record: string }),
    "#/components/schemas/record: collides with the generated code's own Record: rename one",
  ],

  ...["Credentials", "Middleware", "CsmsError"].map((name): [string, (places: Places) => void, string] => [
    `a schema named like what people wrote, ${name},`,
    ({ root }) => (root.components.schemas[name] = string),
    `#/components/schemas/${name}: collides with ${name} of packages/client/src/index.ts: rename one`,
  ]),
  [
    "a schema named like the client",
    ({ root }) => (root.components.schemas["csms-client"] = string),
    "#/components/schemas/csms-client: collides with the client's own CsmsClient: rename one",
  ],
  [
    "a schema named like a method's parameters",
    ({ root }) => (root.components.schemas.ListThingsParameters = string),
    "#/components/schemas/ListThingsParameters: collides with the parameters of listThings: rename one",
  ],

  // Paging.
  [
    "another style of paging",
    ({ paging }) => (paging.style = "offset"),
    `${PAGING}/style: is "offset". It has to be the one way of paging that the client reads. Choose from: cursor.`,
  ],
  [
    "no such cursor",
    ({ paging }) => (paging.cursorParam = "marker"),
    `${PAGING}/cursorParam: is "marker". It has to be a query parameter that is a string: where a page starts. Choose from: after.`,
  ],
  [
    "a cursor in a header",
    ({ paging }) => (paging.cursorParam = "X-Rate"),
    `${PAGING}/cursorParam: is "X-Rate". It has to be a query parameter`,
  ],
  [
    "a cursor of the wrong kind",
    ({ after }) => (after.schema = { type: "integer" }),
    `${PAGING}/cursorParam: is "after". It has to be a query parameter that is a string`,
  ],
  [
    "no such limit",
    ({ paging }) => (paging.limitParam = "size"),
    `${PAGING}/limitParam: is "size". It has to be a query parameter that is an integer`,
  ],
  [
    "a limit of the wrong kind",
    ({ limit }) => (limit.schema = { type: "boolean", default: true }),
    `${PAGING}/limitParam: is "limit". It has to be a query parameter that is an integer, or a string of an integer's format,`,
  ],
  [
    "a limit without default",
    ({ limit }) => delete limit.schema.default,
    "with a default above 0: how long a page is. There is none yet: add one.",
  ],
  [
    "no such cursor in the answer",
    ({ paging }) => (paging.nextCursor = "/page/next"),
    `${PAGING}/nextCursor: is "/page/next". It has to be a JSON Pointer to a string in the answer: where the next page starts. Choose from: /next.`,
  ],
  [
    "no pointer",
    ({ paging }) => (paging.nextCursor = "next"),
    `${PAGING}/nextCursor: is "next". It has to be a JSON Pointer`,
  ],
  [
    "a cursor of the wrong kind in the answer",
    ({ paging }) => (paging.nextCursor = "/total"),
    `${PAGING}/nextCursor: is "/total". It has to be a JSON Pointer to a string`,
  ],
  [
    "items that are no list",
    ({ paging }) => (paging.items = "/next"),
    `${PAGING}/items: is "/next". It has to be a JSON Pointer to a list in the answer that is required and never null. Choose from: /things.`,
  ],
  [
    "items that may be missing",
    ({ page }) => delete page.required,
    `${PAGING}/items: is "/things". It has to be a JSON Pointer to a list in the answer that is required`,
  ],
  [
    "items that may be null",
    ({ page }) => (page.properties.things.type = ["array", "null"]),
    `${PAGING}/items: is "/things". It has to be`,
  ],
  [
    "items that are there in one of two cases",
    ({ page }) => {
      page.oneOf = [{ properties: page.properties, required: ["things"] }, { properties: { error: string } }];
      delete page.properties;
      delete page.required;
    },
    `${PAGING}/items: is "/things". It has to be`,
  ],
  [
    "no item marker",
    ({ list }) => delete list["x-item-marker"],
    `${LIST}/x-item-marker: is missing. It has to be a JSON Pointer to a string in an item that is required and never null: what stands for it as a marker. Choose from: /id.`,
  ],
  [
    "an item marker of the wrong kind",
    ({ list }) => (list["x-item-marker"] = "/size"),
    `${LIST}/x-item-marker: is "/size". It has to be a JSON Pointer to a string in an item`,
  ],
  [
    "several pages of different kinds",
    ({ list }) => (list.responses[201] = json({ type: "object" })),
    `${PAGING}: needs one success status, with application/json: a page`,
  ],
])("%s is refused by place", async ([, change, message]) => {
  const root = contract();
  const { get: list } = root.paths["/things"];
  const { put } = root.paths["/things/{id}"];
  const [after, limit, tag, header] = list.parameters;
  const [id] = put.parameters;
  const page = list.responses[200].content["application/json"].schema;
  change({ root, list, put, paging: list["x-redocly-pagination"], page, after, limit, tag, header, id });
  const refused = generate(root);
  await expect(refused).rejects.toThrow(ContractError);
  await expect(refused).rejects.toThrow(message);
});

test("all that is refused is told at once", async () => {
  const root = contract();
  delete root.paths["/things"].get.operationId;
  delete root.paths["/things/{id}"].put.operationId;
  await expect(generate(root)).rejects.toThrow(new RegExp(`^${LIST}: .*\n  ${PUT.replace(/[{}]/g, "\\$&")}: .*$`));
});

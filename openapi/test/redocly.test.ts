import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { edited, lint, lintAll, listBooks } from "./lint.ts";

test("the fixture has no problem", async () => {
  expect(await lintAll({})).toEqual([]);
});

test.each([
  ["the answer", `${listBooks}/responses/200/content/application~1json/schema`],
  ["a part of the answer", "/components/schemas/ListBooksResponse/properties/page_info"],
  ["an item", "/components/schemas/ListBooksResponse/properties/books/items"],
  ["a parameter", `${listBooks}/parameters/1`],
  ["an error", "/components/responses/Failed/content/application~1json/schema"],
])("a $ref that leads nowhere is told before what comes of it: %s", async (_, place) => {
  const problems = await lint({ [place]: { $ref: "#/components/schemas/Nothing" } });
  expect(problems[0]).toEqual(["no-unresolved-refs", `#${place}`, expect.any(String)]);
  expect(problems.slice(1).filter(([rule]) => rule !== "no-unused-components")).toEqual([]);
});

test.each([
  ["operation", listBooks, "This operation"],
  ["parameter", "/components/parameters/LibraryId", "This parameter"],
  ["parameter", `${listBooks}/parameters/1`, "This parameter"],
  ["property", "/components/schemas/Book/properties/title", 'The property "title"'],
  ["schema", "/components/schemas/PageInfo", 'The schema "PageInfo"'],
  ["header", "/components/headers/Retry-After", 'The header "Retry-After"'],
  ["response", "/components/responses/TooManyRequests", 'The answer "429"'],
])("a %s is described: %s", async (kind, pointer, name) => {
  const place = `${pointer}/description`;
  const problem = [`rule/${kind}-described`, `#${place}`, expect.stringContaining(`${name} has no description.`)];
  for (const description of ["", " \n"]) expect(await lint({ [place]: description })).toEqual([problem]);
  expect(await lint({ [place]: undefined })).toContainEqual(problem);
});

test.each(["list_books", "list-books", "ListBooks"])(
  "an operation is named in camel case, not %s",
  async (operationId) => {
    expect(await lint({ [`${listBooks}/operationId`]: operationId })).toEqual([
      ["rule/operation-named", `#${listBooks}/operationId`, expect.stringContaining("camel case")],
    ]);
  },
);

test("a path begins with a slash, an extension beside the paths does not", async () => {
  const problems = await lint({ "/paths/v1~1books": {}, "/paths/x-books": {} });
  expect(problems.filter(([rule]) => rule !== "struct")).toEqual([
    ["rule/path-begins", "#/paths/v1~1books", expect.stringContaining("slash")],
  ]);
});

test("a property inside a property is described", async () => {
  const outer = "/components/schemas/Book/properties/rotation";
  const rotation = { type: "object", description: "How.", properties: { period: { type: "string" } } };
  for (const [place, schema] of [
    ["properties/period", rotation],
    ["items/properties/period", { type: "array", description: "How, each.", items: rotation }],
    ["allOf/0/properties/period", { description: "How.", allOf: [rotation] }],
  ] as const) {
    expect(await lint({ [outer]: schema })).toEqual([
      ["rule/property-described", `#${outer}/${place}/description`, expect.any(String)],
    ]);
  }
});

test("a property that refers to a described schema is described", async () => {
  expect(await lint({ "/components/schemas/Book/properties/more": { $ref: "#/components/schemas/PageInfo" } })).toEqual(
    [],
  );
});

test.each([
  ["X-Request-Id", `${listBooks}/responses/200/headers`],
  ["X-Request-Id", "/components/responses/Failed/headers"],
  ["X-Request-Id", "/components/responses/TooManyRequests/headers"],
  ["Retry-After", "/components/responses/TooManyRequests/headers"],
])("an answer has %s: %s", async (header, headers) => {
  const problems = (await lint({ [`${headers}/${header}`]: undefined })).filter(
    ([id]) => id !== "no-unused-components",
  );
  // Redocly says it once for every operation that answers so.
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(problem).toEqual(["response-contains-header", `#${headers}`, expect.stringContaining(`"${header}"`)]);
  }
});

test("the command line says the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csms-lint-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "broken.yaml");
  const edits = {
    [`${listBooks}/responses/404`]: undefined,
    [`${listBooks}/x-redocly-pagination/items`]: "/page_info",
    [`${listBooks}/description`]: "",
    [`${listBooks}/tags`]: ["Book"],
    [`${listBooks}/parameters/1/description`]: "",
    "/components/schemas/PageInfo/description": "",
    "/components/schemas/PageInfo/properties/secret_string": { type: "string" },
    "/components/responses/Failed/description": "",
    "/components/headers/X-Request-Id/description": "",
    "/components/responses/Failed/headers": undefined,
  };
  await writeFile(file, edited(edits));

  const cli = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
  const config = fileURLToPath(new URL("../../redocly.yaml", import.meta.url));
  const run = promisify(execFile)(process.execPath, [cli, "lint", file, "--config", config, "--format=json"]);
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const said = JSON.parse(stdout) as {
    problems: { ruleId: string; location: { pointer: string }[]; message: string }[];
  };
  const problems = said.problems.map(({ ruleId, location: [place], message }) => [ruleId, place?.pointer, message]);
  expect(problems.toSorted()).toEqual((await lintAll(edits)).toSorted());
  expect(new Set(problems.map(([rule]) => rule))).toEqual(
    new Set([
      "csms/errors",
      "csms/examples",
      "csms/no-secret-value",
      "csms/paging",
      "csms/tags",
      "response-contains-header",
      "rule/header-described",
      "rule/operation-described",
      "rule/parameter-described",
      "rule/property-described",
      "rule/response-described",
      "rule/schema-described",
    ]),
  );
});

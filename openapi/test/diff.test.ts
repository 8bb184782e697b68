import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, test } from "vitest";
import { edited, listBooks, original } from "./lint.ts";

const program = fileURLToPath(new URL("../diff.ts", import.meta.url));
const text = { type: "string", description: "A text." };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csms-diff-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the check says to an edit of a contract that was released as 1.2.3, and the rows of its table. */
const check = async (edits: object, version = "1.2.3", before: object = {}) => {
  const place = await mkdtemp(join(folder, "edit-"));
  const [base, revision] = [join(place, "base.yaml"), join(place, "revision.yaml")];
  await writeFile(base, edited({ "/info/version": "1.2.3", ...before }));
  await writeFile(revision, edited({ "/info/version": version, ...before, ...edits }));

  const run = promisify(execFile)(process.execPath, [program, "--check-version", base, revision]);
  const result = await run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
  const rows = [...(result.stdout as string).matchAll(/^\| (major|minor|patch) +\| (.*?) +\| `(.*)` +\|$/gm)];
  const [said] = (result.stderr as string).trim().split("\n").slice(-1);
  return {
    code: result.code as number,
    rows: rows.map(([, impact, what, where]) => [impact, what, where]),
    said: said?.replace(revision, "csms.yaml"),
  };
};

const answer = "/v1/{library_id}/books get/responses/200/content/application/json/schema";
const pagination = "/v1/{library_id}/books get/x-redocly-pagination";

test.concurrent.for<[string, object, string[]]>([
  [
    "a removed field",
    { "/components/schemas/Book/properties/note": undefined },
    ["Property `note` of `Book` was removed.", `${answer}/properties/books/items/properties/note`],
  ],
  [
    "a new required parameter",
    { [`${listBooks}/parameters/3`]: { ...text, name: "type", in: "query", required: true } },
    ["Required `type` query parameter was added.", "/v1/{library_id}/books get/parameters/3"],
  ],
  [
    "a removed status",
    { [`${listBooks}/responses/404`]: undefined },
    ["Response `404` was removed.", "/v1/{library_id}/books get/responses/404"],
  ],
  [
    "a narrowed enum",
    { "/components/schemas/BookState/enum": ["SHELVED", "LENT"] },
    ["`state` can no longer be `LOST`.", `${answer}/properties/books/items/properties/state`],
  ],
  [
    "a region that is gone",
    { "/servers/0/variables/region/enum": ["north"] },
    ["`region` can no longer be `south`.", "servers/0/variables/region"],
  ],
  [
    "another default",
    { [`${listBooks}/parameters/1/schema/default`]: 20 },
    ["The default went from `50` to `20`.", "/v1/{library_id}/books get/parameters/1/schema"],
  ],
  [
    "another success",
    { [`${listBooks}/responses/202`]: original(`${listBooks}/responses/200`) },
    [
      "A call that succeeds can now end with `202`, so its result has another type.",
      "/v1/{library_id}/books get/responses/202",
    ],
  ],
  [
    "paging that is gone",
    { [`${listBooks}/x-redocly-pagination`]: undefined },
    ["The client no longer reads on, page after page.", pagination],
  ],
  [
    "paging through something else",
    { [`${listBooks}/x-redocly-pagination/items`]: "/titles" },
    ["The client lists `/titles`, no longer `/books`.", pagination],
  ],
])("%s breaks", async ([, edits, row], { expect }) => {
  expect(await check(edits)).toEqual({
    code: 1,
    rows: [["major", ...row]],
    said: "info.version of csms.yaml is too low: 1.2.3. Set it to 2.0.0, or take back each major change.",
  });
});

test.concurrent("only what asks for the version is told", async ({ expect }) => {
  const book = "/components/schemas/Book";
  const { rows } = await check({ [`${book}/properties/note`]: undefined, [`${book}/description`]: "Another text." });
  expect(rows.map(([impact]) => impact)).toEqual(["major"]);
});

test.concurrent("a path parameter by another name breaks", async ({ expect }) => {
  const book = (name: string) => `/paths/~1v1~1{library_id}~1books~1{${name}}`;
  const { code, rows } = await check({
    [book("title")]: undefined,
    [book("name")]: original(book("title")),
    [`${book("name")}/get/parameters/0/name`]: "name",
  });
  expect(code).toBe(1);
  expect(rows[0]?.slice(0, 2)).toEqual(["major", "The parameter `title` is now called `name`."]);
});

test.concurrent("a schema by another name breaks", async ({ expect }) => {
  const { code, rows } = await check({
    "/components/schemas/Page": original("/components/schemas/PageInfo"),
    "/components/schemas/PageInfo": undefined,
    "/components/schemas/ListBooksResponse/properties/page_info": { $ref: "#/components/schemas/Page" },
  });
  expect(code).toBe(1);
  expect(rows).toEqual([
    ["major", "There is no schema named `PageInfo` any more, so no type.", "components/schemas/Page"],
  ]);
});

test.concurrent("a schema that is gone breaks", async ({ expect }) => {
  const owner = "/components/schemas/Owner";
  const { code, rows } = await check({ [owner]: undefined }, "1.2.3", { [owner]: text });
  expect(code).toBe(1);
  expect(rows).toEqual([
    ["major", "There is no schema named `Owner` any more, so no type.", "components/schemas/Owner"],
  ]);
});

test.concurrent("a request's property that is gone breaks", async ({ expect }) => {
  const note = `${listBooks.replace(/get$/, "post")}/requestBody/content/application~1json/schema/properties/note`;
  const { code, rows } = await check({ [note]: undefined });
  expect(code).toBe(1);
  expect(rows).toEqual([["major", "The request's property `note` was removed.", expect.stringMatching(/note$/)]]);
});

test.concurrent("a change that breaks passes with the next major version, and not with less", async ({ expect }) => {
  const edits = { [`${listBooks}/responses/404`]: undefined };
  expect(await check(edits, "1.9.9")).toMatchObject({ code: 1 });
  expect(await check(edits, "2.0.0")).toMatchObject({ code: 0, said: "" });
});

test.concurrent("an addition passes with the next minor version, and not with less", async ({ expect }) => {
  const edits = { "/components/schemas/Book/properties/owner": text };
  expect(await check(edits, "1.2.4")).toMatchObject({ code: 1, said: expect.stringContaining("Set it to 1.3.0, ") });
  expect(await check(edits, "1.3.0")).toMatchObject({ code: 0 });
});

test.concurrent("what is said to be no secret is seen", async ({ expect }) => {
  const value = { ...text, "x-no-secret": "It sorts books." };
  const tag = { type: "object", description: "A tag.", properties: { value: text } };
  const [tags, named] = ["/components/schemas/Book/properties/tag", "/components/schemas/Book/properties/value"];
  const said = "Said to be no secret: It sorts books.";
  const { rows } = await check({ [`${tags}/properties/value`]: value, [named]: value }, "1.3.0", { [tags]: tag });
  expect(rows.map(([, what]) => what)).toEqual([
    `Schema added · ${said}`,
    "version modified",
    `x-no-secret modified · ${said}`,
  ]);
});

test.concurrent("a harmless description passes with no new version", async ({ expect }) => {
  expect(await check({ "/components/schemas/PageInfo/description": "Where it is." })).toEqual({
    code: 0,
    rows: [["patch", "description modified", `${answer}/properties/page_info`]],
    said: "",
  });
});

test.concurrent("a version does not go back", async ({ expect }) => {
  const said = "info.version of csms.yaml is too low: 1.2.2. Set it to 1.2.3.";
  expect(await check({}, "1.2.2")).toMatchObject({ code: 1, said });
});

test.concurrent("a version is a semantic one", async ({ expect }) => {
  const said = 'info.version of csms.yaml is "1.3". It has to be like 1.2.3.';
  expect(await check({}, "1.3")).toMatchObject({ code: 1, said });
});

import { expect, test } from "vitest";
import { lint, listBooks, original } from "./lint.ts";

const rule = "csms/paging";
const declared = `${listBooks}/x-redocly-pagination`;
const itemMarker = `${listBooks}/x-item-marker`;
const content = `${listBooks}/responses/200/content`;
const undeclared = { [declared]: undefined, [itemMarker]: undefined };
const description = "Something.";
const text = { type: "string", description };
const list = { type: "array", description, items: text };

/** `listBooks` with another answer and no paging: what our rule says, whatever components are unused now. */
const lintAnswer = async (schema: object) => {
  const problems = await lint({ ...undeclared, [content]: { "application/json": { schema } } });
  return problems.filter(([id]) => id !== "no-unused-components");
};

test("a list with a marker declares its paging", async () => {
  expect(await lint(undeclared)).toEqual([
    [
      rule,
      `#${listBooks}`,
      expect.stringMatching(/^"listBooks" answers with a list \(\/books\) and a marker \(\/page_info\/next_marker\)/),
    ],
  ]);
});

test.each(["next_marker", "nextPageToken", "next-cursor", "continuationToken", "marker"])(
  "a marker may be called %s, and lie anywhere in the answer",
  async (name) => {
    const page = { type: "object", description, properties: { [name]: text } };
    const holding = {
      type: "object",
      properties: { result: { description, allOf: [page, { properties: { list } }] } },
    };
    expect(await lintAnswer(holding)).toEqual([
      [rule, `#${listBooks}`, expect.stringContaining(`a list (/result/list) and a marker (/result/${name})`)],
    ]);
  },
);

test.each([
  ["a list", { list, previous_marker: text, token: text, marker_count: text }],
  ["a marker", { next_marker: text }],
  ["a list whose items hold markers", { list: { ...list, items: { type: "object", properties: { marker: text } } } }],
])("%s alone needs no paging", async (_, properties) => {
  expect(await lintAnswer({ type: "object", properties })).toEqual([]);
});

test.each([
  ["style", "offset", "cursor"],
  ["cursorParam", "cursor", "marker"],
  ["cursorParam", "limit", "marker"],
  ["limitParam", "library_id", "limit"],
  ["limitParam", "Limit", "limit"],
  ["items", "/page_info", "/books"],
  ["items", "books", "/books"],
  ["nextCursor", "/page_info/current_count", "/page_info/next_marker, /page_info/previous_marker"],
  ["nextCursor", "/next_marker", "/page_info/next_marker, /page_info/previous_marker"],
])("%s can't be %s", async (key, value, choices) => {
  expect(await lint({ [`${declared}/${key}`]: value })).toEqual([
    [
      rule,
      `#${declared}/${key}`,
      expect.stringMatching(new RegExp(`^${key} of "listBooks" is "${value}"\\. .* Choose from: ${choices}\\.$`)),
    ],
  ]);
});

test.each(["style", "cursorParam", "limitParam", "items", "nextCursor"])("%s can't be left out", async (key) => {
  expect(await lint({ [`${declared}/${key}`]: undefined })).toEqual([
    [rule, `#${declared}`, expect.stringContaining(`${key} of "listBooks" is missing.`)],
  ]);
});

test("the parameters may stand at the path, and in components", async () => {
  const [libraryId, limit, marker] = Object.values(original(`${listBooks}/parameters`));
  const edits = {
    "/components/parameters/Limit": limit,
    [listBooks.replace(/get$/, "parameters")]: [{ $ref: "#/components/parameters/Limit" }, marker],
    [`${listBooks}/parameters`]: [libraryId],
  };
  expect(await lint(edits)).toEqual([]);
  expect(await lint({ ...edits, [`${declared}/limitParam`]: "size" })).toEqual([
    [rule, `#${declared}/limitParam`, expect.stringContaining("Choose from: limit.")],
  ]);
});

test("pointers are escaped, and every form of a success is read", async () => {
  const properties = { "a/b~c": list, next_marker: text };
  const schema = { type: "object", oneOf: [{ properties }, { type: "object", properties: { id: text } }] };
  const plain = { schema: { type: "string" } };
  const answers = { "text/csv": plain, "application/vnd.books+json": { schema } };
  const problems = await lint({
    ...undeclared,
    [content]: undefined,
    [`${listBooks}/responses/100`]: { description, content: { "application/json": plain } },
    [`${listBooks}/responses/206`]: { description, content: answers },
  });
  expect(problems).toContainEqual([rule, `#${listBooks}`, expect.stringContaining("a list (/a~1b~0c)")]);
});

test("a nullable marker is a string, one that may be a number is not", async () => {
  const marker = "/components/schemas/PageInfo/properties/next_marker";
  const string = { type: "string" };
  const absent = { type: "null" };
  expect(await lint({ [marker]: { description, anyOf: [string, absent] } })).toEqual([]);
  expect(await lint({ [marker]: { description, anyOf: [string, { type: "integer" }, absent] } })).toContainEqual([
    rule,
    `#${declared}/nextCursor`,
    expect.any(String),
  ]);
});

test("an answer may hold itself", async () => {
  const before = "/components/schemas/ListBooksResponse/properties/before";
  expect(await lint({ [before]: { $ref: "#/components/schemas/ListBooksResponse" } })).toEqual([]);
});

test.each(["/pages", "/nothing", "title"])("x-item-marker can't be %s", async (pointer) => {
  expect(await lint({ [itemMarker]: pointer })).toEqual([
    [rule, `#${itemMarker}`, expect.stringContaining(`is "${pointer}". It has to be a JSON Pointer`)],
  ]);
});

test("x-item-marker can't be left out, nor stand alone", async () => {
  expect(await lint({ [itemMarker]: undefined })).toEqual([
    [
      rule,
      `#${listBooks}`,
      expect.stringMatching(/^x-item-marker of "listBooks" is missing\. .* Choose from: \/title/),
    ],
  ]);
  expect(await lint({ [declared]: undefined, [content]: undefined })).toContainEqual([
    rule,
    `#${itemMarker}`,
    expect.stringContaining('x-item-marker of "listBooks" has no x-redocly-pagination'),
  ]);
});

test("a page is read from one success status", async () => {
  expect(await lint({ [`${listBooks}/responses/202`]: original(`${listBooks}/responses/200`) })).toEqual([
    [rule, `#${declared}`, expect.stringContaining("needs one success status, with application/json")],
  ]);
});

test("a limit needs a default", async () => {
  expect(await lint({ [`${listBooks}/parameters/1/schema/default`]: undefined })).toEqual([
    [rule, `#${declared}/limitParam`, expect.stringMatching(/with a default above 0.* There is none yet: add one\.$/)],
  ]);
});

test("what is missing from a page now and then is no list to read, and no marker of an item", async () => {
  expect(await lint({ "/components/schemas/ListBooksResponse/required": ["page_info"] })).toEqual([
    [rule, `#${declared}/items`, expect.stringContaining("that is required and never null. There is none yet")],
  ]);
  expect(await lint({ "/components/schemas/Book/required": ["state"] })).toEqual([
    [
      rule,
      `#${itemMarker}`,
      expect.stringMatching(/^x-item-marker of "listBooks" is "\/title"\. .* Choose from: \/state/),
    ],
  ]);
});

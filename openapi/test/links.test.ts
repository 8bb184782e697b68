import { expect, test } from "vitest";
import { lint, listBooks } from "./lint.ts";

const noChapter = 'There is no chapter "Beyond the pages": info.description has Beyond the official pages.';
const noTarget = (target: string) => expect.stringContaining(`The link ${target} leads nowhere.`);

test.each([
  ["a chapter that is not there", "Lists (*Beyond the pages*).", noChapter],
  ["a schema that is not there", "Lists [books](#/components/schemas/Bok).", noTarget("#/components/schemas/Bok")],
  ["what is no schema", "[No](#/components/responses/Failed).", noTarget("#/components/responses/Failed")],
  ["a tag, as in other docs", "Lists [books](#tag/Books).", noTarget("#tag/Books")],
])("a description does not point at %s", async (_, text, message) => {
  for (const place of ["/info", "/tags/0", listBooks, `${listBooks}/parameters/1`, "/components/schemas/Book"]) {
    const description = place === "/info" ? `${text}\n\n## Beyond the official pages\n` : text;
    expect(await lint({ [`${place}/description`]: description })).toEqual([
      ["csms/links", `#${place}/description`, message],
    ]);
  }
});

test.each([
  "Lists (*Beyond the\nofficial pages*).",
  "Lists *all* books (in *this* library, *now*) (*all*).",
  "Lists [books](#/components/schemas/Book).",
  "Lists [books](#/books/listbooks), as [they do](https://books.test/#list).",
])("a description may say: %s", async (description) => {
  expect(await lint({ [`${listBooks}/description`]: description })).toEqual([]);
});

test("a contract without chapters says so", async () => {
  const edits = { "/info/description": "Books.", [`${listBooks}/description`]: "Lists (*Paging*)." };
  expect(await lint(edits)).toEqual([
    ["csms/links", expect.any(String), 'There is no chapter "Paging": info.description has none.'],
  ]);
});

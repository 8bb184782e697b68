import { expect, test } from "vitest";
import { lint, listBooks } from "./lint.ts";

test("every tag of an operation is declared", async () => {
  const said =
    'The tag "Book" is not declared. Choose from: Books; or declare it in the contract\'s own "tags", with a description.';
  expect(await lint({ [`${listBooks}/tags`]: ["Books", "Book"] })).toEqual([
    ["csms/tags", `#${listBooks}/tags/1`, said],
  ]);
  const tags = [
    { name: "Books", description: "Books." },
    { name: "Book", description: "A book." },
  ];
  expect(await lint({ "/tags": tags, [`${listBooks}/tags`]: ["Books", "Book"] })).toEqual([]);
});

test("an operation may have no tag", async () => {
  expect(await lint({ [`${listBooks}/tags`]: undefined })).toEqual([]);
});

import { expect, test } from "vitest";
import { linkUp } from "../src/addresses.ts";
import { readDocs } from "../src/docs.ts";
import { things } from "./fixture.ts";

const docs = await readDocs(things.contract, things.samples);

test.each([
  ["(*Quick start*)", "([Quick start](#/quick-start))"],
  ["(*Quick\nstart*)", "([Quick start](#/quick-start))"],
  ["* one\n* *Quick start*", "* one\n* [Quick start](#/quick-start)"],
  ["*Quick thing* **Quick start**", "*Quick thing* **Quick start**"],
])("a chapter's title leads there: %j", (text, linked) => {
  expect(linkUp(docs, text)).toBe(linked);
});

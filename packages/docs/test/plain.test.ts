import { expect, test } from "vitest";
import { plainEdition } from "../src/plain.ts";

const operation = (summary: string, tags?: string[]) => ({ get: { summary, tags, responses: {} } });
const description = {
  info: { title: "Things", version: "1.0.0" },
  tags: [{ name: "Things" }],
  paths: { "/things": operation("List things", ["Things"]), "/health": operation("Is it there?") },
};
const headings = (html: string) => Array.from(html.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/g), ([, text]) => text);

test("has every operation once, with a tag or without", () => {
  expect(headings(plainEdition(description))).toEqual([
    "Servers",
    "Things",
    "List things",
    "Other operations",
    "Is it there?",
    "Schemas",
  ]);
});

import { expect, test } from "vitest";
import { lintAll, listBooks } from "./lint.ts";

const mark = { "x-beyond-pages": "the shop window" };
const told = "Its colour (*Beyond the official\npages*).";

test.each([
  ["property", "/components/schemas/Book/properties/colour", { type: "string", examples: ["red"] }],
  ["parameter", `${listBooks}/parameters/3`, { name: "colour", in: "query", schema: { type: "string" } }],
])("a %s that no official page has is marked, and a reader is told", async (kind, place, node) => {
  const problems = await lintAll({ [place]: { ...node, ...mark, description: "Its colour." } });
  expect(problems).toEqual([
    [
      `rule/beyond-pages-${kind}`,
      expect.stringContaining(place),
      expect.stringContaining("*Beyond the official pages*"),
    ],
  ]);
  expect(await lintAll({ [place]: { ...node, ...mark, description: told } })).toEqual([]);
  expect(await lintAll({ [place]: { ...node, description: "Its colour." } })).toEqual([]);
});

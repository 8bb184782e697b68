import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (file: string) => readFile(new URL(`../${file}`, import.meta.url), "utf8");

/** The cells of the table in the section "How it compares". */
function tableOf(page: string): string[][] {
  const [, section = ""] = page.split("\n## How it compares\n");
  const lines = section.replace(/\n## .*/s, "").match(/^\|.*\|$/gm) ?? [];
  return lines
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
}

test("the README compares with the figures that the benchmark made", async () => {
  const made = tableOf(await read("bench/figures.md"));
  expect(made.length).toBeGreaterThan(2);
  expect(
    tableOf(await read("README.md")),
    'Copy the table "How it compares" of packages/client/bench/figures.md into packages/client/README.md, as it is.',
  ).toEqual(made);
});

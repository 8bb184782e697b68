/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { readDocs, schemasOf } from "../src/docs.ts";
import { ours } from "./fixture.ts";
import { ready, searchFor } from "./look.ts";
import { Site } from "./site.ts";

describe("the search", async () => {
  const { operations, chapters, contract } = await readDocs(ours.contract, ours.samples);
  const site = new Site();

  async function open(): Promise<Page> {
    const page = await site.open("");
    await ready(page);
    return page;
  }

  const codes = chapters.flatMap(({ text }) => [...text.matchAll(/^\| `([\w.]+)`/gm)].map(([, code = ""]) => code));
  const wanted = {
    operation: operations.flatMap(({ name, source: { summary = name } }) => [name, summary as string]),
    "error code": codes.filter((code) => /\d{4}/.test(code)),
    status: operations.flatMap(({ answers }) => answers.map(({ status }) => status)),
    parameter: operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
    field: schemasOf(contract).flatMap(([, { properties = {} }]) => Object.keys(properties)),
  };

  test.for(Object.entries(wanted))("leads to every %s, into view", { timeout: 300_000 }, async ([, words]) => {
    expect(words.length).toBeGreaterThan(0);
    const page = await open();
    for (const word of new Set(words)) {
      await searchFor(page, word);
      await page.keyboard.press("Enter");
      await page.getByPlaceholder("Search").waitFor({ state: "hidden" });
      await expect.poll(() => foundInView(page), { timeout: 10_000, message: word }).toBe(word.toLowerCase());
    }
  });

  test("takes the hit that the arrows chose", async () => {
    const page = await open();
    const hits = await searchFor(page, chapters.at(-1)?.title.split(" ").at(-1) ?? "");
    await page.keyboard.press("ArrowDown");
    const second = Math.min(1, (await hits.count()) - 1);
    if (second) await page.keyboard.press("ArrowDown");
    const href = await hits.nth(second).getAttribute("href");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain(href?.split("#")[1]);
  });

  test("runs no words of its hits together", async () => {
    const word = wanted["error code"][0] ?? "";
    const page = await open();
    const hits = await searchFor(page, word);
    for (const text of await hits.allTextContents()) {
      expect(text).not.toMatch(new RegExp(`[a-z]${word}|${word}[a-z\\d]`));
    }
  });
});

/** What the page has marked as found, when it is in view. */
function foundInView(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const [range] = (CSS.highlights.get("found") ?? []) as Iterable<Range>;
    const { top, bottom, width } = range?.getBoundingClientRect() ?? new DOMRect(0, -1);
    return top >= 0 && bottom <= innerHeight && width > 0 ? range?.toString().toLowerCase() : undefined;
  });
}

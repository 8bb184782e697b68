/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { readDocs, schemasOf } from "../src/docs.ts";
import { ours, things } from "./fixture.ts";
import { openSearch, ready } from "./look.ts";
import { Site } from "./site.ts";

describe.for([
  ["our contract", ours],
  ["a contract with one of everything", things],
] as const)("the search of %s", async ([, source]) => {
  const { operations, chapters, contract } = await readDocs(source.contract, source.samples);
  const site = new Site(source);
  let page: Page;

  beforeEach(async () => {
    page = await site.open("");
    await ready(page);
  });

  const codes = chapters.flatMap(({ text }) => [...text.matchAll(/^\| `([\w.]+)`/gm)].map(([, code = ""]) => code));
  const wanted = {
    operation: operations.flatMap(({ name, source: { summary = name } }) => [name, summary as string]),
    "error code": codes.filter((code) => /\d{4}/.test(code)),
    status: operations.flatMap(({ answers }) => answers.map(({ status }) => status)),
    parameter: operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
    field: schemasOf(contract).flatMap(([, { properties = {} }]) => Object.keys(properties)),
  };

  test.for(Object.entries(wanted))("leads to every %s, into view", async ([, words]) => {
    expect(words.length).toBeGreaterThan(0);
    for (const word of new Set(words)) {
      const field = await openSearch(page);
      await field.fill(word);
      await hits(page).filter({ hasText: word }).first().waitFor();
      await page.keyboard.press("Enter");
      await page.getByPlaceholder("Search").waitFor({ state: "hidden" });
      await expect.poll(() => foundInView(page), { timeout: 10_000, message: word }).toBe(word.toLowerCase());
    }
  });

  test("takes the hit that the arrows chose", async () => {
    const field = await openSearch(page);
    await field.fill(chapters.at(-1)?.title.split(" ").at(-1) ?? "");
    await hits(page).first().waitFor();
    await page.keyboard.press("ArrowDown");
    if ((await hits(page).count()) > 1) await page.keyboard.press("ArrowDown");
    const href = await hits(page)
      .nth((await hits(page).count()) > 1 ? 1 : 0)
      .getAttribute("href");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain(href?.split("#")[1]);
  });

  test("runs no words of its hits together", async () => {
    const word = wanted["error code"][0] ?? "";
    const field = await openSearch(page);
    await field.fill(word);
    await hits(page).filter({ hasText: word }).first().waitFor();
    for (const text of await hits(page).allTextContents()) {
      expect(text).not.toMatch(new RegExp(`[a-z]${word}|${word}[a-z\\d]`));
    }
  });
});

function hits(page: Page) {
  return page.locator('[data-component-name="Search/SearchItem"]');
}

/** What the page has marked as found, when it is in view. */
function foundInView(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const [range] = (CSS.highlights.get("found") ?? []) as Iterable<Range>;
    const { top, bottom, width } = range?.getBoundingClientRect() ?? new DOMRect(0, -1);
    return top >= 0 && bottom <= innerHeight && width > 0 ? range?.toString().toLowerCase() : undefined;
  });
}

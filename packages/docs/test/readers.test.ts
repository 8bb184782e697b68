/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chapterAddress, operationAddress, schemaAddress } from "../src/addresses.ts";
import { readDocs, schemasOf } from "../src/docs.ts";
import { toSections } from "../src/sections.ts";
import { ours } from "./fixture.ts";
import { atTop, escaped, heading, menuItem, ready, searchFor } from "./look.ts";
import { Site } from "./site.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const docs = await readDocs(ours.contract);
const operations = docs.operations.map((operation) => ({
  title: operation.summary ?? operation.name,
  place: `#${operationAddress(operation)}`,
  labels: operation.source["x-codeSamples"].map(({ label }: { label: string }) => label) as string[],
}));
const [first = { title: "", place: "", labels: [] }] = operations;
const last = operations.at(-1) ?? first;
const places = [
  ...docs.chapters.map(({ title }) => ({ title, place: `#${chapterAddress(title)}` })),
  ...operations,
  ...schemasOf(docs.contract).map(([title]) => ({ title, place: `#${schemaAddress(title)}` })),
];

const site = new Site();

describe("by keyboard alone", () => {
  async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < 150; presses++) {
      if (await target.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement))) return;
      await page.keyboard.press("Tab");
    }
    expect.fail(`${target} is not reached by Tab`);
  }

  test("a reader goes to an operation by the menu, and sees where the focus is", async () => {
    const page = await site.open("");
    await ready(page);
    const link = menuItem(page, last.title);
    await tabTo(page, link);
    expect(await link.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
    await page.keyboard.press("Enter");
    await atTop(heading(page, last.title));
  });

  test("a reader finds an operation by search, or leaves it at that", async () => {
    const page = await site.open("");
    await ready(page);
    const field = page.getByRole("button", { name: /^Search/ });
    await tabTo(page, field);
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Search").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await searchFor(page, last.title);
    await page.keyboard.press("Enter");
    await heading(page, last.title).waitFor();
  });

  test("a reader chooses another code sample, or leaves it at that", async () => {
    const page = await site.open(first.place);
    await ready(page);
    const [one = "", two = ""] = first.labels;
    const button = page
      .locator(".panel-request-samples")
      .first()
      .getByRole("button", { name: new RegExp(`^(${first.labels.map(escaped).join("|")})$`) });
    await tabTo(page, button);
    const choose = async (...keys: string[]) => {
      for (const key of ["Enter", ...keys]) await page.keyboard.press(key);
      return button.textContent();
    };
    expect(await choose("ArrowDown", "ArrowDown", "Enter")).toBe(two);
    expect(await choose("ArrowUp", "ArrowUp", "Space")).toBe(one);
    expect(await choose("ArrowDown", "ArrowDown", "Escape")).toBe(one);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("false");
  });

  test("a reader opens the menu on a phone, and closes it", async () => {
    const page = await site.open("", { viewport: { width: 390, height: 800 } });
    const button = page.getByRole("button", { name: /navigation menu/ });
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await tabTo(page, menuItem(page, docs.chapters.at(-1)?.title ?? ""));
    await page.keyboard.press("Escape");
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("false");
  });

  test("a reader looks at another answer", async () => {
    const page = await site.open(first.place);
    await ready(page);
    const [success = "", failure = ""] = docs.operations[0]?.answers.map(({ status }) => status) ?? [];
    await tabTo(page, page.getByRole("tab", { name: success }).first());
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.getByRole("tab", { name: failure }).first().getAttribute("aria-selected"))
      .toBe("true");
  });
});

/** Goes from place to place, without loading the page again. */
async function visit(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  for (const { title, place } of places) {
    await page.goto(`${site.url}${place}`);
    await heading(page, title).waitFor();
    await look(place);
  }
}

test.for([
  // Dark colours change the contrast, and nothing else.
  ["light", {}],
  ["dark", { runOnly: "color-contrast" }],
] as const)("axe finds nothing serious in %s colours", { timeout: 180_000 }, async ([colorScheme, options]) => {
  // High, so that Redoc shows every section.
  const page = await site.open("", { colorScheme, viewport: { width: 1280, height: 16_000 } });
  await ready(page);
  await page.evaluate(axe);
  const looked = new Set<string>();
  for (const { title, place } of [...operations, ...places.slice(-1)]) {
    if (looked.has(title)) continue;
    await page.goto(`${site.url}${place}`);
    await heading(page, title).waitFor();
    for (const shown of await page.locator("#redoc h2").allTextContents()) looked.add(shown);
    const { violations }: AxeResults = await page.evaluate(`axe.run("#redoc", ${JSON.stringify(options)})`);
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    expect(found, place).toEqual([]);
  }
});

test.for([390, 768, 1024, 1440])(
  "nothing is cut off at a width of %i, and no word of code is broken",
  async (width) => {
    const page = await site.open("", { viewport: { width, height: 1000 } });
    await ready(page);
    await visit(page, async (place) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), place).toBeLessThanOrEqual(
        0,
      );
      const wraps = await page.locator("#redoc pre").evaluateAll((all) =>
        all.map((element) => {
          const { overflowWrap, wordBreak } = getComputedStyle(element);
          return `${overflowWrap} ${wordBreak}`;
        }),
      );
      expect(new Set([...wraps, "normal normal"]), place).toEqual(new Set(["normal normal"]));
    });
  },
);

test.for([390, 1024, 1440])(
  "at a width of %i an operation's sample is beside its name, or right below it",
  async (width) => {
    const page = await site.open(first.place, { viewport: { width, height: 900 } });
    const sample = page.locator(".panel-request-samples").first();
    await atTop(heading(page, first.title));
    await sample.waitFor();
    const [name, panel] = await Promise.all([heading(page, first.title).boundingBox(), sample.boundingBox()]);
    expect((panel?.y ?? Number.NaN) - (name?.y ?? 0)).toBeLessThan(120);
    // The first parameter is there to see beside a sample.
    const parameter = await page
      .locator(`[data-section-id="${first.place.slice(1)}"] .schema-name`)
      .first()
      .boundingBox();
    if (width === 1440) expect(parameter?.y).toBeLessThan(600);
  },
);

test("on a phone the search names no key, and a table is a list", async () => {
  const page = await site.open("#/errors", { viewport: { width: 390, height: 844 } });
  await heading(page, "Errors").waitFor();
  const cells = page.locator('[data-section-id="/errors"] tbody tr').first().locator("td");
  const [status, text] = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
  expect(status?.x).toBe(text?.x);
  expect(text?.y).toBeGreaterThan(status?.y ?? 0);
  await page.getByRole("button", { name: /navigation menu/ }).click();
  const trigger = page.locator('[data-testid="search-trigger"] > div');
  expect(await trigger.evaluate((element) => getComputedStyle(element).fontSize)).toBe("0px");
});

describe.each([
  ["without scripts", { javaScriptEnabled: false }, async (_: Page) => {}],
  [
    "on paper",
    { colorScheme: "dark" } as const,
    async (page: Page) => {
      await page.emulateMedia({ media: "print" });
      const inks = await page
        .locator("#plain :is(p, pre span)")
        .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).color));
      expect(new Set(inks)).toEqual(new Set(["rgb(0, 0, 0)"]));
    },
  ],
])("%s", (_, options, prepare) => {
  test("everything is there to read, and nothing else is", async () => {
    const page = await site.open("", options);
    await prepare(page);
    expect(await page.locator("#redoc").isVisible()).toBe(false);
    expect(await page.locator("#plain").isVisible()).toBe(true);
    const words = (text: string) => text.match(/\w+/g) ?? [];
    // Each element's text by itself: a cell's last word is not the next one's first.
    const texts = await page
      .locator("#plain *")
      .evaluateAll((all) =>
        all.flatMap(({ childNodes }) => Array.from(childNodes, ({ nodeValue }) => nodeValue ?? "")),
      );
    const shown = new Set(words(texts.join(" ")));
    for (const { title, text } of toSections(docs)) {
      await page.locator("#plain").getByRole("heading", { name: title, exact: true }).first().waitFor();
      const written = text.replaceAll(/^```\w*$|\]\([^)]*\)|&\w+;/gm, " ");
      expect(
        words(written).filter((word) => !shown.has(word)),
        title,
      ).toEqual([]);
    }
    await page.locator("#plain").getByRole("link", { name: "ApiError" }).first().click();
    expect(page.url()).toMatch(/#plain\/schemas\/apierror$/);
  });
});

/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { operationsOf, readDescription } from "../src/description.ts";
import { contractFile } from "../src/page.ts";
import { Site } from "./site.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const description = await readDescription(contractFile);
const operations = operationsOf(description);
const places = [
  { place: "#/section/error-codes", summary: "Error codes" },
  { place: "#/secrets/listsecrets", summary: "List secrets" },
  { place: "#/secret-versions/listsecretversions", summary: "List secret versions" },
  { place: "#/schemas/secret", summary: "Secret" },
];

const site = new Site();

/** Redoc is alive. */
function ready(page: Page): Promise<void> {
  return page.getByText("Search Ctrl+K").waitFor();
}

describe("by keyboard alone", () => {
  async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < 100; presses++) {
      if (await target.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement))) return;
      await page.keyboard.press("Tab");
    }
    expect.fail(`${target} is not reached by Tab`);
  }

  test("a reader goes to an operation by the menu, and sees where the focus is", async () => {
    const page = await site.open("");
    await ready(page);
    for (const name of ["Secret versions", /^List secret versions/]) {
      const link = page.locator(".menu-content").getByRole("link", { name });
      await tabTo(page, link);
      expect(await link.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
      await page.keyboard.press("Enter");
    }
    await expect.poll(() => page.url()).toMatch(/#\/secret-versions\/listsecretversions$/);
    await page.getByRole("heading", { name: "List secret versions" }).waitFor();
  });

  test("a reader finds an operation by search, or leaves it at that", async () => {
    const page = await site.open("");
    await ready(page);
    const field = page.getByRole("button", { name: "Search Ctrl+K" });
    await tabTo(page, field);
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Search").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Control+K");
    await page.getByPlaceholder("Search").waitFor();
    await page.keyboard.type("List secret versions");
    await page.getByRole("link", { name: /^GET .*List secret versions/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "List secret versions" }).waitFor();
  });

  test("a reader chooses another code sample, or leaves it at that", async () => {
    const page = await site.open("#/secrets/listsecrets");
    await ready(page);
    const button = page.locator(".panel-request-samples").getByRole("button", { name: /^(TypeScript|curl)$/ });
    await tabTo(page, button);
    const choose = async (...keys: string[]) => {
      for (const key of ["Enter", ...keys]) await page.keyboard.press(key);
      return button.textContent();
    };
    expect(await choose("ArrowDown", "ArrowDown", "Enter")).toBe("curl");
    expect(await choose("ArrowUp", "ArrowUp", "Space")).toBe("TypeScript");
    expect(await choose("ArrowDown", "ArrowDown", "Escape")).toBe("TypeScript");
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("false");
  });

  test("a reader opens the menu on a phone, and closes it", async () => {
    const page = await site.open("", { viewport: { width: 390, height: 800 } });
    const button = page.getByRole("button", { name: /navigation menu/ });
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator(".menu-content").getByRole("link", { name: "Error codes" }));
    await page.keyboard.press("Escape");
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("false");
  });

  test("a reader looks at another answer", async () => {
    const page = await site.open("#/secrets/listsecrets");
    await ready(page);
    await tabTo(page, page.getByRole("tab", { name: "200" }));
    await page.keyboard.press("ArrowRight");
    await page.locator("#redoc").getByText("The service also answers so to a token").first().waitFor();
  });
});

/** Goes from place to place, without loading the page again. */
async function visit(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  for (const { summary, place } of places) {
    await page.goto(`${site.url}${place}`);
    const heading = page.getByRole("heading", { level: 2 });
    await heading.filter({ hasText: new RegExp(`^${summary}$`) }).waitFor();
    await look(place);
  }
}

test.for([
  // Dark colours change the contrast, and nothing else.
  ["light", {}],
  ["dark", { runOnly: "color-contrast" }],
] as const)("axe finds nothing serious in %s colours", async ([colorScheme, options]) => {
  // High, so that Redoc shows every section.
  const page = await site.open("", { colorScheme, viewport: { width: 1280, height: 8000 } });
  await ready(page);
  await page.evaluate(axe);
  await visit(page, async (place) => {
    const { violations }: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    expect(found, place).toEqual([]);
  });
});

test.for([360, 768, 1280, 1920])("nothing is cut off at a width of %i", async (width) => {
  const page = await site.open("", { viewport: { width, height: 1000 } });
  await visit(page, async (place) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), place).toBeLessThanOrEqual(0);
  });
});

describe.each([
  ["without scripts", { javaScriptEnabled: false }, async (_: Page) => {}],
  [
    "on paper",
    { colorScheme: "dark" } as const,
    async (page: Page) => {
      await page.emulateMedia({ media: "print" });
      const ink = await page
        .locator("#plain p")
        .first()
        .evaluate((element) => getComputedStyle(element).color);
      expect(ink).toBe("rgb(0, 0, 0)");
    },
  ],
])("%s", (_, options, prepare) => {
  test("everything is there to read, and nothing else is", async () => {
    const page = await site.open("", options);
    await prepare(page);
    expect(await page.locator("#redoc").isVisible()).toBe(false);
    expect(await page.locator("#plain").isVisible()).toBe(true);
    const text = (await page.locator("#plain").textContent()) ?? "";
    const plain = text.replaceAll(/\s+/g, " ");
    expect(plain).toContain(description.info.summary);
    for (const chapter of description.info.description.match(/^## .*/gm)) expect(text).toContain(chapter.slice(3));
    for (const [, code] of description.info.description.matchAll(/^\| `(CSMS\.\d+)`/gm)) expect(text).toContain(code);
    for (const { path, node } of operations) {
      expect(text).toContain(path);
      expect(text).toContain(node.summary);
      for (const { source } of node["x-codeSamples"]) expect(text).toContain(source.trim());
      for (const { summary } of Object.values<{ summary: string }>(
        node.responses[200].content["application/json"].examples,
      )) {
        expect(text).toContain(summary);
      }
    }
    for (const [name, schema] of Object.entries<{ properties?: object }>(description.components.schemas)) {
      await page.getByRole("heading", { name, exact: true, level: 3 }).waitFor();
      for (const property of Object.keys(schema.properties ?? {})) expect(text).toContain(property);
    }
    await page.getByRole("link", { name: "ApiError" }).first().click();
    expect(page.url()).toMatch(/#plain-apierror$/);
  });
});

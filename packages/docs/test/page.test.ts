/// <reference lib="dom" />
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { operationsOf, readDescription, resolve } from "../src/description.ts";
import { contractFile, pageFile } from "../src/page.ts";
import { Site } from "./site.ts";

interface Operation {
  tags: [string];
  summary: string;
  responses: Record<string, { $ref?: string }>;
  "x-codeSamples": { label: string; source: string }[];
}

const description = await readDescription(contractFile);
const operations: Operation[] = operationsOf(description).map(({ node }) => node);
const schemas = Object.keys(description.components.schemas);

const site = new Site();
let page: Page;

describe.each([
  ["served", "index.html"],
  ["opened from the file", pathToFileURL(pageFile).href],
])("the page, %s,", (_, address) => {
  beforeEach(async () => {
    page = await site.open(address);
  });

  test("shows every operation and every schema of the contract", async () => {
    for (const { tags, summary } of operations) {
      await menuItem(tags[0]).click();
      await menuItem(summary).click();
      await expectAtTop(heading(summary));
    }
    await menuItem("Schemas").click();
    for (const name of schemas) {
      await menuItem(name).click();
      await heading(name).waitFor();
    }
  });

  test("finds an operation by search", async () => {
    const field = page.getByPlaceholder("Search");
    const openSearch = async () => {
      await page.keyboard.press("Control+K");
      return field.isVisible();
    };
    for (const { summary } of operations) {
      await expect.poll(openSearch, { interval: 300, timeout: 15_000 }).toBe(true);
      await field.fill(summary);
      await page.getByRole("link", { name: new RegExp(`^GET /\\S+ ${summary}`) }).click();
      await expectAtTop(heading(summary));
    }
  });
});

describe("the page", () => {
  beforeEach(async () => {
    page = await site.open("");
  });

  test("shows everything to a reader who just scrolls", async () => {
    await page.getByText("Search Ctrl+K").waitFor();
    const wanted = [...operations.map(({ summary }) => summary), ...schemas];
    const shown = async () => {
      await page.mouse.wheel(0, 2000);
      return page.locator("#redoc h2").allTextContents();
    };
    await expect.poll(shown, { interval: 50, timeout: 15_000 }).toEqual(expect.arrayContaining(wanted));
  });

  test("shows every code sample of an operation", async () => {
    for (const { tags, summary, "x-codeSamples": samples } of operations) {
      await menuItem(tags[0]).click();
      await menuItem(summary).click();
      await expectAtTop(heading(summary));
      const panel = page.locator(".panel-request-samples").last();
      const labels = samples.map(({ label }) => label).join("|");
      for (const { label, source } of samples) {
        await panel.getByRole("button", { name: new RegExp(`^(${labels})$`) }).click();
        await page.getByRole("menuitem", { name: label }).click();
        await expect.poll(async () => (await panel.locator("pre").textContent())?.trim()).toBe(source.trim());
      }
    }
  });

  test("shows every example of an answer", async () => {
    for (const { tags, summary, responses } of operations) {
      await menuItem(tags[0]).click();
      await menuItem(summary).click();
      await expectAtTop(heading(summary));
      const panel = page.locator(".panel-response-samples").last();
      for (const [status, response] of Object.entries(responses)) {
        await panel.getByRole("button", { name: status, exact: true }).click();
        const { examples } = resolve(description, response).content["application/json"];
        const [first, ...others] = Object.values<{ summary: string; value: object }>(examples);
        await expect.poll(() => panel.textContent()).toContain(JSON.stringify(first?.value, null, 2));
        // A single example has no menu.
        if (others.length === 0) continue;
        await panel.getByRole("button", { name: first?.summary ?? "", exact: true }).click();
        const names = [first, ...others].map((example) => example?.summary);
        await expect.poll(() => page.getByRole("menuitem").allTextContents()).toEqual(names);
        await page.keyboard.press("Escape");
      }
    }
  });

  test("opens at a section by its address", async () => {
    for (const { tags, summary } of operations) {
      await expectAddressOf(tags[0]);
      await menuItem(tags[0]).click();
      await expectAddressOf(summary);
    }
  });

  test("leads from a text to the schema that it names", async () => {
    await page.getByRole("main").getByRole("link", { name: "ApiError" }).first().click();
    await heading("ApiError").waitFor();
  });
});

test("the page's policy stops a request to another host, and a script that the build did not see", async () => {
  const page = await site.browser.newPage();
  await page.goto(site.url);
  const stopped = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      violations.push(`${effectiveDirective} ${blockedURI}`);
    });
    new Image().src = "http://127.0.0.1:9/image.svg";
    document.head.append(Object.assign(document.createElement("script"), { text: "document.title = 'taken over'" }));
    await fetch("http://127.0.0.1:9/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    return violations;
  });
  const expected = [
    "connect-src http://127.0.0.1:9/",
    "img-src http://127.0.0.1:9/image.svg",
    "script-src-elem inline",
  ];
  expect(stopped).toEqual(expect.arrayContaining(expected));
  expect(await page.title()).toBe(description.info.title);
});

test("shows the overview before the script has arrived", async () => {
  const text = readFileSync(pageFile, "utf8");
  const script = text.indexOf('<script type="module">');
  expect(script).toBeGreaterThan(0);
  const { promise, resolve: sendScript } = Promise.withResolvers<void>();
  const server = createServer(async (_, response) => {
    response.setHeader("content-type", "text/html").write(text.slice(0, script));
    await promise;
    response.end(text.slice(script));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const page = await site.browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { waitUntil: "commit" });
  await page.getByRole("heading", { name: description.info.title }).waitFor();
  await page.getByRole("heading", { name: "Quick start" }).waitFor();
  expect(await page.evaluate(() => document.readyState)).toBe("loading");
  sendScript();
  await page.getByText("Search Ctrl+K").waitFor();
  server.close();
  await page.close();
});

test("leads to the reference of the packages, and back", async () => {
  page = await site.open("");
  await page.getByRole("link", { name: "reference of the packages" }).click();
  for (const [name, symbol] of Object.entries({ client: "index", mock: "startMock", types: "Secret" })) {
    await page.getByRole("link", { name: `@csms/${name}`, exact: true }).click();
    await page.locator(".col-content").getByRole("link", { name: symbol }).first().waitFor();
    await page.goBack();
  }
  await page.getByRole("link", { name: "its documentation" }).click();
  await page.getByText("Search Ctrl+K").waitFor();
});

test("tells search engines and previews of links what it is", async () => {
  page = await site.open("");
  const { title, summary } = description.info;
  expect(await page.title()).toBe(title);
  const content = (selector: string) => page.locator(selector).getAttribute("content");
  expect(await content('meta[name="description"]')).toBe(summary);
  expect(await content('meta[property="og:title"]')).toBe(title);
  expect(await content('meta[property="og:description"]')).toBe(summary);
  expect(await page.locator('link[rel="icon"]').getAttribute("href")).toMatch(/^data:image\/svg\+xml,/);
});

function menuItem(name: string): Locator {
  return page.locator(".menu-content").getByRole("link", { name: new RegExp(`^${name}( get)?$`) });
}

function heading(name: string, place = page): Locator {
  return place.getByRole("heading", { level: 2 }).filter({ hasText: new RegExp(`^${name}$`) });
}

async function expectAddressOf(name: string): Promise<void> {
  const link = await menuItem(name).getAttribute("href");
  const other = await page.context().newPage();
  await other.goto(new URL(link ?? "", page.url()).href);
  await expectAtTop(heading(name, other));
  await other.close();
}

async function expectAtTop(element: Locator): Promise<void> {
  await element.waitFor();
  await expect.poll(async () => (await element.boundingBox())?.y, { timeout: 15_000 }).toBeLessThan(200);
}

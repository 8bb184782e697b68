/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contractFile, pageFile } from "../src/page.ts";
import { serveFolder } from "../src/server.ts";
import { startBrowser } from "./browser.ts";

type Operation = { tags: [string]; summary: string };

const contract: {
  info: { title: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
} = parse(readFileSync(contractFile, "utf8"));
const operations = Object.values(contract.paths).flatMap((path) => Object.values(path));
const schemas = Object.keys(contract.components.schemas);

let browser: Browser;
let stopBrowser: () => Promise<void>;
let site: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  ({ browser, stop: stopBrowser } = await startBrowser());
  site = await serveFolder(dirname(pageFile), 0);
}, 60_000);

afterAll(async () => {
  site.server.close();
  await stopBrowser();
});

describe.each([
  ["served", () => `${site.url}/`],
  ["opened from the file", () => pathToFileURL(pageFile).href],
])("the page, %s", { timeout: 60_000 }, (_, address) => {
  let page: Page;
  let problems: string[];

  beforeEach(async () => {
    problems = [];
    const context = await browser.newContext();
    context.setDefaultTimeout(10_000);
    context.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    context.on("weberror", (error) => problems.push(error.error().message));
    context.on("request", (request) => {
      const url = request.url();
      if (url.split("#")[0] !== address() && !/^(data|blob):/.test(url)) problems.push(`request to ${url}`);
    });
    page = await context.newPage();
    await page.goto(address());
  });

  afterEach(async () => {
    await page.context().close();
    expect(problems).toEqual([]);
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

  test("opens at a section by its address", async () => {
    for (const { tags, summary } of operations) {
      await expectAddressOf(tags[0]);
      await menuItem(tags[0]).click();
      await expectAddressOf(summary);
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

  test("leads from a text to the schema that it names", async () => {
    await page.getByRole("main").getByRole("link", { name: "ApiError" }).first().click();
    await heading("ApiError").waitFor();
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
    await other.goto(new URL(link ?? "", address()).href);
    await expectAtTop(heading(name, other));
    await other.close();
  }

  async function expectAtTop(element: Locator): Promise<void> {
    await element.waitFor();
    await expect.poll(async () => (await element.boundingBox())?.y, { timeout: 15_000 }).toBeLessThan(200);
  }
});

test("the page's policy stops a request to another host, and a script that the build did not see", async () => {
  const page = await browser.newPage();
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
  expect(await page.title()).toBe(contract.info.title);
});

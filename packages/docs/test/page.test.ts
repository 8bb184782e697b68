/// <reference lib="dom" />
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import type { Content } from "@csms/openapi/reader";
import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { chapterAddress, operationAddress, schemaAddress } from "../src/addresses.ts";
import { readDocs, schemasOf } from "../src/docs.ts";
import { pageFile } from "../src/files.ts";
import { ours, things } from "./fixture.ts";
import { atTop, escaped, heading, menuItem, ready } from "./look.ts";
import { Site } from "./site.ts";

let page: Page;

describe.for([
  ["our contract", ours],
  ["a contract with one of everything", things],
] as const)("the page of %s", async ([, source]) => {
  const docs = await readDocs(source.contract, source.samples);
  const site = new Site(source);
  const operations = docs.operations.map((operation) => ({
    ...operation,
    title: operation.summary ?? operation.name,
    samples: [
      ...(operation.source["x-codeSamples"] as { label: string; source: string }[]),
      ...(operation.body?.examples ?? []).slice(0, 1).map(({ value }) => ({
        label: "Payload",
        source: JSON.stringify(value, null, 2),
      })),
    ],
    address: operationAddress(operation),
  }));
  const chapters = docs.chapters.map(({ title }) => ({ title, address: chapterAddress(title) }));
  const schemas = schemasOf(docs.contract).map(([title]) => ({ title, address: schemaAddress(title) }));

  beforeEach(async () => {
    page = await site.open("");
  });

  test("begins with the base URL, whole, and a table that leads to each operation", async () => {
    const [{ url } = { url: "" }] = docs.contract.root.servers ?? [];
    const main = page.getByRole("main");
    const [address] = await main.locator("pre").allTextContents();
    expect(address).toBe(url);
    for (const { method, path, title, address } of operations) {
      const row = main.getByRole("row").filter({ hasText: title });
      expect((await row.allTextContents()).map((text) => text.replaceAll(/\s+/g, " "))).toContainEqual(
        expect.stringMatching(new RegExp(`^${method.toUpperCase()} ?.*${path.at(-1)}.* ?${escaped(title)} ?$`)),
      );
      expect(await main.locator(`td a[href="#${address}"]`).first().isVisible()).toBe(true);
    }
  });

  test("has the operations in the menu before the guide, and leads to each section", async () => {
    await ready(page);
    const labels = await page.locator(".menu-content [data-text]").allTextContents();
    const [first, ...guide] = chapters.map(({ title }) => title);
    const titles = operations.map(({ title }) => title);
    expect(labels.slice(1)).toEqual([
      "Start",
      first,
      "Operations",
      ...titles,
      "Guide",
      ...guide,
      "Reference",
      "Schemas",
    ]);
    for (const { title, address } of [...operations, ...chapters]) {
      await menuItem(page, title).click();
      await atTop(heading(page, title));
      expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${address}`);
    }
    await menuItem(page, "Schemas").click();
    for (const { title } of schemas) {
      await menuItem(page, title).click();
      await atTop(heading(page, title));
    }
  });

  test("opens at a section by its address, marks it alone, and names it in the tab", async () => {
    const first = [operations[0], chapters.at(-1), schemas.at(-1)].flatMap((place) => place ?? []);
    for (const { title, address } of first) {
      const other = await page.context().newPage();
      await other.goto(`${site.url}#${address}`);
      await expectSection(other, title);
      await other.close();
    }
    for (const { title, address } of [...operations, ...chapters, ...schemas]) {
      await page.goto(`${site.url}#${address}`);
      await expectSection(page, title);
    }
  });

  async function expectSection(place: Page, title: string): Promise<void> {
    await atTop(heading(place, title));
    await expect.poll(() => marked(place), { timeout: 10_000 }).toEqual([title]);
    await expect.poll(() => place.title(), { timeout: 10_000 }).toBe(`${title} · ${docs.info.title}`);
  }

  test("shows everything to a reader who just scrolls, and marks one section at a time", async () => {
    await ready(page);
    const wanted = [...operations, ...chapters, { title: "Schemas" }].map(({ title }) => title);
    const seen = new Set<string>();
    const scroll = async () => {
      await page.mouse.wheel(0, 700);
      expect((await marked(page)).length).toBeLessThanOrEqual(1);
      for (const title of await page.locator("#redoc h2").allTextContents()) seen.add(title);
      return [...seen];
    };
    await page.mouse.move(700, 500);
    await expect.poll(scroll, { interval: 50, timeout: 50_000 }).toEqual(expect.arrayContaining(wanted));
    // Redoc hides what comes after the eighth.
    const more = section("/schemas").getByText(/^Show \d+ more/);
    if (schemas.length > 8) await more.click();
    for (const { address } of schemas) await section("/schemas").locator(`a[href="#${address}"]`).waitFor();
  });

  test("shows every code sample of an operation, and an example of its body", async () => {
    for (const { title, address, samples } of operations) {
      await go(address, title);
      const panel = section(address).locator(".panel-request-samples");
      // A single one has no menu.
      const button = panel.locator('[aria-haspopup="menu"]');
      for (const { label, source } of samples) {
        if (samples.length > 1) {
          // Redoc opens the menu below its button, even where the window ends.
          await button.evaluate((element) => element.scrollIntoView({ block: "center" }));
          await button.click();
          await page.getByRole("menuitem", { name: label, exact: true }).click();
        }
        await expect.poll(async () => (await panel.locator("pre").textContent())?.trim()).toBe(source.trim());
      }
    }
  });

  test("shows every parameter, and the fields of every body, named or inline", async () => {
    for (const { title, address, parameters, body, success } of operations) {
      await go(address, title);
      const names = section(address).locator(".schema-name");
      const wanted = [
        ...parameters.map(({ name }) => name),
        ...fieldsOf(body?.schema),
        ...success.slice(0, 1).flatMap((answer) => fieldsOf(answer.body?.schema)),
      ];
      await expect.poll(() => names.allTextContents()).toEqual(expect.arrayContaining(wanted));
    }
  });

  test("shows every example of an answer", async () => {
    for (const { title, address, answers } of operations) {
      await go(address, title);
      const panel = section(address).locator(".panel-response-samples");
      for (const { status, body: answer } of answers) {
        if (!answer || answer.examples.length === 0) continue;
        await panel.getByRole("button", { name: status, exact: true }).click();
        await expectExamples(panel, answer);
      }
    }
  });

  async function go(address: string, title: string): Promise<void> {
    await page.goto(`${site.url}#${address}`);
    await atTop(heading(page, title));
  }

  async function expectExamples(panel: Locator, { examples }: Content): Promise<void> {
    const [first, ...others] = examples;
    await expect.poll(() => panel.textContent()).toContain(JSON.stringify(first?.value, null, 2));
    // A single example has no menu.
    if (others.length === 0) return;
    await panel.getByRole("button", { name: first?.summary ?? "", exact: true }).click();
    const names = examples.map(({ summary, name }) => summary ?? name);
    await expect.poll(() => page.getByRole("menuitem").allTextContents()).toEqual(names);
    await page.keyboard.press("Escape");
  }
});

const docs = await readDocs(ours.contract);
const site = new Site();

test("the page works from a file, too", async () => {
  const page = await site.open(pathToFileURL(pageFile).href);
  await ready(page);
  const [operation] = docs.operations;
  await menuItem(page, operation?.summary ?? "").click();
  await atTop(heading(page, operation?.summary ?? ""));
});

test("leads from a text to the schema and the chapter that it names", async () => {
  const page = await site.open("#/errors");
  await page.getByRole("main").getByRole("link", { name: "ApiError" }).first().click();
  await atTop(heading(page, "ApiError"));
  const [operation] = docs.operations;
  await page.goto(`${site.url}#${operation ? operationAddress(operation) : ""}`);
  await page.locator("#redoc").getByRole("link", { name: "Permissions", exact: true }).last().click();
  await atTop(heading(page, "Permissions"));
});

test("a sample of a chapter is copied whole, in the colours that an operation's has", async () => {
  const page = await site.open("#/quick-start", { permissions: ["clipboard-read", "clipboard-write"] });
  await ready(page);
  const sample = page.locator('[data-section-id="/quick-start"] pre').first();
  await sample.getByRole("button", { name: "Copy" }).click();
  const wanted = /```ts\n([\s\S]*?)\n```/.exec(docs.chapters[0]?.text ?? "")?.[1];
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(wanted);
  const colourOf = (place: Locator) => place.evaluate((element) => getComputedStyle(element).color);
  const keyword = await colourOf(sample.getByText("import", { exact: true }));
  await menuItem(page, docs.operations[0]?.summary ?? "").click();
  expect(keyword).toBe(
    await colourOf(page.locator(".panel-request-samples").getByText("import", { exact: true }).first()),
  );
  expect(keyword).not.toBe(await colourOf(page.locator("#redoc p").first()));
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
  expect(await page.title()).toBe(docs.info.title);
  await page.close();
});

describe("before the script has arrived", () => {
  async function withoutScript(address: string, look: (page: Page, sendScript: () => void) => Promise<void>) {
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
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${address}`, { waitUntil: "commit" });
    await look(page, sendScript);
    sendScript();
    await page.close();
    server.close();
  }

  test("the overview is there", async () => {
    await withoutScript("", async (page) => {
      await page.locator("#redoc").getByRole("heading", { level: 1 }).waitFor();
      expect(await page.locator("#plain").isVisible()).toBe(false);
    });
  });

  const [{ summary: operation = "" } = {}] = docs.operations;
  const place = operationAddress(docs.operations[0] as never);

  test.for([
    ["an operation", place, operation],
    ["a chapter", "/error-codes", "Error codes"],
    ["a place in an operation", `${place}#${place}/responses`, operation],
    ["a place that Redoc has not", `${place}/nowhere`, operation],
  ] as const)(
    "%s that an address leads to is there to read, and stays when Redoc takes over",
    async ([, address, title]) => {
      await withoutScript(`#${address}`, async (page, sendScript) => {
        const early = page.locator("#plain").getByRole("heading", { level: 2, name: title, exact: true });
        await atTop(early);
        sendScript();
        await early.waitFor({ state: "hidden", timeout: 30_000 });
        const shown = heading(page, title);
        await shown.waitFor();
        if (!address.endsWith("responses")) await atTop(shown);
      });
    },
  );

  test("a reader who chooses something else in the menu is let go", async () => {
    await withoutScript("#/error-codes", async (page, sendScript) => {
      await page.locator("#plain").getByRole("heading", { name: "Error codes" }).waitFor();
      await page.locator(".menu-content a").last().click();
      expect(await page.locator("#plain").isVisible()).toBe(false);
      sendScript();
      await ready(page);
    });
  });

  test("a reader who has gone on is not led back", async () => {
    await withoutScript("#/error-codes", async (page, sendScript) => {
      await page.locator("#plain").getByRole("heading", { name: "Limits and retries" }).waitFor();
      await page.evaluate(() => document.getElementById("plain/limits-and-retries")?.scrollIntoView());
      sendScript();
      await page.locator("#plain").waitFor({ state: "hidden", timeout: 30_000 });
      await atTop(heading(page, "Limits and retries"));
    });
  });
});

test("leads to the reference of the packages, and from each of its pages back", async () => {
  const page = await site.open("#/quick-start");
  await ready(page);
  await page.locator("#redoc").getByRole("link", { name: "reference of the packages" }).click();
  for (const [name, symbol] of Object.entries({ client: "index", mock: "startMock", types: "Secret" })) {
    await page
      .locator(".col-content")
      .getByRole("link", { name: `@csms/${name}`, exact: true })
      .click();
    await page.locator(".col-content").getByRole("link", { name: symbol }).first().waitFor();
    expect(await page.locator("h1:visible").count()).toBe(1);
    await page.goBack();
  }
  await page.locator(".col-content").getByRole("link", { name: "@csms/mock", exact: true }).click();
  await page.getByRole("link", { name: "The API" }).first().click();
  await ready(page);
});

test("tells search engines and previews of links what it is", async () => {
  const page = await site.open("");
  const { title, summary } = docs.info;
  expect(await page.title()).toBe(title);
  const content = (selector: string) => page.locator(selector).getAttribute("content");
  expect(await content('meta[name="description"]')).toBe(summary);
  expect(await content('meta[property="og:title"]')).toBe(title);
  expect(await content('meta[property="og:description"]')).toBe(summary);
  expect(await page.locator('link[rel="icon"]').getAttribute("href")).toMatch(/^data:image\/svg\+xml,/);
});

function section(address: string): Locator {
  return page.locator(`[data-section-id="${address}"]`);
}

function marked(place: Page): Promise<string[]> {
  return place.locator('.menu-content [data-active="true"] [data-text]').allTextContents();
}

/** The names of the fields at the top of a body. */
function fieldsOf(schema: { properties?: object; allOf?: { properties?: object }[] } | undefined): string[] {
  return [schema, ...(schema?.allOf ?? [])].flatMap((part) => Object.keys(part?.properties ?? {}));
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { buildPage } from "../src/page.ts";
import { serveFolder } from "../src/server.ts";
import { startBrowser } from "./browser.ts";
import { ours } from "./fixture.ts";

/** What to open: a page that is built, or a contract to build one of. */
interface Source {
  contract: string;
  samples: string | undefined;
  page?: string;
}

/** A page, served, and a browser to look at it with. */
export class Site {
  browser!: Browser;
  /** The folder's address. */
  url!: string;
  #close = async () => {};

  constructor({ contract, samples, page }: Source = ours) {
    const ends: (() => unknown)[] = [];
    beforeAll(async () => {
      const scratch = await mkdtemp(join(tmpdir(), "csms-docs-site-"));
      ends.push(() => rm(scratch, { recursive: true }));
      const file = page ?? join(scratch, "index.html");
      if (!page) await buildPage(contract, file, samples);
      const [browser, { url, server }] = await Promise.all([
        // No page is open for as long as it takes to make up for that compiler's work.
        startBrowser("--js-flags=--no-turbofan"),
        serveFolder(dirname(file), 0),
      ]);
      this.browser = browser;
      this.url = `${url}/`;
      ends.push(
        () => server.close(),
        () => browser.close(),
      );
    }, 120_000);
    afterEach(async () => {
      await this.#close();
      this.#close = async () => {};
    });
    afterAll(async () => {
      for (const end of ends) await end();
    });
  }

  /**
   * Opens a page. At the end of the test it must have had no console error, no exception, and no request to anything
   * outside its folder.
   *
   * @param address From the folder on.
   */
  async open(address: string, options?: BrowserContextOptions): Promise<Page> {
    const { href } = new URL(address, this.url);
    const { href: folder } = new URL(".", href);
    const problems: string[] = [];
    const context = await this.browser.newContext(options);
    this.#close = async () => {
      await context.close();
      expect(problems).toEqual([]);
    };
    context.setDefaultTimeout(20_000);
    context.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    context.on("weberror", (error) => problems.push(error.error().message));
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(folder) && !/^(data|blob):/.test(url)) problems.push(`request to ${url}`);
    });
    const page = await context.newPage();
    await page.goto(href);
    return page;
  }
}

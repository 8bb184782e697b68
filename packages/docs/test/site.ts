import { dirname } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { pageFile } from "../src/page.ts";
import { serveFolder } from "../src/server.ts";
import { startBrowser } from "./browser.ts";

/** What is built, served, and a browser to look at it with. */
export class Site {
  browser!: Browser;
  /** The folder's address. */
  url!: string;
  #close = async () => {};

  constructor() {
    let stop = async () => {};
    beforeAll(async () => {
      const [started, { url, server }] = await Promise.all([startBrowser(), serveFolder(dirname(pageFile), 0)]);
      this.browser = started.browser;
      this.url = `${url}/`;
      stop = async () => {
        server.close();
        await started.stop();
      };
    }, 60_000);
    afterEach(async () => {
      await this.#close();
      this.#close = async () => {};
    });
    afterAll(() => stop());
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
    context.setDefaultTimeout(10_000);
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

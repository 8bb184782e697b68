import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Redoc is alive. */
export function ready(page: Page): Promise<void> {
  return page.getByText("Ctrl+K").waitFor({ state: "attached" });
}

/** Opens the search and writes into it. Redoc closes it again when the address changes, as it does while it scrolls. */
export async function searchFor(page: Page, text: string): Promise<Locator> {
  const field = page.getByPlaceholder("Search");
  const hits = page.locator('[data-component-name="Search/SearchItem"]');
  const isFound = async () => {
    if (!(await field.isVisible())) await page.keyboard.press("Control+K");
    else if ((await field.inputValue({ timeout: 500 })) !== text) {
      await field.fill(text, { timeout: 500 });
      // Redoc waits for half a second whether there is more to come.
      await page.clock.fastForward(500);
    }
    return (await hits.filter({ hasText: text }).count()) > 0;
  };
  await page.clock.install();
  await expect.poll(isFound, { interval: 20, timeout: 30_000, message: text }).toBe(true);
  return hits;
}

export function menuItem(page: Page, name: string): Locator {
  return page.locator(".menu-content a").filter({ has: page.locator(`[data-text="${name}"]`) });
}

/** On Redoc's page. */
export function heading(page: Page, name: string): Locator {
  return page.locator("#redoc h2").filter({ hasText: new RegExp(`^${escaped(name)}$`) });
}

export async function atTop(element: Locator): Promise<void> {
  await element.waitFor();
  const isAtTop = async () => {
    const { y = Number.NaN } = (await element.boundingBox()) ?? {};
    return y > -50 && y < 200;
  };
  await expect.poll(isAtTop, { timeout: 20_000 }).toBe(true);
}

/** A text, for a regular expression. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

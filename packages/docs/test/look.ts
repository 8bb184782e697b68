import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Redoc is alive. */
export function ready(page: Page): Promise<void> {
  return page.getByText("Ctrl+K").waitFor();
}

/** Opens the search, and returns its field. Redoc takes the keys only some time after it is alive. */
export async function openSearch(page: Page): Promise<Locator> {
  const field = page.getByPlaceholder("Search");
  const isOpen = async () => {
    if (!(await field.isVisible())) await page.keyboard.press("Control+K");
    return field.isVisible();
  };
  await expect.poll(isOpen, { interval: 500, timeout: 30_000 }).toBe(true);
  return field;
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

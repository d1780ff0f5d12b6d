import type { ElementHandle, Page } from 'puppeteer-core';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for an element; `>>>` goes into a shadow root. (puppeteer's own waiting sees no change that
 * happens in one.)
 */
export async function find(page: Page, selector: string): Promise<ElementHandle<Element>> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const found = await page.$(selector);
    if (found) return found;
    await delay(25);
  }
  throw new Error(`${page.url()} has no ${selector}`);
}

/** Clicks with the mouse, as a person does. */
export async function click(page: Page, selector: string): Promise<void> {
  await (await find(page, selector)).click();
}

export async function type(page: Page, selector: string, text: string): Promise<void> {
  await (await find(page, selector)).type(text);
}

import type { Page } from 'playwright-core';
import { accessible, phone, wide } from './browser.ts';

/** No fault of axe on a desk by day nor on a phone by night: each size, each scheme. Leaves the page as it was. */
export async function accessibleEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize() ?? wide;
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
  await accessible(page);
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page);
  await fits(page);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/** Nothing is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) throw new Error(`${page.url()} is ${over} px wider than a phone.`);
}

import type { Page } from 'playwright-core';
import { accessible, phone, wide } from './browser.ts';

/** No fault of axe in any of the looks of a page: on a desk and a phone, light and dark. Leaves it as it was. */
export async function accessibleEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize() ?? wide;
  for (const size of [wide, phone]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await accessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(page, { colours: true });
    if (size === phone) await fits(page);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
}

/** Nothing is wider than the screen. */
async function fits(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) throw new Error(`${page.url()} is ${over} px wider than a phone.`);
}

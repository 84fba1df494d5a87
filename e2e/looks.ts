import type { Page } from 'playwright-core';
import { accessible, phone, wide } from './browser.ts';

/** In every size and colour scheme; takes twice as long. */
const all = process.env['LOOKS'] === 'all';

/** No fault of axe in the looks of a page: on a desk in the light, on a phone in the dark. Leaves it as it was. */
export async function accessibleEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize() ?? wide;
  for (const [size, colorScheme] of [
    [wide, 'light'],
    [wide, 'dark'],
    [phone, 'light'],
    [phone, 'dark'],
  ] as const) {
    if (!all && (size === wide) !== (colorScheme === 'light')) continue;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await accessible(page);
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

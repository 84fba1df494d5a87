import type { Page } from 'playwright-core';
import { shotsFolder } from '#platform/test/shots.ts';
import { phone, wide } from './browser.ts';

/** A picture of what is in sight, or of the whole page, where somebody wants to look at it afterwards. */
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (shotsFolder) await page.screenshot({ path: `${shotsFolder}/${name}.png`, fullPage });
}

/** In its own size and on a phone, by day and by night. Leaves the page as it was. */
export async function everyLook(page: Page, name: string, fullPage = false): Promise<void> {
  if (!shotsFolder) return;
  const before = page.viewportSize() ?? wide;
  for (const size of [before, phone]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shot(page, `${name}-${size.width}-${colorScheme}`, fullPage);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Set to look at the screens afterwards. */
export const shotsFolder = process.env['HOLDFAST_SHOTS'];

/** A picture of what is in sight, or of the whole page. */
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!shotsFolder) return;
  mkdirSync(shotsFolder, { recursive: true });
  await page.screenshot({ path: `${shotsFolder}/${name}.png`, fullPage });
}

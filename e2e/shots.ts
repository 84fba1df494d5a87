import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Set to look at the screens afterwards. */
const folder = process.env['HOLDFAST_SHOTS'];

/** A picture of what is in sight, or of the whole page. */
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

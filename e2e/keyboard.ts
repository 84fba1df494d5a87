import type { Page } from 'playwright-core';

interface KeyboardMove {
  /** Of the thing, as it is announced: “Dot Lee is picked up.” */
  name: string;
  /** What is announced at each press of the arrow up: “at place 4 of 5”, “at the place of Ann Flute”. */
  places: readonly string[];
  /** Of its handle. @default `Move ${name}` */
  handle?: string | RegExp;
}

/** Picks a thing of a sortable list up by the keyboard and takes it up from place to place; still in hand afterwards. */
export async function carryUp(page: Page, { name, places, handle = `Move ${name}` }: KeyboardMove): Promise<void> {
  const announced = (what: string) => page.getByText(`${name} is ${what}`).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: handle }).focus();
  await page.keyboard.press('Space');
  await announced('picked up');
  // The list measures itself before it listens to arrows; a press before that is lost.
  await page.evaluate(() => new Promise((measured) => requestAnimationFrame(() => requestAnimationFrame(measured))));
  for (const place of places) {
    await page.keyboard.press('ArrowUp');
    await announced(place);
  }
}

/** Puts a thing of a sortable list further up by the keyboard alone. */
export async function moveUp(page: Page, move: KeyboardMove): Promise<void> {
  await carryUp(page, move);
  await page.keyboard.press('Space');
}

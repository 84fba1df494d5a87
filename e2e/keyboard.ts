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

/** More than any screen has. */
const mostStops = 400;

/**
 * Goes through a screen by Tab, once around.
 *
 * @returns what is wrong: controls that Tab does not reach, or that don't show that they have the focus
 */
export async function tabThrough(page: Page): Promise<string[]> {
  await page.evaluate(beginTabbing);
  for (let stops = 0; stops < mostStops; stops++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(noteFocus)) return page.evaluate(endTabbing);
  }
  return [`after ${mostStops} times Tab there is still no end`];
}

interface Tabbing {
  /** What is there to begin with; a long list may grow on the way. */
  controls: Element[];
  stops: Set<Element>;
  /** How often it came past the end, where nothing has the focus. */
  rounds: number;
  faults: string[];
}

declare global {
  interface Window {
    tabbing?: Tabbing;
  }
}

function beginTabbing(): void {
  const controls =
    'a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=checkbox], [onclick]';
  const offered = [...document.querySelectorAll(controls)].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(
        ':disabled, [aria-disabled=true], [aria-hidden=true] *, [inert] *, input[type=hidden], input[type=file].sr-only',
      ),
  );
  const known = `${controls}, label, [role=tab], [role=option], [role=menuitem], [tabindex]`;
  const faults = [...document.querySelectorAll('*')]
    .filter((element) => getComputedStyle(element).cursor === 'pointer' && !element.closest(known))
    .map((element) => `for the mouse alone: ${element.outerHTML.slice(0, 200)}`);
  window.tabbing = { controls: offered, stops: new Set(), rounds: 0, faults };
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** @returns whether it has been around */
function noteFocus(): boolean {
  const tabbing = window.tabbing;
  const element = document.activeElement;
  if (!tabbing) return true;
  // It may have begun in the middle: after the last comes the page, then the first.
  if (!element || element === document.body) return ++tabbing.rounds > 1;
  // A date has a stop for each of its parts.
  if (element === [...tabbing.stops].at(-1)) return false;
  if (tabbing.stops.has(element)) return true;
  tabbing.stops.add(element);
  // A row is outlined by what its link lays over it, words by the box that holds them; a text has its caret.
  const outlined = [[element], [element, '::after'], [element.parentElement ?? element]] as const;
  const shown = outlined.some(([of, part]) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(of, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  });
  if (!shown && !element.matches('iframe, [contenteditable]'))
    tabbing.faults.push(`no sign of the focus: ${element.outerHTML.slice(0, 200)}`);
  return false;
}

function endTabbing(): string[] {
  if (!window.tabbing) return [];
  const { controls, stops, faults } = window.tabbing;
  // One of a group takes the focus; arrows lead to the others.
  const groups =
    '[role=tablist], [role=radiogroup], [role=grid], [role=menu], [role=listbox], [role=toolbar], [role=group]';
  const reached = (element: Element): boolean => {
    if (stops.has(element)) return true;
    const group = element.getAttribute('tabindex') === '-1' ? element.closest(groups) : null;
    if (group && [...stops].some((stop) => group.contains(stop))) return true;
    if (element instanceof HTMLInputElement && element.type === 'radio')
      return [...stops].some((stop) => stop instanceof HTMLInputElement && stop.name === element.name);
    return false;
  };
  const missed = controls.filter((element) => element.isConnected && !reached(element));
  return [...faults, ...missed.map((element) => `not reached by Tab: ${element.outerHTML.slice(0, 200)}`)];
}

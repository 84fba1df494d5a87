/**
 * Places in an order that people drag: text that sorts byte by byte (`collate "C"`), with always room for another
 * between two. So a move changes one row, and whoever moves another at the same time loses nothing.
 *
 * Keys are digits of a fraction in base 62, without zeros at the end: `V` lies in the middle.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A key after `before` and before `after`; null: the beginning or the end.
 * @throws {Error} unless `before` < `after`
 */
export function orderKeyBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  if (after !== null && low >= after) throw new Error(`There is nothing between ${low} and ${after}.`);
  let key = '';
  // Below the end of the order until the upper key's digits are left behind.
  let bound = after;
  for (let at = 0; ; at++) {
    const least = digits.indexOf(low[at] ?? '0');
    const most = bound === null ? digits.length : digits.indexOf(bound[at] ?? '0');
    if (most - least > 1) return key + digitAt(middle(least, most, bound === null && low !== ''));
    key += digitAt(least);
    if (most > least) bound = null;
  }
}

/** Appending is what happens most: a small step keeps keys short, where halves would grow them. */
function middle(least: number, most: number, appending: boolean): number {
  return appending ? least + 1 : (least + most) >> 1;
}

function digitAt(at: number): string {
  return digits.charAt(at);
}

/** So many keys after `before`, in order. */
export function orderKeysAfter(before: string | null, count: number): string[] {
  const keys: string[] = [];
  for (let last = before; keys.length < count;) {
    last = orderKeyBetween(last, null);
    keys.push(last);
  }
  return keys;
}

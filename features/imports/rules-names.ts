/** Names as archives file them ('Last, First', the right spelling in brackets) → as people read them. */

/** `Hrusa [Hrůša], Jakub` → `Jakub Hrůša`; '' for names that name nobody. */
export function readableName(filed: string): string {
  const name = rightSpelling(filed).replace(/\s+/g, ' ').trim();
  if (/^(none|not conducted|unspecified|unknown)$/i.test(name)) return '';
  const [last = '', ...rest] = name.split(',').map((part) => part.trim());
  const given = rest.filter((part) => !isSuffix(part));
  const suffixes = rest.filter(isSuffix);
  return [...given, last, ...suffixes].filter(Boolean).join(' ');
}

/** `Museum of Modern Art, The` → `The Museum of Modern Art`; other commas stay. */
export function readablePlace(filed: string): string {
  const name = filed.replace(/\s+/g, ' ').trim();
  return name.replace(/^(.+), (The|A|An)$/i, '$2 $1');
}

/** `Bartok [Bartók], Béla` → `Bartók`. */
export function familyName(filed: string): string {
  return rightSpelling(filed.split(',')[0] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Puts the spelling in brackets in the place of the words before it. In square brackets it begins with the
 * same letter (`Paert [Pärt]`); in round ones it differs by accents only (`Renee (Renée)`), because there a
 * nickname may stand as well, which stays.
 */
function rightSpelling(filed: string): string {
  const replace = (pattern: RegExp, same: (plain: string, right: string) => boolean, text: string) =>
    text.replace(pattern, (whole, plain: string, right: string) =>
      same(plain, right) ? right : pattern === square ? plain : whole,
    );
  const square = /([^\s,[\]]+)\s*\[([^\]]+)\]/gu;
  const round = /([^\s,()]+)\s*\(([^)]+)\)/gu;
  const square1 = replace(square, (plain, right) => folded(plain)[0] === folded(right)[0], filed);
  return replace(round, (plain, right) => folded(plain) === folded(right), square1);
}

function isSuffix(part: string): boolean {
  return /^(jr|sr)\.?$|^[IVX]+$/i.test(part);
}

/** Without accents, in small letters. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** `Café Boulud` → `cafe-boulud`: a key that survives changes of accents, case and punctuation. */
export function keyOf(text: string): string {
  return folded(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

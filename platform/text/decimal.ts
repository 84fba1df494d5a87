/**
 * `1.234,56`, `1,234.56`, `1 234,5`, `1'234` → `1234.56` and so on; undefined for what isn't a number.
 * A single mark is the decimal one, unless `thousands` and three digits follow it (money has no third
 * decimal, coordinates do).
 */
export function parseDecimal(text: string, thousands = false): string | undefined {
  const bare = text.replace(/[\s'’\u00a0\u202f]/g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(bare)) return undefined;
  const marks = bare.match(/[.,]/g) ?? [];
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const mixed = new Set(marks).size === 2;
  const grouped = !mixed && (marks.length > 1 || (thousands && marks.length === 1 && bare.length - last - 1 === 3));
  if (last < 0 || grouped) return inGroups(bare) ? bare.replace(/[.,]/g, '') : undefined;
  const whole = bare.slice(0, last);
  const decimals = bare.slice(last + 1);
  const mark = bare.charAt(last);
  if (decimals === '' || whole.includes(mark) || !inGroups(whole)) return undefined;
  return `${whole.replace(/[.,]/g, '')}.${decimals}`;
}

/** Digits, or digits in groups of three with marks between. */
function inGroups(text: string): boolean {
  return /^[+-]?(\d+|\d{1,3}([.,]\d{3})+)$/.test(text);
}

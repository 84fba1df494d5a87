import { parseDecimal } from '#platform/text/decimal.ts';
import { minorDigits } from '#platform/text/money.ts';

/**
 * What people write as a number: `1,200` and `1.200` are twelve hundred, `2,5` is two and a half.
 * @returns undefined for nothing, NaN for what is no number
 */
export function numberOf(text: string, thousands = true): number | undefined {
  return text.trim() === '' ? undefined : Number(parseDecimal(text, thousands) ?? Number.NaN);
}

/** An amount in minor units, with or without the sign of its own currency; one of another is no number. */
export function minorOf(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency);
  const bare = text.replace(currency, '').replace(signOf(currency), '');
  const amount = numberOf(bare, digits < 3);
  return amount === undefined ? undefined : Math.round(amount * 10 ** digits);
}

function signOf(currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
}

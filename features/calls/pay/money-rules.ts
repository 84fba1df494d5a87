import { minorDigits } from '#platform/text/money.ts';

/** Money is whole minor units; shares of it are whole hundredths of a per cent (basis points). No fractions anywhere. */

export const roundings = ['half_up', 'half_even', 'down'] as const;
export type Rounding = (typeof roundings)[number];

/** 100 %, in basis points. */
export const whole = 10_000;

/** `amount × numerator ÷ denominator` in minor units, rounded once. Neither may be below zero. */
export function share(amount: number, numerator: number, denominator: number, rounding: Rounding): number {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const quotient = product / divisor;
  const twice = (product % divisor) * 2n;
  const up =
    rounding !== 'down' && (twice > divisor || (twice === divisor && (rounding === 'half_up' || quotient % 2n === 1n)));
  return Number(quotient + (up ? 1n : 0n));
}

/** `decimalText(-1205, 'EUR')` → `-12.05`; for files and input fields. */
export function decimalText(minor: number, currency: string): string {
  const decimals = minorDigits(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** `12.5` or `12,50` in euros → 1250; null where it is no amount of this currency. */
export function readDecimal(text: string, currency: string): number | null {
  const decimals = minorDigits(currency);
  const match = /^([-−]?)(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, units = '', fraction = ''] = match;
  if (fraction.length > decimals) return null;
  const minor = Number(units + fraction.padEnd(decimals, '0'));
  return sign && minor !== 0 ? -minor : minor;
}

/** `rateText(1250)` → `12.5 %`. */
export function rateText(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

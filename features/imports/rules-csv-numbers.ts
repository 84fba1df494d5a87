import { parseDecimal } from '#platform/text/decimal.ts';
import { folded } from './rules-names.ts';

export interface Rate {
  /** In minor units of the currency. */
  minor: number;
  currency: string;
  unit: 'hour' | 'day' | 'service';
}

const symbols: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY' };

/**
 * An amount with or without its currency: `450`, `450,50 €`, `$1,200`, `CHF 300`.
 * @param currency when the cell names none; a dollar sign is any dollar's
 * @param fixed the row has a currency of its own, which the cell must not contradict
 * @returns the rate without its unit, or a sentence that says what is wrong
 */
export function parseRate(text: string, currency: string, fixed: boolean): Omit<Rate, 'unit'> | string {
  const [, before = '', amount = '', after = ''] =
    /^\s*([A-Za-z]{3}|[€£$¥])?\s*([-+\d][\d.,\s'’\u00a0\u202f]*?)\s*([A-Za-z]{3}|[€£$¥])?\s*$/u.exec(text) ?? [];
  const sign = before || after;
  const own =
    sign === '$' && currency.endsWith('D') ? currency : (symbols[sign] ?? (sign ? sign.toUpperCase() : currency));
  if (fixed && own !== currency) return `“${text}” is in ${own}, the row says ${currency}.`;
  const exponent = minorDigits(own);
  const value = parseDecimal(amount, exponent < 3);
  if (value === undefined) return `“${text}” must be an amount, like 450 or 450.50.`;
  if (value.startsWith('-')) return 'A rate cannot be negative.';
  const [whole = '0', decimals = ''] = value.replace('+', '').split('.');
  if (/[1-9]/.test(decimals.slice(exponent)))
    return exponent === 0 ? `${own} has no decimals.` : `${own} has ${exponent} decimals at most.`;
  const minor = Number(whole + decimals.slice(0, exponent).padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) ? { minor, currency: own } : `“${text}” is too large.`;
}

/** Decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

const units: Readonly<Record<Rate['unit'], string>> = {
  hour: 'hour, hours, hourly, h, hr, stunde, stunden, std, heure, heures, hora, horas',
  day: 'day, days, daily, d, tag, tage, jour, jours, dia, dias',
  service: 'service, services, dienst, dienste, servicio, servicios',
};

/** `pro Tag`, `/h`, `día` → the unit; undefined when it is none. */
export function unitOf(text: string): Rate['unit'] | undefined {
  const word = folded(text).replace(/^(per|pro|par|por|a|je)\s+|[^a-z]/g, '');
  return (['hour', 'day', 'service'] as const).find((unit) => units[unit].split(', ').includes(word));
}

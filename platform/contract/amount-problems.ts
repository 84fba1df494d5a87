import type * as z from 'zod';
import { formatMoney } from '#platform/text/money.ts';

/**
 * What is wrong with an amount beyond its limit, as people count it: minor units are nobody's words.
 * Amounts are `valueMinor` with `valueCurrency` or `currency` beside it, or `currency` of the whole.
 *
 * @returns undefined when the issue is another, or no amount's
 * @example amountProblem(issue, { feeMinor: 1e12, feeCurrency: 'EUR' }) // “The fee must be at most €100,000,000.00.”
 */
export function amountProblem(issue: z.core.$ZodIssue, whole: unknown): string | undefined {
  const name = String(issue.path.at(-1) ?? '');
  if (!name.endsWith('Minor')) return undefined;
  const limit = issue.code === 'too_big' ? issue.maximum : issue.code === 'too_small' ? issue.minimum : 0;
  // From nothing up: each form says that in its own words.
  if (Math.abs(Number(limit)) <= 1) return undefined;
  const what = name.replace(/Minor$/, '');
  const words = what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const beside = issue.path.slice(0, -1).reduce(partOf, whole);
  const currency = [partOf(beside, `${what}Currency`), partOf(beside, 'currency'), partOf(whole, 'currency')].find(
    (code): code is string => typeof code === 'string' && /^[A-Z]{3}$/.test(code),
  );
  const least = issue.code === 'too_small';
  if (currency === undefined) return `The ${words} is too ${least ? 'small' : 'large'}.`;
  return `The ${words} must be at ${least ? 'least' : 'most'} ${formatMoney(Number(limit), currency)}.`;
}

function partOf(whole: unknown, key: PropertyKey): unknown {
  return typeof whole === 'object' && whole !== null ? Reflect.get(whole, key) : undefined;
}

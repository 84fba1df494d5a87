import { formatMoney } from '#platform/text/money.ts';
import type { FormField } from './field-rules.ts';

/** As Zod has it: what leaves by other contracts must pass there too. A test compares them. */
export const emailPattern =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

export const longest = { short_text: 300, long_text: 5_000, phone: 40, email: 254, files: 5 } as const;

/** Bytes of one file: one part of an upload, and a photo or a rider fits. */
export const largestFormFile = 8 * 1024 * 1024;

/** The most that a form asks about: people, or money in minor units. */
const most = { people: 10_000_000, number: 1_000_000_000, minor: 1_000_000_000_000 };

/** Longest stretch of time that can be wished for, in days. */
const longestDays = 366;

/** What is wrong with a value that isn’t empty; whatever was sent, from whoever. @param earliest see `answerFaults` */
export function valueFault(field: FormField, value: unknown, earliest: string): string | null {
  switch (field.type) {
    case 'short_text':
      return lineFault(value, longest.short_text);
    case 'long_text':
      return textFault(value);
    case 'email':
      if (typeof value === 'string' && value.length <= longest.email && emailPattern.test(value.trim())) return null;
      return 'Must be an e-mail address, like name@example.com.';
    case 'phone':
      return lineFault(value, longest.phone) ?? phoneFault(String(value));
    case 'number':
      return numberFault(field, value);
    case 'money':
      return amountFault(field, value);
    case 'date':
      return dayFault(value, field.meaning === 'times' ? earliest : firstDay);
    case 'times':
      return timesFault(value, field.meaning === 'times' ? earliest : firstDay);
    case 'choice_one':
      return field.options.some(({ key }) => key === value) ? null : 'Choose one of these.';
    case 'choice_many':
      return areAmong(
        value,
        field.options.map(({ key }) => key),
      )
        ? null
        : 'Choose some of these.';
    case 'place':
      return field.placeIds.some((id) => id === value) ? null : 'Choose one of these.';
    case 'consent':
      return value === true ? null : 'Tick it, or leave it.';
    case 'file':
      return filesFault(value);
    default:
      return null;
  }
}

function lineFault(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return 'Must be text.';
  if (value.trim().length > max) return `Must be at most ${max} characters.`;
  // Letters and headers are made of it: nothing may begin a new line there.
  return /\p{Cc}/u.test(value.trim()) ? 'Must be one line.' : null;
}

function textFault(value: unknown): string | null {
  if (typeof value !== 'string') return 'Must be text.';
  if (value.length > longest.long_text) return `Must be at most ${longest.long_text} characters.`;
  return value.includes('\u0000') ? 'Must not contain NUL characters.' : null;
}

function phoneFault(value: string): string | null {
  const looksRight = /^[+()\d][\d\s().,/+x#-]*$/i.test(value.trim());
  const digits = value.replaceAll(/\D/g, '').length;
  return looksRight && digits >= 5 ? null : 'Must be a telephone number, like +49 30 1234567.';
}

function numberFault({ meaning }: FormField, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'Must be a number.';
  if (meaning === 'people') {
    return Number.isInteger(value) && value >= 1 && value <= most.people ? null : 'Must be a whole number from 1.';
  }
  return Math.abs(value) <= most.number ? null : 'This number is too large.';
}

function amountFault({ currency }: FormField, value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value))
    return 'Must be an amount.';
  if (typeof value.minor !== 'number' || !Number.isInteger(value.minor))
    return 'Must be an amount, like 2500 or 2500.50.';
  if (value.minor < 0) return 'Must be an amount from 0.';
  if (value.minor > most.minor)
    return currency === null ? 'This amount is too large.' : `Must be at most ${formatMoney(most.minor, currency)}.`;
  return currency !== null && value.currency === currency ? null : `Must be in ${currency ?? 'the form’s currency'}.`;
}

const firstDay = '1900-01-01';
const lastDay = '2199-12-31';

function dayFault(value: unknown, earliest: string): string | null {
  if (typeof value !== 'string' || !isDay(value)) return 'Must be a date.';
  if (value > lastDay) return 'This is too far away.';
  return value < earliest ? 'This has passed. Choose a later date.' : null;
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(value);
}

function timesFault(value: unknown, earliest: string): string | null {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value))
    return 'Choose both times.';
  const { from, to } = value;
  if (!isWall(from) || !isWall(to)) return 'Choose both: when it begins, and when it ends.';
  const fault = dayFault(from.slice(0, 10), earliest) ?? dayFault(to.slice(0, 10), firstDay);
  if (fault) return fault;
  if (from >= to)
    return from.slice(0, 10) === to.slice(0, 10)
      ? 'The end must come after the beginning. If it goes past midnight, choose the next day under “Until”.'
      : 'The end must come after the beginning.';
  const days = (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 86_400_000;
  return days > longestDays ? 'This is more than a year. Ask for a part of it.' : null;
}

function isWall(value: unknown): value is string {
  return (
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(value) && isDay(value.slice(0, 10))
  );
}

function areAmong(value: unknown, keys: readonly string[]): boolean {
  return (
    Array.isArray(value) &&
    new Set<unknown>(value).size === value.length &&
    value.every((each) => keys.some((key) => key === each))
  );
}

function filesFault(value: unknown): string | null {
  const sound = Array.isArray(value) && value.every((id) => typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id));
  if (!sound) return 'Add the file again.';
  return value.length > longest.files ? `At most ${longest.files} files.` : null;
}

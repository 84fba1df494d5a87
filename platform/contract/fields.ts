import * as z from 'zod';

/** Schemas for the kinds of value that every feature uses, with messages that say what to do. */

export const id = z.uuid({
  // In forms somebody chooses what it belongs to.
  error: ({ input }) => (input === undefined || input === '' ? 'Choose one.' : 'Must be an id (a UUID).'),
});

/** An instant: RFC 3339 with offset, returned as UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Must be a date and time with its offset, like 2026-05-01T19:30:00Z.' })
  .refine((value) => Number.isFinite(Date.parse(value)), { error: 'There is no such date.' })
  .transform((value) => new Date(value).toISOString());

/** An instant as it leaves: UTC with milliseconds. */
export const instantOut = z.iso.datetime();

export const date = z.iso.date({ error: 'Must be a date like 2026-05-01.' });

/** IANA time zone name. */
export const zone = z
  .string()
  .max(64)
  .refine(isZone, { error: 'Must be a time zone of the IANA database, like Europe/Berlin.' });

/** True for names of the IANA database; offsets and free text are not zones. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    // Not Temporal: this runs on the first page, which needs nothing else of it.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One line of text without control characters. */
export function line(max = 200) {
  return z
    .string()
    .trim()
    .min(1, { error: 'Must not be empty.' })
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });
}

/** Free text of several lines. */
export function text(max = 20_000) {
  return (
    z
      .string()
      .max(max, { error: `Must be at most ${max} characters.` })
      // PostgreSQL text cannot hold NUL.
      .refine((value) => !value.includes('\u0000'), { error: 'Must not contain NUL characters.' })
  );
}

export const email = z.email({ error: 'Must be an e-mail address.' }).max(254);

/** ISO 4217 code, upper case. */
export const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'Must be a currency code like EUR.' });

/** A colour as screens and printers know it. */
export const colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, { error: 'Must be a colour like #0f766e.' });

/** Query-string number. */
export const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Query-string list: `tag=a&tag=b` or `tag=a,b`. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value), z.array(item));

/** Query parameters of every list. */
export const page = {
  limit: count(1, 500).default(50),
  /** `next` of the page before. */
  after: z.string().max(500).optional(),
};

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.int().describe('How many there are over all pages.'),
    next: z.string().nullable().describe('Send as `after` for the next page; null on the last.'),
  });
}

import { formatDate } from '#platform/time/format.ts';

/** `2026-09-01` → “1 September 2026”, as the reader writes dates. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
}

/** `2026-09-03` → “Thu, Sep 3”. */
export function shortDay(day: string): string {
  return formatDate(day, 'day');
}

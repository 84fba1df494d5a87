/** `2026-09-01` → “1 September 2026”, as the reader writes dates. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
}

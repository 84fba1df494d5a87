const written = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** `2026-05-02` → “Saturday 2 May”, as mails have it. */
export function formatWrittenDay(day: string): string {
  return written.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
}

/** Times for people to read: the reader's language, the place's clock. Instants are RFC 3339, zones IANA. */

const styles = {
  time: { hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  date: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  longDay: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'short' },
  month: { month: 'long', year: 'numeric' },
  dateTime: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof styles;

/** Making a formatter takes about 50 µs; lists format hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(style: TimeStyle, zone: string): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(undefined, { ...styles[style], timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** `formatTime('2026-05-01T17:30:00Z', 'Europe/Berlin')` → “19:30” where that is how times are written. */
export function formatTime(instant: string, zone: string, style: TimeStyle = 'time'): string {
  return formatter(style, zone).format(new Date(instant));
}

/** A day without a clock: `formatDate('2026-05-01')` → “Fri, May 1, 2026”. */
export function formatDate(date: string, style: TimeStyle = 'date'): string {
  return formatTime(`${date}T12:00:00Z`, 'UTC', style);
}

/** A stretch of time, naming the day once when both ends fall on it. */
export function formatRange(startsAt: string, endsAt: string, zone: string, style: TimeStyle = 'dateTime'): string {
  return formatter(style, zone).formatRange(new Date(startsAt), new Date(endsAt));
}

/** The last part of a zone's name, for people: “New York”. */
export function zoneCity(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** The zone's offset at an instant: “GMT+1”. */
export function zoneOffset(zone: string, instant: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(instant),
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** “New York time” when `zone` isn't the reader's usual one, else ''. */
export function zoneNote(zone: string, usual: string): string {
  return zone === usual ? '' : `${zoneCity(zone)} time`;
}

const relative = new Intl.RelativeTimeFormat(undefined);
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** “3 hours ago”, “in 2 days”; never “tomorrow”, which 40 hours need not be. */
export function formatAgo(instant: string, now = Date.now()): string {
  const distance = Date.parse(instant) - now;
  for (const [unit, length] of steps) {
    if (Math.abs(distance) >= length) return relative.format(Math.trunc(distance / length), unit);
  }
  return 'just now';
}

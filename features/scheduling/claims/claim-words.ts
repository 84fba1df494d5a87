import type { Pack } from '#features/organisations/packs/pack.ts';
import type { Claim, ClaimStatus } from './contract.ts';

/** What people read about a claim: status in the pack's words, ranks, and times by the wall clock. */

/** `1H`, `2H`: how bookers write a hold's place in the queue. */
export function rankMark(rank: number): string {
  return `${rank}H`;
}

export function ordinal(n: number): string {
  const suffix = ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th';
  return `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : suffix}`;
}

export function statusWord(pack: Pack, status: ClaimStatus, rank: number | null = null): string {
  const word = pack.words[status].one;
  return status === 'hold' && rank !== null ? `${ordinal(rank)} ${word}` : word;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function claimTitle(claim: Pick<Claim, 'engagementId' | 'engagementTitle' | 'note'>): string {
  if (claim.engagementId === null) return claim.note === '' ? 'Blocked time' : claim.note;
  return claim.engagementTitle ?? 'Untitled';
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters cost 50 µs each to make and a board uses thousands. */
export function dateFormat(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

const dayStyle = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const timeStyle = { hour: 'numeric', minute: '2-digit' } as const;

export function dayText(time: string | number, zone: string): string {
  return dateFormat(zone, dayStyle).format(new Date(time));
}

export function timeText(time: string | number, zone: string): string {
  return dateFormat(zone, timeStyle).format(new Date(time));
}

export function momentText(time: string | number, zone: string): string {
  return dateFormat(zone, { ...dayStyle, ...timeStyle }).format(new Date(time));
}

function isMidnight(time: number, zone: string): boolean {
  return dateFormat(zone, { hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).format(time) === '00:00';
}

/** `Thu, 12 Sep 2024, 7:30 PM – 10:00 PM`; whole days without their midnights; the zone when it isn't the reader's. */
export function rangeText(
  startsAt: string | number,
  endsAt: string | number,
  zone: string,
  readerZone: string,
): string {
  const start = new Date(startsAt).getTime();
  const end = new Date(endsAt).getTime();
  const whole = isMidnight(start, zone) && isMidnight(end, zone);
  const first = dayText(start, zone);
  const last = dayText(whole ? end - 1 : end, zone);
  const text = whole
    ? first === last
      ? `${first}, all day`
      : `${first} – ${last}`
    : first === last
      ? `${first}, ${timeText(start, zone)} – ${timeText(end, zone)}`
      : `${first}, ${timeText(start, zone)} – ${last}, ${timeText(end, zone)}`;
  return zone === readerZone ? text : `${text} (${zoneWord(zone)})`;
}

/** `America/New_York` → `New York time`. */
export function zoneWord(zone: string): string {
  const place = zone.split('/').at(-1) ?? zone;
  return zone === 'UTC' ? 'UTC' : `${place.replaceAll('_', ' ')} time`;
}

const minute = 60_000;

/** `in 3 days`, `2 hours ago`; coarse on purpose. */
export function fromNow(time: string | number, now: number = Date.now()): string {
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const minutes = (new Date(time).getTime() - now) / minute;
  if (Math.abs(minutes) < 60) return relative.format(Math.round(minutes), 'minute');
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1440), 'day');
}

/** One sentence about a claim, as a screen reader says it. */
export function claimSentence(claim: Claim, pack: Pack, readerZone: string): string {
  const parts = [
    claimTitle(claim),
    claim.engagementId === null ? 'blocked' : statusWord(pack, claim.status, claim.rank),
    rangeText(claim.startsAt, claim.endsAt, claim.zone, readerZone),
  ];
  if (claim.challenge) parts.push(`challenged, answer due ${momentText(claim.challenge.deadlineAt, claim.zone)}`);
  if (claim.expiresAt) parts.push(`expires ${momentText(claim.expiresAt, claim.zone)}`);
  return parts.join(', ');
}

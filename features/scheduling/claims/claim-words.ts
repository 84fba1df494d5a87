import { formatRange, formatTime, zoneNote } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import type { Pack } from '#features/organisations/packs/pack.ts';
import type { Claim, ClaimStatus } from './contract.ts';

/** What people read about a claim: status in the pack's words, ranks, and times by the wall clock. */

/** `1H`, `2H`: how bookers write a hold's place in the queue. */
export function rankMark(rank: number): string {
  return `${rank}H`;
}

export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ['th', 'st', 'nd', 'rd'][n % 10]) || 'th'}`;
}

/** “2nd hold”, “booking”, in the words of the pack. */
export function statusWord(pack: Pack, status: ClaimStatus, rank: number | null = null): string {
  const word = pack.words[status].one;
  return status === 'hold' && rank !== null ? `${ordinal(rank)} ${word}` : word;
}

export function claimTitle(claim: Pick<Claim, 'engagementId' | 'engagementTitle' | 'note'>): string {
  if (claim.engagementId === null) return claim.note === '' ? 'Blocked time' : claim.note;
  return claim.engagementTitle ?? 'Untitled';
}

/** “Thu, Sep 12, 2024, 7:30 – 10:00 PM”; whole days without their midnights; the zone when it isn't the reader's. */
export function rangeText(startsAt: string, endsAt: string, zone: string, readerZone: string): string {
  const whole = toWallClock(startsAt, zone).time === '00:00' && toWallClock(endsAt, zone).time === '00:00';
  const note = zoneNote(zone, readerZone);
  return `${whole ? wholeDaysText(startsAt, endsAt, zone) : formatRange(startsAt, endsAt, zone)}${note && ` (${note})`}`;
}

function wholeDaysText(startsAt: string, endsAt: string, zone: string): string {
  const lastMoment = new Date(Date.parse(endsAt) - 1).toISOString();
  const oneDay = toWallClock(startsAt, zone).date === toWallClock(lastMoment, zone).date;
  return oneDay ? `${formatTime(startsAt, zone, 'date')}, all day` : formatRange(startsAt, lastMoment, zone, 'date');
}

export function momentText(time: string, zone: string): string {
  return formatTime(time, zone, 'dateTime');
}

/** One sentence about a claim, as a screen reader says it. */
export function claimSentence(claim: Claim, pack: Pack, readerZone: string): string {
  const parts = [
    claimTitle(claim),
    claim.engagementId === null && claim.status === 'commit' ? 'blocked' : statusWord(pack, claim.status, claim.rank),
    rangeText(claim.startsAt, claim.endsAt, claim.zone, readerZone),
  ];
  if (claim.challenge) parts.push(`challenged, answer due ${momentText(claim.challenge.deadlineAt, claim.zone)}`);
  if (claim.expiresAt) parts.push(`expires ${momentText(claim.expiresAt, claim.zone)}`);
  return parts.join(', ');
}

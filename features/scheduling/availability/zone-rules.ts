import { Temporal } from 'temporal-polyfill';

/** A zone keeps one offset in [since, until); all in milliseconds. */
interface OffsetSpan {
  since: number;
  until: number;
  offset: number;
}

/** Asking Temporal for a transition takes about a millisecond, and searches ask for the same few again and again. */
const spans = new Map<string, OffsetSpan[]>();
const mostSpans = 2_000;
let spanCount = 0;

/** The offset of a zone (IANA) at an instant (milliseconds of the epoch), and how long it lasts. */
export function offsetAt(at: number, zone: string): OffsetSpan {
  const known = spans.get(zone)?.find(({ since, until }) => since <= at && at < until);
  if (known) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const next = local.getTimeZoneTransition('next');
  // 'previous' looks strictly before, and the clock may change at this very instant.
  const previous = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const span = {
    since: previous?.epochMilliseconds ?? -Infinity,
    until: next?.epochMilliseconds ?? Infinity,
    offset: local.offsetNanoseconds / 1e6,
  };
  if (spanCount >= mostSpans) {
    spans.clear();
    spanCount = 0;
  }
  spans.set(zone, [...(spans.get(zone) ?? []), span]);
  spanCount += 1;
  return span;
}

/**
 * The instant at which the clock of `zone` shows `wall`, both as milliseconds of the epoch (the wall time
 * read as if it were UTC). Where the clock shows it twice, the first; where it skips it, as much later:
 * what RFC 5545 asks for.
 */
export function instantOfWall(wall: number, zone: string): number {
  const day = 86_400_000;
  const before = wall - offsetAt(wall - day, zone).offset;
  const after = wall - offsetAt(wall + day, zone).offset;
  if (before === after) return before;
  // The clock changes nearby. The earlier reading is right if the old offset holds then, or in the gap.
  const shownBefore = before + offsetAt(before, zone).offset;
  if (shownBefore === wall) return before;
  const shownAfter = after + offsetAt(after, zone).offset;
  return shownAfter === wall ? after : before;
}

import { addDays, fromWallClock } from '#platform/time/wall-clock.ts';

/** A filter’s days as instants by the organisation’s clock, the last day included. */
export function instantsOf({ from, to }: { from?: string | undefined; to?: string | undefined }, zone: string) {
  const at = (date: string | undefined) => (date && fromWallClock({ date, time: '00:00' }, zone)) ?? undefined;
  return { from: at(from), to: at(to && addDays(to, 1)) };
}

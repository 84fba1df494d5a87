import type { PaidSeat } from './paid-seat.ts';
import type { PayLine } from './pay-line.ts';
import { sumOf } from './pay-line.ts';
import { reckon } from './pay-rules.ts';
import type { PayTerms } from './terms.ts';

export interface ExampleChoice {
  /** How many services of the first kind, on days of their own. */
  services: number;
  /** The last one ran so much longer than the scale allows. */
  overMinutes: number;
  principal: boolean;
  doubles: number;
}

/** What somebody would get, to see what terms mean before anything depends on them. */
export function workExample(
  terms: PayTerms,
  { services, overMinutes, principal, doubles }: ExampleChoice,
): { lines: PayLine[]; totalMinor: number } {
  const [kind] = terms.services;
  if (!kind) return { lines: [], totalMinor: 0 };
  const begins = Date.parse('2026-03-02T09:00:00Z');
  const playing = ['fl', 'picc', 'afl', 'bfl', 'rec'];
  const seats = Array.from({ length: services }, (_, index): PaidSeat => {
    const from = begins + index * 86_400_000;
    const length = kind.minutes + (index === services - 1 ? overMinutes : 0);
    const startsAt = new Date(from).toISOString();
    return {
      service: {
        id: String(index),
        kind: kind.kind,
        day: startsAt.slice(0, 10),
        startsAt,
        endsAt: new Date(from + length * 60_000).toISOString(),
        startedAt: null,
        endedAt: null,
        cancelledAt: null,
      },
      needId: 'example',
      principal,
      skill: 'fl',
      doubles: playing.slice(1, 1 + doubles),
      byRoster: false,
      status: 'present',
      minutes: 0,
    };
  });
  const lines = reckon(terms, seats);
  return { lines, totalMinor: sumOf(lines) };
}

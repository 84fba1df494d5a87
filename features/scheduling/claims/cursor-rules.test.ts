import { describe, expect, it } from 'vitest';
import type { ClaimSpan } from './board-rules.ts';
import type { Claim } from './contract.ts';
import { neighbour, spotAt, type CursorSpot } from './cursor-rules.ts';
import { zoomLevels } from './timeline-clock-rules.ts';
import { trackOf } from './timeline-rules.ts';

const day = 86_400_000;
const zone = 'UTC';
const base = Date.parse('2026-05-01T00:00:00Z');
const claim: Claim = {
  id: '',
  resourceId: 'hall',
  engagementId: null,
  engagementTitle: null,
  groupId: 'g',
  status: 'pencil',
  startsAt: '',
  endsAt: '',
  zone,
  rank: null,
  units: 1,
  expiresAt: null,
  note: '',
  challenge: null,
  inquiryId: null,
  version: 1,
  createdAt: '',
  updatedAt: '',
};
const span = (id: string, from: number, to: number): ClaimSpan => ({
  id,
  start: base + from * day,
  end: base + to * day,
  claim: { ...claim, id },
});
const ground = { track: trackOf([span('a', 1, 3), span('b', 2, 3), span('c', 5, 6)]), level: zoomLevels.week, zone };

const name = (spot: CursorSpot) => spot.claimId ?? `free ${(spot.start - base) / day}`;

describe('the keyboard on a row', () => {
  it('passes every claim once and stops at each free day between, both ways', () => {
    const walk = (from: CursorSpot, direction: 1 | -1, steps: number) => {
      const names = [name(from)];
      let spot = from;
      for (let step = 0; step < steps; step += 1) {
        spot = neighbour(spot, direction, ground);
        names.push(name(spot));
      }
      return names;
    };
    expect(walk(spotAt(base, ground), 1, 7)).toEqual(['free 0', 'a', 'b', 'free 3', 'free 4', 'c', 'free 6', 'free 7']);
    expect(walk(spotAt(base + 6 * day, ground), -1, 7)).toEqual([
      'free 6',
      'c',
      'free 4',
      'free 3',
      'b',
      'a',
      'free 0',
      'free -1',
    ]);
  });

  it('lands on the claim at a time, in hours too', () => {
    expect(name(spotAt(base + 2.5 * day, ground))).toBe('a');
    const hours = { ...ground, level: zoomLevels.day };
    const free = spotAt(base + 3 * day + 4.5 * 3_600_000, hours);
    expect([free.start, free.end].map((at) => (at - base - 3 * day) / 3_600_000)).toEqual([3, 6]);
  });
});

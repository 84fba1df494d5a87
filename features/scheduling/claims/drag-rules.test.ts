import { describe, expect, it } from 'vitest';
import type { Claim } from './contract.ts';
import { beginDrag, dragTo, isChange, nudge } from './drag-rules.ts';
import { zoomLevels } from './timeline-clock-rules.ts';

const zone = 'America/New_York';
const at = (text: string) => Date.parse(text);
const claim: Claim = {
  id: 'a',
  resourceId: 'hall',
  engagementId: null,
  engagementTitle: null,
  groupId: 'a',
  status: 'hold',
  startsAt: '2026-03-07T00:30:00.000Z',
  endsAt: '2026-03-07T03:00:00.000Z',
  zone,
  rank: 1,
  units: 1,
  expiresAt: null,
  note: '',
  challenge: null,
  inquiryId: null,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const span = { id: 'a', start: at(claim.startsAt), end: at(claim.endsAt), claim };
const day = 86_400_000;

describe('dragging', () => {
  it('marks out whole days in either direction when zoomed out', () => {
    const from = { row: 2, time: at('2026-03-10T15:00:00Z') };
    const drag = dragTo(
      beginDrag(null, from, zoomLevels.week, zone),
      { row: 5, time: from.time - 2 * day },
      zoomLevels.week,
      zone,
    );
    expect([drag.row, drag.start, drag.end]).toEqual([2, at('2026-03-08T05:00:00Z'), at('2026-03-11T04:00:00Z')]);
  });

  it('marks out at least a step', () => {
    const drag = beginDrag(null, { row: 0, time: at('2026-03-10T15:07:00Z') }, zoomLevels.hour, zone);
    expect(drag.end - drag.start).toBe(15 * 60_000);
  });

  it('moves a claim over the change of clocks to another row, keeping its wall clock', () => {
    const from = { row: 1, time: span.start };
    const drag = dragTo(
      beginDrag({ span, part: 'body' }, from, zoomLevels.week, zone),
      { row: 3, time: span.start + 4 * day },
      zoomLevels.week,
      zone,
    );
    expect(new Date(drag.start).toISOString()).toBe('2026-03-10T23:30:00.000Z');
    expect(drag.row).toBe(3);
    expect(isChange(drag)).toBe(true);
  });

  it('resizes in its own row only', () => {
    const from = { row: 1, time: span.end };
    const drag = dragTo(
      beginDrag({ span, part: 'end' }, from, zoomLevels.hour, zone),
      { row: 3, time: span.end + 3_600_000 },
      zoomLevels.hour,
      zone,
    );
    expect([drag.row, drag.start, drag.end]).toEqual([1, span.start, span.end + 3_600_000]);
  });

  it('is no change when it comes back', () => {
    const from = { row: 1, time: span.start };
    const begun = beginDrag({ span, part: 'body' }, from, zoomLevels.day, zone);
    expect(isChange(dragTo(begun, { row: 1, time: span.start + 60_000 }, zoomLevels.day, zone))).toBe(false);
  });

  it('goes by steps and rows with keys, and stays on the board', () => {
    const begun = beginDrag({ span, part: 'body' }, { row: 1, time: span.start }, zoomLevels.week, zone);
    const moved = nudge(
      nudge(begun, { steps: 1, rows: 0, resize: false }, zoomLevels.week, 4),
      { steps: 0, rows: 9, resize: false },
      zoomLevels.week,
      4,
    );
    expect([moved.row, moved.start]).toEqual([4, span.start + day]);
    expect(nudge(begun, { steps: -1, rows: 0, resize: true }, zoomLevels.week, 4)).toBe(begun);
  });
});

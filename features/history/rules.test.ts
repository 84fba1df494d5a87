import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownSides, stateAt, type RowThen, type Step } from './rules.ts';

test('fields by their API names, without what is derived, secret or no news', () => {
  const row = {
    org_id: 'o',
    id: 'i',
    span: '[a,b)',
    exclusive: true,
    version: 2,
    updated_at: 'x',
    token_hash: 'secret',
    url: 'https://secret',
    content: 'BEGIN',
    starts_at: '2026-05-01T19:30:00+02:00',
    ends_at: '2026-05-01T18:00:00.5+00:00',
    title: '2026-05-01',
    rank: 1,
  };
  const shown = {
    startsAt: '2026-05-01T17:30:00.000Z',
    endsAt: '2026-05-01T18:00:00.500Z',
    title: '2026-05-01',
    rank: 1,
  };
  expect(shownSides(null, row)).toEqual({ before: null, after: shown, hidden: [] });
});

test('what the reader may not see is left out of both sides, and said to be', () => {
  const sides = shownSides({ rate_minor: 1, name: 'A' }, { rate_minor: 2, name: 'B' }, (column) => column === 'name');
  expect(sides).toEqual({ before: { name: 'A' }, after: { name: 'B' }, hidden: ['rateMinor'] });
});

type Command = { do: 'insert' | 'delete' } | { do: 'update'; column: 'a' | 'b' | 'c'; value: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant({ do: 'insert' as const }),
  fc.constant({ do: 'delete' as const }),
  fc.record({ do: fc.constant('update' as const), column: fc.constantFrom('a', 'b', 'c'), value: fc.integer() }),
);

test('any sequence of changes, any instant: what is rebuilt is the snapshot that was taken then', () => {
  const timed = fc.array(fc.tuple(command, fc.integer({ min: 0, max: 3 })), { maxLength: 40 });
  fc.assert(
    fc.property(timed, fc.integer({ min: -1, max: 130 }), (commands, asked) => {
      const instant = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString();
      const steps: Step[] = [];
      const snapshots: { at: number; row: RowThen | null }[] = [];
      let row: RowThen | null = null;
      let now = 0;
      for (const [one, pause] of commands) {
        now += pause;
        const before: RowThen | null = row;
        if (one.do === 'insert' && !row) row = { a: 0, b: null };
        else if (one.do === 'delete') row = null;
        else if (one.do === 'update' && row) row = Object.assign({}, row, { [one.column]: one.value });
        if (row === before) continue;
        const operation = before === null ? 'insert' : row === null ? 'delete' : 'update';
        const after = one.do === 'update' ? { [one.column]: one.value } : row;
        steps.push({ operation, before, after, at: instant(now) });
        snapshots.push({ at: now, row });
      }
      const expected = snapshots.findLast(({ at }) => at <= asked)?.row ?? null;
      expect(stateAt(steps, instant(asked))).toEqual(expected);
    }),
  );
});

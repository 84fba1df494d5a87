import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asPlanned, asPlayed, lengthText, readLength, runningTime, slotWords } from './rules.ts';

const entries = fc.array(
  fc.record({
    lasts: fc.option(fc.integer({ min: 1, max: 36_000 })),
    planned: fc.boolean(),
    played: fc.constantFrom('played', 'skipped', null),
  }),
  { maxLength: 40 },
);

test('a length is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36_000 }), (seconds) => {
      expect(readLength(lengthText(seconds))).toBe(seconds);
    }),
  );
  expect(['4', '3:05', ' 1:02:10 '].map(readLength)).toEqual([240, 185, 3730]);
  expect(['', '0', '3:60', '1:60:00', 'x', '3:', '-1', '11:00:00', '1:2:3:4'].map(readLength)).toEqual(
    Array.from({ length: 9 }, () => null),
  );
});

test('the running time of parts is that of the whole, whatever is unknown', () => {
  fc.assert(
    fc.property(entries, fc.nat(40), (list, at) => {
      const [one, two, whole] = [list.slice(0, at), list.slice(at), list].map(runningTime);
      expect((one?.seconds ?? 0) + (two?.seconds ?? 0)).toBe(whole?.seconds);
      expect((one?.unknown ?? 0) + (two?.unknown ?? 0)).toBe(whole?.unknown);
    }),
  );
});

test('what was skipped or never came is not played; until somebody says, the plan holds', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const played = asPlayed(list);
      const said = list.some((one) => one.played !== null);
      expect(played).toEqual(said ? list.filter((one) => one.played === 'played') : asPlanned(list));
      expect(asPlanned(list).every(({ planned }) => planned)).toBe(true);
    }),
  );
});

test('a set against its slot', () => {
  const set = { seconds: 2_650, unknown: 0 };
  expect(slotWords(set, null)).toBeNull();
  expect(slotWords(set, 45)).toEqual({ text: '0:50 left', over: false });
  expect(slotWords(set, 40)).toEqual({ text: '4:10 over', over: true });
  expect(slotWords({ seconds: 2_700, unknown: 0 }, 45)).toEqual({ text: 'to the second', over: false });
});

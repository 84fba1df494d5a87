import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPastedGuests } from './paste-rules.ts';

const one = (line: string) => {
  const { guests, problems } = readPastedGuests(line);
  expect(problems).toEqual([]);
  expect(guests).toHaveLength(1);
  return guests[0];
};

test('names as people paste them', () => {
  expect(one('Anna Berg')).toEqual({ firstName: 'Anna', lastName: 'Berg', plus: 0, email: null, note: '' });
  expect(one('Anna Berg +1')).toMatchObject({ firstName: 'Anna', lastName: 'Berg', plus: 1 });
  expect(one('  3. Berg, Anna  + 2 (press) ')).toMatchObject({
    firstName: 'Anna',
    lastName: 'Berg',
    plus: 2,
    note: 'press',
  });
  expect(one('• Ludwig van den Berg plus one')).toMatchObject({
    firstName: 'Ludwig',
    lastName: 'van den Berg',
    plus: 1,
  });
  expect(one('Anna\tBerg\t2\tanna@example.com')).toMatchObject({
    firstName: 'Anna',
    lastName: 'Berg',
    plus: 2,
    email: 'anna@example.com',
  });
  expect(one('Anna;Berg;;ANNA@example.com')).toMatchObject({ lastName: 'Berg', plus: 0, email: 'anna@example.com' });
  expect(one('Anna Berg <anna@example.com>')).toMatchObject({ lastName: 'Berg', email: 'anna@example.com' });
  expect(one('Prince')).toMatchObject({ firstName: '', lastName: 'Prince' });
  expect(one('Mary-Jane O’Neill-Smith')).toMatchObject({ firstName: 'Mary-Jane', lastName: 'O’Neill-Smith' });
});

test('a list keeps its lines apart and says which can’t be read', () => {
  const { guests, problems } = readPastedGuests('Anna Berg\r\n\r\n+2\nBo Li +99\nCy Po');
  expect(guests.map(({ lastName }) => lastName)).toEqual(['Berg', 'Po']);
  expect(problems.map(({ line }) => line)).toEqual([3, 4]);
});

test('whatever is pasted, what comes out may be sent', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 })), (lines) => {
      const { guests, problems } = readPastedGuests(lines.join('\n'));
      expect(guests.length + problems.length).toBeLessThanOrEqual(
        lines.flatMap((line) => line.split(/\r\n?|\n/)).length,
      );
      for (const { firstName, lastName, plus } of guests) {
        expect(lastName).not.toBe('');
        expect(plus).toBeGreaterThanOrEqual(0);
        expect(plus).toBeLessThanOrEqual(50);
        expect(`${firstName}${lastName}`).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

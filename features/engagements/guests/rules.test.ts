import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSamePress, bySurname, fullWords, listName, standTwice } from './rules.ts';

const guests = fc.array(
  fc.record({
    id: fc.uuid(),
    firstName: fc.constantFrom('Anna', 'anna', 'Ånna', 'Bo', ''),
    lastName: fc.constantFrom('Berg', 'berg ', 'Bérg', 'Li'),
    email: fc.constantFrom(null, 'a@example.com', 'A@example.com', 'b@example.com'),
    state: fc.constantFrom('requested', 'approved', 'declined'),
  }),
  { maxLength: 12 },
);

test('a guest stands twice when another has their name or address, and both count', () => {
  const folded = (name: string) => name.trim().toLowerCase().replace('å', 'a').replace('é', 'e');
  fc.assert(
    fc.property(guests, (list) => {
      const twice = standTwice(list);
      for (const one of list) {
        const other = list.some(
          (each) =>
            each.id !== one.id &&
            each.state !== 'declined' &&
            ((folded(each.firstName) === folded(one.firstName) && folded(each.lastName) === folded(one.lastName)) ||
              (each.email !== null && each.email.toLowerCase() === one.email?.toLowerCase())),
        );
        expect(twice.has(one.id)).toBe(one.state !== 'declined' && other);
      }
    }),
  );
});

test('the door finds people by surname, whatever its accents', () => {
  const named = (lastName: string, firstName = 'A') => ({ id: lastName + firstName, firstName, lastName });
  const sorted = [named('Zorn'), named('Ångström'), named('berg', 'B'), named('Berg', 'A'), named('Abel')].sort(
    bySurname,
  );
  expect(sorted.map(listName)).toEqual(['Abel, A', 'Ångström, A', 'Berg, A', 'berg, B', 'Zorn, A']);
});

test('a full allotment says what is left', () => {
  expect(fullWords({ name: 'Artist', places: 10, approved: 8 }, 3)).toContain('10 places and 2 are left; this takes 3');
  expect(fullWords({ name: 'Artist', places: 1, approved: 1 }, 1)).toContain('1 place and none is left');
});

test('two presses of one thumb are one', () => {
  expect([isSamePress(-Infinity, 0), isSamePress(1_000, 1_250), isSamePress(1_000, 1_600)]).toEqual([
    false,
    true,
    false,
  ]);
});

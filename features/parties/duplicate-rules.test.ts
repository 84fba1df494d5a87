import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findAlike,
  findDuplicates,
  namePieces,
  nameWords,
  pairKey,
  similarity,
  type Comparable,
} from './duplicate-rules.ts';

const party = (id: string, fields: Partial<Comparable>): Comparable => ({
  id,
  kind: 'person',
  name: `Nobody ${id} Known`,
  email: null,
  phone: null,
  ...fields,
});

test('by address, number and name; each pair once, the surest first, with all that they share', () => {
  const found = findDuplicates(
    [
      party('a', { name: 'Ann Lee', email: 'ann@example.com', phone: '+49 30 123 4567' }),
      party('b', { name: 'Lee, Ann', email: 'ANN@example.com' }),
      party('c', { name: 'Bo Xu', phone: '030/1234567' }),
      party('d', { name: 'Katharina Sommerfeld' }),
      party('e', { name: 'Catharina Sommerfeld' }),
      party('f', { name: 'Live Nation GmbH', kind: 'company' }),
      party('g', { name: 'LiveNation', kind: 'company' }),
    ],
    new Set(),
  );
  expect(found).toEqual([
    { first: 'a', second: 'b', reasons: ['email', 'name'] },
    { first: 'f', second: 'g', reasons: ['name'] },
    { first: 'a', second: 'c', reasons: ['phone'] },
    { first: 'd', second: 'e', reasons: ['near_name'] },
  ]);
});

test('kinds aren’t mixed, short names aren’t near, and who is said to be different stays so', () => {
  const same = { email: 'desk@example.com' };
  const numbered = { phone: '112' };
  expect(findDuplicates([party('a', same), party('b', { ...same, kind: 'company' })], new Set())).toEqual([]);
  expect(findDuplicates([party('a', { name: 'Bo Li' }), party('b', { name: 'Bo Lu' })], new Set())).toEqual([]);
  expect(findDuplicates([party('a', { ...same, name: 'Xi' }), party('b', same)], new Set([pairKey('b', 'a')]))).toEqual(
    [],
  );
  expect(findDuplicates([party('a', { ...numbered, name: 'Xi' }), party('b', numbered)], new Set())).toEqual([]);
});

test('one that is being made finds what the list would show once it is made, and its letters find their names', () => {
  const words = fc.constantFrom(
    'Ann',
    'Lee',
    'Müller',
    'Mueller',
    'Live',
    'Nation',
    'LiveNation',
    'Katharina',
    'Catharina',
    'Bo',
    'GmbH',
  );
  const contact = fc.record({
    kind: fc.constantFrom('person', 'company'),
    name: fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
    email: fc.constantFrom(null, 'a@example.com', 'A@example.com', 'b@example.com'),
    phone: fc.constantFrom(null, '+49 30 1234567', '030 1234567', '7654321'),
  });
  fc.assert(
    fc.property(contact, fc.array(contact, { maxLength: 12 }), (made, others) => {
      const all = others.map((other, index) => ({ id: `o${index}`, ...other }));
      const pairs = findDuplicates([{ id: 'made', ...made }, ...all], new Set()).filter(
        ({ first }) => first === 'made',
      );
      expect(findAlike(made, all)).toEqual(pairs.map(({ second, reasons }) => ({ id: second, reasons })));
      for (const { id, reasons } of findAlike(made, all)) {
        const letters = nameWords(all.find((other) => other.id === id)?.name ?? '').join('');
        const reached = reasons.includes('email') || reasons.includes('phone');
        expect(reached || namePieces(made.name).some((piece) => letters.includes(piece))).toBe(true);
      }
    }),
  );
});

test('a short first name finds a surname that is spelt otherwise, whichever stands first', () => {
  const made = { kind: 'person' as const, name: 'Bo Müller', email: null, phone: null };
  expect(findAlike(made, [party('a', { name: 'Mueller, Bo' })])).toEqual([{ id: 'a', reasons: ['near_name'] }]);
  expect(namePieces(made.name)).toContain('bo');
});

test('what a name says besides its law and its dots', () => {
  expect(nameWords('The Müller & Söhne G.m.b.H.')).toEqual(['muller', 'sohne']);
  expect(nameWords('Groß e.V.')).toEqual(['gross']);
  expect(nameWords('The Who')).toEqual(['who']);
  expect(nameWords('The The')).toEqual(['the', 'the']);
});

test('similarity is the same both ways, 1 for the same only', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(similarity(a, b)).toBe(similarity(b, a));
      expect(similarity(a, b) === 1).toBe(a === b);
      expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
    }),
  );
  expect(similarity('smith', 'smyth')).toBe(0.8);
});

test('what it finds is what comparing everybody with everybody finds', () => {
  const some = fc.constantFrom(
    'Anna Bergmann',
    'Anne Bergmann',
    'Bergmann, Anna',
    'Zoe Lindqvist',
    'Zoé Lindquist',
    'Max',
  );
  const mail = fc.option(fc.constantFrom('a@example.com', 'b@example.com'));
  const phone = fc.option(fc.constantFrom('+49 89 555 123', '089 555123', '555 123 777'));
  fc.assert(
    fc.property(fc.array(fc.tuple(some, mail, phone), { maxLength: 12 }), (rows) => {
      const all = rows.map(([name, email, number], index) =>
        party(String(index).padStart(2, '0'), { name, email, phone: number }),
      );
      const found = new Set(findDuplicates(all, new Set()).map(({ first, second }) => pairKey(first, second)));
      for (const [index, a] of all.entries())
        for (const b of all.slice(index + 1)) {
          // Two alone always meet.
          const alone = findDuplicates([a, b], new Set()).length > 0;
          expect(found.has(pairKey(a.id, b.id))).toBe(alone);
        }
    }),
  );
});

test('ten thousand contacts aren’t compared each with each', () => {
  const words = ['Blue', 'Silver', 'North', 'Harbour', 'Velvet', 'Union', 'Garden', 'Signal'];
  const all = Array.from({ length: 10_000 }, (_, index) =>
    party(`p${index}`, {
      name: `${words[index % 8]} ${(index * 7919) % 10_007} Music ${index}`,
      email: `p${index}@x.example`,
    }),
  );
  // By the processor's clock, which a busy machine doesn't stretch: a second of it alone, ten for each with each.
  const before = process.threadCpuUsage();
  findDuplicates(all, new Set());
  expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(3);
});

test('long names of many words, as only a program writes them, take no time', () => {
  const word = (n: number) => `w${(n % 997).toString(36)}x${n % 7}`;
  const long = Array.from({ length: 2_000 }, (_, at) =>
    party(String(at), { name: Array.from({ length: 33 }, (__, n) => word(at * 31 + n * n * 17)).join(' ') }),
  );
  const began = performance.now();
  findDuplicates(long, new Set());
  expect(performance.now() - began).toBeLessThan(6_000);
});

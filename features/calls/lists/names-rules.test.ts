import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPeople, readPeople } from './names-rules.ts';

const known = [
  { id: 'ada', name: 'Ada Lo', email: 'ada@example.com', archived: false },
  { id: 'bo', name: 'Bø Ék', email: null, archived: false },
  { id: 'cy1', name: 'Cy Wu', email: 'cy@example.com', archived: false },
  { id: 'cy2', name: 'Cy Wu', email: null, archived: false },
  { id: 'di', name: 'Di Xu', email: null, archived: true },
  { id: 'ed1', name: 'Ed Yi', email: null, archived: true },
  { id: 'ed2', name: 'Ed Yi', email: null, archived: false },
];
const found = (content: string) => findPeople(readPeople(content), known);
const ids = (content: string) => found(content).people.map(({ resourceId }) => resourceId);

test('one person a line, numbered or not, by name or by address', () => {
  expect(ids('1. Ada Lo\n2) bø ék\n\n3\tcy@example.com')).toEqual(['ada', 'bo', 'cy1']);
  expect(ids('Ada Lo <ada@example.com>, \r\nEk, Bø')).toEqual(['ada', 'bo']);
  expect(ids('• Ada Lo; ada@example.com')).toEqual(['ada']);
  expect(ids('ed yi')).toEqual(['ed2']);
});

test('a table with headings, notes included', () => {
  const { people, problems } = found(
    'Musician;E-Mail;Note\nSomebody else;ada@example.com;"Only romantic; please"\nBø Ék;;',
  );
  expect(problems).toEqual([]);
  expect(people).toEqual([
    { line: 2, resourceId: 'ada', name: 'Ada Lo', note: 'Only romantic; please' },
    { line: 3, resourceId: 'bo', name: 'Bø Ék', note: '' },
  ]);
});

test('whom a line can’t mean is a problem of that line', () => {
  const { people, problems } = found('Ada Lo\nCy Wu\nDi Xu\nNobody Known\nada@example.com\nAda Lo <other@example.com>');
  expect(people.map(({ resourceId }) => resourceId)).toEqual(['ada']);
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '2 2 people are called “Cy Wu”. Write the e-mail address beside the name.',
    '3 Di Xu is archived. Take them back into use first.',
    '4 Nobody is called “Nobody Known”. Add them to your people first, or mend the name.',
    '5 Ada Lo stands on line 1 already. Keep one of the two.',
    '6 Nobody is called “Ada Lo”. Add them to your people first, or mend the name.',
  ]);
});

test('whatever is pasted, nobody is found twice and every line is found or a problem', () => {
  const line = fc.oneof(
    fc.constantFrom(...known.map(({ name }) => name), 'ada@example.com', ''),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const content = `x\n${lines.map((text) => text.replace(/[\r\n]/g, ' ')).join('\n')}`;
      const written = readPeople(content);
      const { people, problems } = findPeople(written, known);
      expect(people.length + problems.length).toBe(written.length);
      expect(new Set(people.map(({ resourceId }) => resourceId)).size).toBe(people.length);
    }),
  );
});

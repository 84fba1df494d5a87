import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { builtInFields } from './built-in-rules.ts';
import { detailField } from './contract.ts';
import { keyFor, valueFault } from './rules.ts';

test.each(packNames)(
  '%s: the built-in fields are such as an organisation may write, some of them the team’s only',
  (pack) => {
    const fields = builtInFields[pack];
    for (const field of fields) expect(detailField.parse(field)).toEqual(field);
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
    expect(fields.length).toBeGreaterThanOrEqual(6);
    expect(fields.some(({ shared }) => shared) && fields.some(({ shared }) => !shared)).toBe(true);
  },
);

const fits = (kind: Parameters<typeof valueFault>[0]['kind'], value: string, choices: string[] = []) =>
  valueFault({ kind, choices }, value) === null;

test('a value is as its kind has it', () => {
  for (const value of ['0', '1200', '2.5', '-3', '999999999999.9999']) expect(fits('number', value)).toBe(true);
  for (const value of ['', '1,200', '01', '1e3', '.5', 'many', '1.23456', 'Infinity', ' 1'])
    expect(fits('number', value)).toBe(false);
  for (const value of ['2026-05-01', '2028-02-29']) expect(fits('date', value)).toBe(true);
  for (const value of ['2026-02-29', '2026-13-01', '1 May', '2026-5-1', '20260501'])
    expect(fits('date', value)).toBe(false);
  expect(fits('choice', 'Seated', ['Seated', 'Standing'])).toBe(true);
  expect(fits('choice', 'seated', ['Seated', 'Standing'])).toBe(false);
  expect(fits('yes_no', 'yes') && fits('yes_no', 'no')).toBe(true);
  expect(fits('yes_no', 'true')).toBe(false);
  expect(fits('line', 'two\nlines')).toBe(false);
  expect(fits('text', 'two\nlines')).toBe(true);
});

test('whatever a new field is called, its key is one that a field may have and nobody has yet', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Ages', 'ages', '3. Ages!'))),
      (labels) => {
        const taken = new Set<string>();
        for (const label of labels) {
          const key = keyFor(label, taken);
          expect(key).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
          expect(taken.has(key)).toBe(false);
          taken.add(key);
        }
      },
    ),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { answerFaults, keptAnswers, visibleFields } from './answer-rules.ts';
import { draftFaults } from './draft-rules.ts';
import { fieldTypes, makeField, type FormField } from './field-rules.ts';
import { emailPattern } from './value-rules.ts';

const early = '2029-03-01';
const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const options = [
  { key: 'x', label: 'X' },
  { key: 'y', label: 'Y' },
];

/** Forms that could be published, conditions and sections anywhere; and answers of any shape. */
const forms = fc
  .array(
    fc.record({
      type: fc.constantFrom(...fieldTypes),
      required: fc.boolean(),
      on: fc.option(fc.record({ field: fc.nat(7), value: fc.constantFrom('x', 'y', 'yes', 'place-1') })),
    }),
    { minLength: 1, maxLength: keys.length },
  )
  .map((wished) =>
    wished.reduce<FormField[]>((fields, { type, required, on }, index) => {
      const before = on && on.field < index ? fields[on.field] : undefined;
      const fits =
        before &&
        on &&
        { choice_one: ['x', 'y'], choice_many: ['x', 'y'], consent: ['yes'], place: ['place-1'] }[
          String(before.type)
        ]?.includes(on.value);
      const field = makeField(type, keys[index] ?? '', 'Question', {
        required,
        options: type.startsWith('choice') ? options : [],
        placeIds: type === 'place' ? ['place-1'] : [],
        currency: type === 'money' ? 'EUR' : null,
        shownWhen: fits && before && on ? { field: before.key, anyOf: [on.value] } : null,
      });
      return [...fields, field];
    }, []),
  );
const values = fc.oneof(
  fc.constantFrom<unknown>('', 'x', 'y', ['x'], ['x', 'y'], [], true, false, null, 3, 'place-1', 'a@b.example'),
  fc.constantFrom<unknown>({ from: '2029-05-01T10:00', to: '2029-05-01T12:00' }, { minor: 100, currency: 'EUR' }),
  fc.constantFrom<unknown>('2029-05-01', '+49 30 123456'),
  fc.jsonValue({ maxDepth: 2 }),
);
const answers = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'zz'), values);

test('what is hidden is never required, never at fault, and never kept', () => {
  fc.assert(
    fc.property(forms, answers, (fields, given) => {
      const visible = new Set(visibleFields(fields, given).map(({ key }) => key));
      const faults = answerFaults(fields, given, early);
      for (const key of faults.keys()) expect(visible).toContain(key);
      if (faults.size > 0) return;
      const kept = keptAnswers(fields, given);
      for (const key of Object.keys(kept)) expect(visible).toContain(key);
      for (const { key, required, type } of fields)
        if (required && type !== 'section' && visible.has(key)) expect(kept).toHaveProperty(key);
    }),
    { numRuns: 2_000 },
  );
});

test('what is kept is itself without fault, shows the same fields, and is kept alike', () => {
  fc.assert(
    fc.property(forms, answers, (fields, given) => {
      if (answerFaults(fields, given, early).size > 0) return;
      const kept = keptAnswers(fields, given);
      expect(answerFaults(fields, kept, early).size).toBe(0);
      expect(visibleFields(fields, kept)).toEqual(visibleFields(fields, given));
      expect(keptAnswers(fields, kept)).toEqual(kept);
    }),
    { numRuns: 2_000 },
  );
});

test('shown is exactly what conditions and sections let through, counted the slow way', () => {
  fc.assert(
    fc.property(forms, answers, (fields, given) => {
      const shows = (index: number): boolean => {
        const field = fields[index];
        if (!field) return false;
        const section = fields.findLastIndex(({ type }, at) => type === 'section' && at < index);
        if (field.type !== 'section' && section >= 0 && !met(section)) return false;
        return met(index);
      };
      const met = (index: number): boolean => {
        const { shownWhen } = fields[index] ?? {};
        if (!shownWhen) return true;
        const at = fields.findIndex(({ key }) => key === shownWhen.field);
        const value = Object.hasOwn(given, shownWhen.field) ? given[shownWhen.field] : undefined;
        const chosen: unknown[] = Array.isArray(value) ? value : [value === true ? 'yes' : value];
        return shows(at) && chosen.some((one) => shownWhen.anyOf.some((key) => key === one));
      };
      expect(visibleFields(fields, given)).toEqual(fields.filter((_, index) => shows(index)));
    }),
  );
});

const faultOf = (field: FormField, value: unknown) => answerFaults([field], { a: value }, early).get('a');
const one = (type: FormField['type'], more: Partial<FormField> = {}) => makeField(type, 'a', 'Question', more);

test('each kind of field takes what it is for, and says what is wrong', () => {
  const cases: [FormField, unknown, boolean][] = [
    [one('short_text'), ' Ada ', true],
    [one('short_text'), 'Ada\r\nBcc: all@example.com', false],
    [one('short_text'), 'x'.repeat(301), false],
    [one('short_text'), 7, false],
    [one('long_text'), 'Two\nlines', true],
    [one('long_text'), 'NUL \u0000', false],
    [one('email'), 'ada@example.com', true],
    [one('email'), 'ada@example', false],
    [one('email'), 'ada@example.com\nbcc:x@y.zz', false],
    [one('phone'), '+49 (30) 123-45', true],
    [one('phone'), 'call me', false],
    [one('number'), 0.5, true],
    [one('number', { meaning: 'people' }), 0.5, false],
    [one('number', { meaning: 'people' }), 350, true],
    [one('number'), '5', false],
    [one('money', { currency: 'EUR' }), { minor: 250_000, currency: 'EUR' }, true],
    [one('money', { currency: 'EUR' }), { minor: 250_000, currency: 'USD' }, false],
    [one('money', { currency: 'EUR' }), { minor: -1, currency: 'EUR' }, false],
    [one('date'), '2020-02-29', true],
    [one('date'), '2021-02-29', false],
    [one('date', { meaning: 'times' }), '2029-02-28', false],
    [one('times', { meaning: 'times' }), { from: '2029-03-02T20:00', to: '2029-03-03T02:00' }, true],
    [one('times'), { from: '2029-03-02T20:00', to: '2029-03-02T20:00' }, false],
    [one('times'), { from: '2029-03-02T25:00', to: '2029-03-03T02:00' }, false],
    [one('times'), { from: '2029-03-02T20:00', to: '2031-03-03T02:00' }, false],
    [one('choice_one', { options }), 'x', true],
    [one('choice_one', { options }), 'z', false],
    [one('choice_many', { options }), ['x', 'y'], true],
    [one('choice_many', { options }), ['x', 'x'], false],
    [one('place', { placeIds: ['p'] }), 'p', true],
    [one('place', { placeIds: ['p'] }), 'q', false],
    [one('consent'), true, true],
    [one('consent'), 'yes', false],
  ];
  for (const [field, value, right] of cases)
    expect(faultOf(field, value) === undefined, `${field.type} ${JSON.stringify(value)}`).toBe(right);
});

test('an end before the beginning says how to go past midnight', () => {
  const fault = faultOf(one('times'), { from: '2029-03-02T20:00', to: '2029-03-02T01:00' });
  expect(fault).toMatch(/past midnight, choose the next day/);
  expect(faultOf(one('times'), { from: '2029-03-03T20:00', to: '2029-03-02T23:00' })).not.toMatch(/midnight/);
});

test('an address is judged as everywhere else', () => {
  const schema = z.email();
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
      expect(emailPattern.test(text)).toBe(schema.safeParse(text).success);
    }),
  );
});

test('a draft says what keeps it from being published', () => {
  const mail = makeField('email', 'mail', 'E-mail', { meaning: 'email' });
  const faults = (...fields: FormField[]) => draftFaults(fields).map(({ at, what }) => `${at} ${what}`);
  expect(faults(mail)).toEqual([]);
  expect(faults()).toEqual(['null fields']);
  expect(faults(mail, { ...mail, meaning: null })).toEqual(['1 key']);
  expect(faults(mail, one('choice_one'))).toEqual(['1 options']);
  expect(faults(mail, one('place'))).toEqual(['1 placeIds']);
  expect(faults(mail, { ...one('short_text'), label: ' ' })).toEqual(['1 label']);
  expect(faults(mail, one('short_text', { meaning: 'people' }))).toEqual(['1 meaning']);
  const on = (field: string, ...anyOf: string[]) => makeField('short_text', 'b', 'B', { shownWhen: { field, anyOf } });
  const choice = one('choice_one', { options });
  expect(faults(mail, choice, on('a', 'x'))).toEqual([]);
  expect(faults(mail, on('a', 'x'), choice)).toEqual(['1 shownWhen']);
  expect(faults(mail, choice, on('a', 'z'))).toEqual(['2 shownWhen']);
  expect(faults(mail, choice, on('a'))).toEqual(['2 shownWhen']);
  expect(faults(mail, on('mail', 'x'))).toEqual(['1 shownWhen']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from './session.ts';

test('an instant as PostgreSQL writes it becomes what Date would make of it', () => {
  const years = {
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(years), fc.integer({ min: 0, max: 999 }), (date, microseconds) => {
      const iso = date.toISOString();
      const fraction = `${iso.slice(20, 23)}${String(microseconds).padStart(3, '0')}`.replace(/0+$/, '');
      const written = `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction && `.${fraction}`}+00`;
      expect(instantOf(written)).toBe(iso);
    }),
  );
  expect(instantOf('2026-05-01 10:00:00+02')).toBe('2026-05-01T08:00:00.000Z');
  expect(instantOf('10000-01-01 00:00:00+00')).toBe('+010000-01-01T00:00:00.000Z');
  expect(() => instantOf('infinity')).toThrow(RangeError);
});

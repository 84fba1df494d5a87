import { expect, test } from 'vitest';
import { formatAgo } from './format.ts';

test('a distance counts whole days, hours and minutes', () => {
  const now = Date.parse('2026-05-04T09:00:00Z');
  expect(formatAgo('2026-05-06T08:00:00Z', now)).toBe('in 1 day');
  expect(formatAgo('2026-05-02T10:00:00Z', now)).toBe('1 day ago');
  expect(formatAgo('2026-05-04T08:01:00Z', now)).toBe('59 minutes ago');
  expect(formatAgo('2026-05-04T08:59:30Z', now)).toBe('just now');
});

import { expect, test } from 'vitest';
import { isOver, readSheetLink, sheetPath } from './sheet-link.ts';

const secret = 'a secret of thirty-two characters';
const link = { engagementId: 'e', resourceId: 'r', day: '2026-05-14', paper: 'letter' } as const;
const token = (path: string) => path.split('/').at(-1) ?? '';

test('what was signed is read, for the organisation that it was signed for', () => {
  const signed = token(sheetPath(secret, 'org', link));
  expect(readSheetLink(secret, 'org', signed)).toEqual(link);
  for (const [key, org, given] of [
    [secret, 'other', signed],
    ['another secret', 'org', signed],
    [secret, 'org', signed.replace('letter', 'a4')],
    [secret, 'org', ''],
    [secret, 'org', 'x.y'],
  ] as const) {
    expect(() => readSheetLink(key, org, given)).toThrow('was not found');
  }
});

test('a link ends three days after the show day, by the clock of the place', () => {
  const over = (now: string) => isOver(link, 'Europe/Berlin', new Date(now));
  expect(over('2026-05-18T01:59:59Z')).toBe(false);
  expect(over('2026-05-18T02:00:00Z')).toBe(true);
});

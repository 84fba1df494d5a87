import { expect, test } from 'vitest';
import { shownFields } from './rules.ts';

test('fields by their API names, without what is derived, secret or no news', () => {
  const row = {
    org_id: 'o',
    id: 'i',
    span: '[a,b)',
    exclusive: true,
    version: 2,
    updated_at: 'x',
    token_hash: 'secret',
    url: 'https://secret',
    content: 'BEGIN',
    starts_at: '2026-05-01T19:30:00+02:00',
    ends_at: '2026-05-01T18:00:00.5+00:00',
    title: '2026-05-01',
    rank: 1,
  };
  expect(shownFields(row)).toEqual({
    startsAt: '2026-05-01T17:30:00.000Z',
    endsAt: '2026-05-01T18:00:00.500Z',
    title: '2026-05-01',
    rank: 1,
  });
  expect(shownFields(null)).toBeNull();
});

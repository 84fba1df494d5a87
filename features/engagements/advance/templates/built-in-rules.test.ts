import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { advance } from '../contract.ts';
import { sectionsOf } from '../rules.ts';
import { builtInTemplates } from './built-in-rules.ts';

test('each pack has a checklist; shows have one for halls and for festivals, venues for concerts and for hire', () => {
  for (const pack of packNames) {
    const its = builtInTemplates.filter((each) => each.pack === pack);
    expect(its.length, pack).toBeGreaterThanOrEqual(pack === 'touring' || pack === 'venue' ? 2 : 1);
  }
  expect(new Set(builtInTemplates.map(({ key }) => key)).size).toBe(builtInTemplates.length);
});

test('each checklist is whole: what the API would take, in sections, with answers of both sides', () => {
  const accepted = advance.routes.createTemplate.body;
  for (const { key, ...fields } of builtInTemplates) {
    expect(accepted.safeParse(fields).error?.message, key).toBeUndefined();
    expect(key).toMatch(new RegExp(`^${fields.pack}\\.[a-z-]+$`));
    const sections = sectionsOf(fields.items);
    expect(sections.length, key).toBeGreaterThanOrEqual(5);
    // A section is one block: nothing of it stands somewhere else.
    expect(sections.flatMap(({ items }) => items)).toEqual(fields.items);
    for (const { section, items } of sections) expect(items.length, `${key} ${section}`).toBeGreaterThanOrEqual(2);
    expect(fields.items.some(({ side }) => side === 'us')).toBe(true);
    expect(fields.items.some(({ side }) => side === 'them')).toBe(true);
    const titles = fields.items.map(({ title }) => title);
    expect(new Set(titles).size, key).toBe(titles.length);
  }
});

/** What the trades expect in an advance (design/6-trades.md). */
const expected = {
  'touring.club-show':
    'tech-rider hospitality-rider stage-plot input-list power parking labour runner showers wifi catering buy-out merch-split security settlement-contact curfew load-in',
  'touring.festival':
    'stage-plot input-list power parking showers wifi catering merch-split security settlement-contact curfew load-in',
  'venue.concert':
    'tech-rider hospitality-rider stage-plot input-list power parking labour runner showers wifi catering merch-split security settlement-contact curfew load-in',
} as const;

test('nothing that the trade expects is missing', () => {
  for (const [key, ids] of Object.entries(expected)) {
    const has = builtInTemplates.find((each) => each.key === key)?.items.map(({ id }) => id);
    expect(has, key).toEqual(expect.arrayContaining(ids.split(' ')));
  }
});

import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { tasks } from '../contract.ts';
import { builtInTemplates } from './built-in-rules.ts';

test('each pack has lists for several kinds of work, and one of them is applied on confirming', () => {
  for (const pack of packNames) {
    const its = builtInTemplates.filter((each) => each.pack === pack);
    expect(its.length, pack).toBeGreaterThanOrEqual(3);
    expect(its.filter(({ automatic }) => automatic).length, pack).toBe(1);
  }
});

test('each list is whole: what the API would take, from before the day until after it', () => {
  const accepted = tasks.routes.createTemplate.body;
  for (const { key, ...fields } of builtInTemplates) {
    expect(accepted.safeParse(fields).error?.message, key).toBeUndefined();
    expect(key).toMatch(new RegExp(`^${fields.pack}\\.[a-z-]+$`));
    expect(key.length).toBeLessThanOrEqual(60);
    expect(fields.items.length, key).toBeGreaterThanOrEqual(5);
    const days = fields.items.map((item) => (item.days ?? 0) + (item.anchor === 'end' ? 0.5 : 0));
    expect(Math.min(...days), key).toBeLessThan(0);
    expect(Math.max(...days), key).toBeGreaterThan(0);
    expect(
      fields.items.some(({ remindDays }) => remindDays !== null),
      key,
    ).toBe(true);
    const titles = fields.items.map(({ title }) => title);
    expect(new Set(titles).size, key).toBe(titles.length);
  }
});

test('keys are their own', () => {
  expect(new Set(builtInTemplates.map(({ key }) => key)).size).toBe(builtInTemplates.length);
});

import { expect, test } from 'vitest';
import { packNames, packScreens } from './pack.ts';
import { packs } from './packs.ts';

test.each(packNames)('%s: a pipeline that begins open, can be won by confirming, and can be lost', (name) => {
  const { stages, confirmedStage, words, partyRoles, ...pack } = packs[name];
  expect(pack.name).toBe(name);
  const keys = stages.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(stages[0]?.kind).toBe('open');
  expect(stages.find(({ key }) => key === confirmedStage)?.kind).toBe('won');
  expect(stages.find(({ kind }) => kind === 'won')?.key).toBe(confirmedStage);
  expect(stages.map(({ kind }) => kind)).toContain('lost');
  // What happens comes in order: nothing is done before it is won.
  const order = ['open', 'won', 'done', 'lost'];
  const ranks = stages.map(({ kind }) => order.indexOf(kind));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  // What happens is certain, what is lost is not worth anything, and an open one gets likelier on its way.
  for (const { kind, probability } of stages) {
    if (kind === 'open') expect(probability).toBeGreaterThan(0);
    else expect(probability).toBe(kind === 'lost' ? 0 : 100);
  }
  const chances = stages.filter(({ kind }) => kind === 'open').map(({ probability }) => probability);
  expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  for (const { one, many } of Object.values(words)) expect(`${one}${many}`).toMatch(/^[a-z0-9 ]+$/);
  expect(new Set(partyRoles).size).toBe(partyRoles.length);
});

test('every screen is some pack’s, and none has one twice', () => {
  const all = packNames.flatMap((name) => packs[name].screens);
  for (const name of packNames) expect(new Set(packs[name].screens).size).toBe(packs[name].screens.length);
  expect(new Set(all)).toEqual(new Set(packScreens));
});

import { expect, test } from 'vitest';
import { otherSkills, playedSkills, skillNames } from './skill-rules.ts';

test('a skill is known by every name that the instrument has; other words are only themselves', () => {
  expect(skillNames('vn2')).toEqual(expect.arrayContaining(['violin', 'geige', 'violin 1', 'second violin']));
  expect(skillNames('vn1').toSorted()).toEqual(skillNames('vn2').toSorted());
  expect(skillNames('Violin').toSorted()).toEqual(skillNames('vn1').toSorted());
  expect(skillNames('vn1')).not.toContain('viola');
  expect(skillNames('Stagehand')).toEqual(['stagehand']);
});

test('each instrument is offered once; what is none as it is written, once in any case of letters', () => {
  const written = ['Geige', 'Stagehand', 'Violin', 'choir master', 'stagehand', 'vn2', 'violin', 'violin 1'];
  expect(otherSkills(written, true)).toEqual(['Stagehand', 'choir master']);
  expect(playedSkills.filter((name) => /violin|geige/i.test(name))).toEqual(['Violin']);
  expect(new Set(playedSkills.map((name) => name.toLowerCase())).size).toBe(playedSkills.length);
  // Who wrote any of these is found by the name that is offered.
  for (const name of ['Geige', 'vn2', 'violin 1']) expect(skillNames('Violin')).toContain(name.toLowerCase());
  expect(otherSkills(['Bass', 'Violin', 'bass', 'violin'], false)).toEqual(['Bass', 'Violin']);
});

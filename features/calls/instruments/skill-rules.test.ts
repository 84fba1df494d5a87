import { expect, test } from 'vitest';
import { skillNames } from './skill-rules.ts';

test('a skill is known by every name that the instrument has; other words are only themselves', () => {
  expect(skillNames('vn2')).toEqual(expect.arrayContaining(['violin', 'geige', 'violin 1', 'second violin']));
  expect(skillNames('vn1').toSorted()).toEqual(skillNames('vn2').toSorted());
  expect(skillNames('Violin').toSorted()).toEqual(skillNames('vn1').toSorted());
  expect(skillNames('vn1')).not.toContain('viola');
  expect(skillNames('Stagehand')).toEqual(['stagehand']);
});

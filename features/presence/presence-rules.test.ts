import { expect, test } from 'vitest';
import { initialsOf, presentPeople } from './presence-rules.ts';

test('each person stands once, with what they do in any of their windows', () => {
  const ann = { id: '1', name: 'Ann Lee' };
  const ben = { id: '2', name: 'Ben' };
  expect(
    presentPeople([
      { person: ben, state: {} },
      { person: ann, state: { tab: 'Tasks' } },
      { person: ann, state: { tab: 'Files' } },
    ]),
  ).toEqual([
    { id: '1', name: 'Ann Lee', doing: 'at Files and Tasks' },
    { id: '2', name: 'Ben', doing: 'here' },
  ]);
  expect(presentPeople([{ person: ann, state: { tab: 'Notes', doing: 'writing notes' } }])[0]?.doing).toBe(
    'writing notes',
  );
});

test('initials are first letters, whatever the script', () => {
  expect(['Ann Lee', 'ben', 'Zoë van der Ünal', '李 雷', '  ', '👩‍🎤 Band'].map(initialsOf)).toEqual([
    'AL',
    'B',
    'ZÜ',
    '李雷',
    '?',
    '👩‍🎤B',
  ]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionBefore, mentionedIn, withMention } from './mention-rules.ts';

const people = [
  { id: '1', name: 'Ann' },
  { id: '2', name: 'Ann Lee' },
  { id: '3', name: 'Zoë Ünal' },
];

test('an @ at the beginning of a word looks for somebody', () => {
  const at = (text: string) => mentionBefore(text, text.length);
  expect(at('@')).toBe('');
  expect(at('ask @An')).toBe('An');
  expect(at('(@Ann L')).toBe('Ann L');
  expect(at('ann@example')).toBeNull();
  expect(at('@Ann is a good driver')).toBeNull();
  expect(at('no @\nAnn')).toBeNull();
});

test('the longest name that stands there is meant', () => {
  expect(mentionedIn('@Ann Lee and @Zoë Ünal.', people)).toEqual(['2', '3']);
  expect(mentionedIn('@Ann, @Anna, x@Ann', people)).toEqual(['1']);
  expect(mentionedIn('Ann', people)).toEqual([]);
});

test('whoever is chosen is mentioned, wherever the caret was', () => {
  fc.assert(
    fc.property(fc.constantFrom(...people), fc.string(), fc.string(), ({ id, name }, before, after) => {
      const text = `${before.replaceAll('@', '')} @${name.slice(0, 2)}`;
      const tail = after.replaceAll('@', '');
      const next = withMention(`${text} ${tail}`, text.length, name);
      expect(mentionedIn(next.text, people)).toContain(id);
      expect(next.text.slice(0, next.caret).endsWith(`@${name} `)).toBe(true);
    }),
  );
});

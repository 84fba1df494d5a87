import { expect, test } from 'vitest';
import { makeField } from './field-rules.ts';
import { looksLikeSpam, spamPoints } from './spam-rules.ts';
import { venueEvent } from './templates/venue.ts';

const { fields } = venueEvent;
const judge = (said: Record<string, string>) =>
  looksLikeSpam(fields, { name: 'Ada Lo', title: 'Spring gala', ...said });

test('what people write passes: links to their work, telephone numbers, other alphabets, the casino in town', () => {
  for (const message of [
    '',
    'We would love to come. Our music: https://ada.bandcamp.example/album and https://youtu.be/abc',
    'Ring me on +49 30 123456 or come by. Ada',
    'Мы хотели бы провести у вас концерт, около 300 гостей.',
    '結婚式の二次会を開きたいです。',
    'We have played at the casino in Bad Homburg, and it was a great night.',
    'Our agency does SEO for hotels; this is our summer party.',
    'Budget is 2.500 – 3.000 €; 100 % vegetarian, please!',
  ])
    expect(judge({ message }), message).toBe(false);
  expect(judge({ name: 'Jo', company: 'McDonaldHouse Foundation' })).toBe(false);
});

test('what programs write doesn’t', () => {
  for (const message of [
    'Hello, buy [url=https://x.example]cheap[/url]',
    '<a href="https://x.example">click</a>',
    'Rank on the first page of Google: https://seo.example',
    'Earn passive income with bitcoin today',
    'https://a.example https://b.example https://c.example https://d.example',
    'See bit.ly/abc123 for our casino offers',
    'Vіagra and Cialis without prescription, click here',
    'S\u200bEO and back\u200blinks for your site, click here',
  ])
    expect(judge({ message }), message).toBe(true);
  expect(judge({ name: 'Visit https://x.example' })).toBe(true);
  expect(judge({ message: 'hYdKqPwLzRtXv' })).toBe(true);
  expect(judge({ name: 'google', title: 'google', company: 'google', message: 'https://x.example' })).toBe(true);
});

test('words made to be slow to read are read as fast as others', () => {
  const many = Array.from({ length: 24 }, (_, at) => makeField('long_text', `f${at}`, 'Words'));
  for (const words of ['a-', '[b=', '< ', '\u3389-', 'https://', 'www.', '&#']) {
    const value = words.repeat(5_000 / words.length);
    const began = performance.now();
    spamPoints(many, Object.fromEntries(many.map(({ key }) => [key, value])));
    expect(performance.now() - began, words).toBeLessThan(500);
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindNamed, messageKinds } from './kinds.ts';
import { mailHtml, mailText } from './mail-layout.ts';
import { fillBody, fillSubject, placeOf, templateFault } from './template-rules.ts';

const known = ['person.name', 'place'];
const looks = { sender: 'Test Orchestra', subject: 'S', footer: 'F', button: null, unsubscribe: null };
const htmlOf = (body: string, values: Record<string, string>) =>
  mailHtml({ ...looks, paragraphs: fillBody(body, values) });

describe('a wording', () => {
  test('shows values, bold words and links, in HTML and in plain text', () => {
    const body = 'Hello **{{person.name}}**,\r\n\r\nread [the plan](https://example.com/a?b=1&c=2)\nof {{place}}.';
    const paragraphs = fillBody(body, { 'person.name': 'Ann', place: 'Hall' });
    const html = mailHtml({ ...looks, paragraphs });
    expect(html).toContain('<strong>Ann</strong>,');
    expect(html).toContain('href="https://example.com/a?b=1&amp;c=2"');
    expect(html).toContain('</a><br>of Hall.');
    const text = mailText({ ...looks, paragraphs });
    expect(text).toBe(
      'Hello Ann,\n\nread the plan (https://example.com/a?b=1&c=2)\nof Hall.\n\n--\nTest Orchestra\n\nF\n',
    );
  });

  test.each([
    ['Hello {{name}}', 6],
    ['{{person.name}} {{#if}}', 16],
    ['a {{ b', 2],
    ['a }}', 2],
  ])('%s is refused at its place', (text, at) => {
    expect(templateFault(text, known)?.at).toBe(at);
  });

  test('says the line', () => {
    expect(placeOf('a\nbc{{', 4)).toBe('line 2, character 3');
    expect(placeOf('a{{', 1)).toBe('character 2');
  });

  test.each(['javascript:alert(1)', 'http://example.com', 'data:text/html,x', '//example.com', '/o/test'])(
    'a link to %s stays text',
    (target) => expect(htmlOf(`[x](${target})`, {})).not.toContain('<a '),
  );

  test('every built-in one is sound', () => {
    for (const kind of Object.values(messageKinds)) {
      for (const text of [kind.subject, kind.body]) expect(templateFault(text, Object.keys(kind.variables))).toBeNull();
      expect(kindNamed(kind.kind)).toBe(kind);
    }
    expect(kindNamed('constructor')).toBeUndefined();
  });
});

describe('whatever a value holds', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('<script>', '"onx="', '**b**', '[x](https://evil.example)', '{{place}}', 'a\r\nBcc: x@y', '\u2028'),
  );

  test('it is text: no mark-up, no link, no variable comes of it', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const html = htmlOf('Hello {{person.name}}, **{{person.name}}**', { 'person.name': name, place: 'SECRET' });
        const plain = htmlOf('Hello {{person.name}}, **{{person.name}}**', { 'person.name': 'Ann', place: 'SECRET' });
        const tags = (text: string) =>
          [...text.matchAll(/<[^>]*>/g)].map(String).filter((tag) => !/^<(br|\/?strong)>/.test(tag));
        expect(tags(html)).toEqual(tags(plain));
        expect(html).not.toContain('SECRET');
      }),
    );
  });

  test('a subject stays one line', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(fillSubject('For {{person.name}}', { 'person.name': name })).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

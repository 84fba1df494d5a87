import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readDocument, rootName } from './document-rules.ts';
import { isSafeLink } from './limits-rules.ts';
import { applied, documentOf, faultOfUpdate, isBehind } from './update-rules.ts';

/** What one person does with their copy: an edit at a place that is taken by its remainder. */
const edit = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant('type' as const), fc.nat(), fc.string({ minLength: 1, maxLength: 8 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('delete' as const), fc.nat(), fc.constantFrom('1', '2', '5')) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('paragraph' as const), fc.nat(), fc.constant('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('bold' as const), fc.nat(), fc.constantFrom('1', '3')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('remove' as const), fc.nat(), fc.constant('')) },
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function carryOut(doc: Y.Doc, [what, at, detail]: Edit): void {
  const root = doc.getXmlFragment(rootName);
  if (what === 'paragraph' || root.length === 0) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText()]);
    return root.insert(root.length === 0 ? 0 : at % (root.length + 1), [paragraph]);
  }
  if (what === 'remove') return root.delete(at % root.length, 1);
  const paragraph = root.get(at % root.length);
  const text: unknown = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) return;
  const place = text.length === 0 ? 0 : at % text.length;
  const length = Math.min(Number(detail), text.length - place);
  if (what === 'type') text.insert(place, detail);
  if (what === 'delete' && length > 0) text.delete(place, length);
  if (what === 'bold' && length > 0) text.format(place, length, { bold: {} });
}

/** A copy, and what was done to it that nobody else has yet. */
function copy() {
  const doc = new Y.Doc();
  const unsent: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'server' && unsent.push(update));
  return { doc, unsent };
}

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ who: fc.nat(2), edit }) },
    { weight: 3, arbitrary: fc.record({ send: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ fetch: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ putTogether: fc.constant(true) }) },
  ),
  { maxLength: 60 },
);

test('three copies and the server come to the same text, in whatever order they hear of each other', () => {
  fc.assert(
    fc.property(steps, (work) => {
      const copies = [copy(), copy(), copy()] as const;
      let state = Y.encodeStateAsUpdate(new Y.Doc());
      let beside: Uint8Array[] = [];
      const send = (who: number) => {
        const from = copies[who as 0 | 1 | 2];
        if (from.unsent.length === 0) return;
        const update = Y.mergeUpdates(from.unsent.splice(0));
        expect(faultOfUpdate(update)).toBeUndefined();
        const doc = documentOf([state, ...beside]);
        const change = applied(doc, update);
        expect(isBehind(doc)).toBe(false);
        expect(readDocument(doc).fault).toBeUndefined();
        if (change) beside.push(change);
        // An answer that was lost: the same comes once more, and changes nothing.
        expect(applied(doc, update)).toBeUndefined();
      };
      const fetch = (who: number) =>
        Y.applyUpdate(copies[who as 0 | 1 | 2].doc, Y.mergeUpdates([state, ...beside]), 'server');
      for (const step of work) {
        if ('edit' in step) carryOut(copies[step.who as 0 | 1 | 2].doc, step.edit);
        if ('send' in step) send(step.send);
        if ('fetch' in step) fetch(step.fetch);
        if ('putTogether' in step) {
          state = Y.encodeStateAsUpdate(documentOf([state, ...beside]));
          beside = [];
        }
      }
      for (const who of [0, 1, 2]) send(who);
      for (const who of [0, 1, 2]) fetch(who);
      const server = documentOf([state, ...beside]);
      const look = server.getXmlFragment(rootName).toJSON();
      for (const { doc } of copies) {
        expect(doc.getXmlFragment(rootName).toJSON()).toEqual(look);
        expect(readDocument(doc)).toEqual(readDocument(server));
      }
    }),
    { numRuns: 150 },
  );
});

test('random bytes, and updates with bytes changed, are refused or harmless, quickly', () => {
  const doc = new Y.Doc();
  for (let n = 0; n < 20; n++) carryOut(doc, ['type', n, `word ${n}`]);
  const sound = Y.encodeStateAsUpdate(doc);
  const changed = fc
    .array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const bytes = Uint8Array.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), (bytes) => {
      const began = performance.now();
      if (faultOfUpdate(bytes) === undefined) {
        const note = documentOf([sound]);
        try {
          applied(note, bytes);
          readDocument(note);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }
      expect(performance.now() - began).toBeLessThan(500);
    }),
    { numRuns: 2_000 },
  );
});

test('a count without its pieces makes no room', () => {
  // One client, four thousand million pieces, and nothing after it.
  const bytes = Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0);
  const before = process.memoryUsage().heapUsed;
  expect(faultOfUpdate(bytes)).toBe('it is no update of Yjs');
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
});

function noteWith(fill: (root: Y.XmlFragment, doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc();
  fill(doc.getXmlFragment(rootName), doc);
  return doc;
}

function line(text: string, marks: Record<string, unknown> = {}): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  const content = new Y.XmlText();
  paragraph.insert(0, [content]);
  content.insert(0, text, marks);
  return paragraph;
}

test('what no editor makes is found', () => {
  const faulty: [string, (root: Y.XmlFragment, doc: Y.Doc) => void][] = [
    ['“script”', (root) => root.insert(0, [new Y.XmlElement('script')])],
    ['“constructor”', (root) => root.insert(0, [new Y.XmlElement('constructor')])],
    ['the mark “link”', (root) => root.insert(0, [line('x', { link: { href: 'javascript:alert(1)' } })])],
    ['the mark “style”', (root) => root.insert(0, [line('x', { style: { color: 'red' } })])],
    ['something in a line', (root) => root.insert(0, [withEmbed()])],
    ['“onclick” of “paragraph”', (root) => root.insert(0, [withAttribute('onclick', 'alert(1)')])],
    ['lists so deep', (root) => root.insert(0, [nested(60)])],
    ['the part “hidden”', (_, doc) => doc.getText('hidden').insert(0, 'x')],
  ];
  for (const [fault, fill] of faulty) expect(readDocument(noteWith(fill)).fault, fault).toContain(fault);
  const binary = new Y.Doc();
  binary.getMap(rootName).set('a', new Uint8Array(3));
  expect(faultOfUpdate(Y.encodeStateAsUpdate(binary))).toBe('it holds something that is no text');
  const beside = noteWith((_, doc) => doc.getText('hidden').insert(0, 'x'));
  expect(faultOfUpdate(Y.encodeStateAsUpdate(beside))).toBe('it writes beside the text');
});

function withEmbed(): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  const content = new Y.XmlText();
  paragraph.insert(0, [content]);
  content.insertEmbed(0, { image: 'https://example.com/a.png' });
  return paragraph;
}

function withAttribute(name: string, value: string): Y.XmlElement {
  const paragraph = line('x');
  paragraph.setAttribute(name, value);
  return paragraph;
}

function nested(depth: number): Y.XmlElement {
  const quote = new Y.XmlElement('blockquote');
  quote.insert(0, [depth === 0 ? line('x') : nested(depth - 1)]);
  return quote;
}

test('words are those that people read', () => {
  const doc = noteWith((root) => {
    const heading = new Y.XmlElement('heading');
    heading.insert(0, [new Y.XmlText('Dinner')]);
    const list = new Y.XmlElement('bulletList');
    const items = ['20 hot meals', 'no nuts'].map((each) => {
      const item = new Y.XmlElement('listItem');
      item.insert(0, [line(each)]);
      return item;
    });
    list.insert(0, items);
    const mention = new Y.XmlElement('mention');
    mention.setAttribute('id', '3f0e');
    mention.setAttribute('label', 'Ann');
    const asked = new Y.XmlElement('paragraph');
    asked.insert(0, [new Y.XmlText('Ask '), mention]);
    root.insert(0, [heading, list, asked, line('Menu', { bold: {}, link: { href: 'https://example.com/' } })]);
  });
  expect(readDocument(doc)).toEqual({
    full: false,
    words: 'Dinner\n20 hot meals\nno nuts\nAsk @Ann\nMenu',
    mentioned: ['3f0e'],
  });
});

test('links lead to pages and mailboxes only', () => {
  expect(['https://a.b', 'http://a.b', 'mailto:a@b.c'].map(isSafeLink)).toEqual([true, true, true]);
  const others = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    '/relative',
    '',
    'JaVaScRiPt:x',
    'vbscript:x',
  ];
  expect(others.filter(isSafeLink)).toEqual([]);
});

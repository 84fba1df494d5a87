import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNames } from '#features/organisations/packs/pack.ts';
import { contracts } from './contract.ts';
import { exampleValues, variableNames } from './contract-variables.ts';
import { blank, bodyFault, piecesOf, variablesIn, withBlanks, type Lines, type Piece } from './markup-rules.ts';
import { builtInContracts } from './templates/built-in-rules.ts';

const textOf = (lines: Lines) => lines.map((runs) => runs.map(({ text }) => text).join('')).join('\n');
const shown = (piece: Piece): string => {
  if (piece.kind === 'page') return '---';
  if (piece.kind === 'list') return piece.items.map((item) => `- ${textOf(item)}`).join('\n');
  if (piece.kind === 'signatures') return piece.labels.map((label) => `[${textOf(label)}]`).join('');
  return `${piece.kind === 'clause' ? `${piece.number} ` : ''}${textOf(piece.lines)}`;
};
const read = (body: string, values = {}) => piecesOf(body, values).map((piece) => `${piece.kind}: ${shown(piece)}`);

test('the markup is one of lines, and clauses are counted', () => {
  const body = `# A {{what}}
between both

## Terms
7. **First.** It goes on
in the next line.
7.1. A part
7.9 Another
1. Second

- one
- two
  goes on
---
[sign: Us; {{who}}]
[sign]
# `;
  expect(read(body, { what: 'deal', who: 'Vera' })).toEqual([
    'title: A deal',
    'paragraph: between both',
    'heading: Terms',
    'clause: 1. First. It goes on\nin the next line.',
    'clause: 1.1 A part',
    'clause: 1.2 Another',
    'clause: 2. Second',
    'list: - one\n- two\ngoes on',
    'page: ---',
    'signatures: [Us][Vera]',
    'paragraph: [sign]\n#',
  ]);
  const [, , , first] = piecesOf(body, {});
  expect(first?.kind === 'clause' && first.lines[0]?.[0]).toEqual({ text: 'First.', bold: true });
});

test('marks in values are text: nobody’s name becomes a heading, a page, or a place to sign', () => {
  for (const value of ['# Title', '---', '1. Pay twice', '[sign: Somebody]', '**bold**', '{{today}}', 'a\n\n# b']) {
    const pieces = piecesOf('{{party.name}}', { 'party.name': value });
    expect(pieces.map(({ kind }) => kind)).toEqual(['paragraph']);
    expect(pieces.flatMap((piece) => ('lines' in piece ? piece.lines.flat() : [])).some(({ bold }) => bold)).toBe(
      false,
    );
  }
});

test('whatever is written is read, each word once, and the same again', () => {
  const line = fc.oneof(
    fc.constantFrom('', '---', '# T', '## H', '1. c', '1.1. p', '- i', 'text', '[sign: a; b]', '**b**', '{{today}}'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const body = lines.join('\n');
      const values = { today: 'now' };
      const pieces = piecesOf(body, values);
      expect(piecesOf(body, values)).toEqual(pieces);
      const numbers = pieces.flatMap((piece) => (piece.kind === 'clause' ? [piece.number] : []));
      expect(new Set(numbers).size).toBe(numbers.length);
    }),
  );
});

test('a part before any clause is a clause, so that no number stands twice', () => {
  expect(read('1.1. a\n1. b\n1.1. c')).toEqual(['clause: 1. a', 'clause: 2. b', 'clause: 2.1 c']);
});

test('unknown variables are refused with their place, and braces that open none', () => {
  expect(bodyFault('All {{today}} is well', variableNames)).toBeNull();
  expect(bodyFault('One\n\nTwo {{party.shoe}}', variableNames)).toBe(
    'At line 3, character 5: There is no {{party.shoe}}. Take one from the list of variables.',
  );
  expect(bodyFault('One {{today', variableNames)).toContain('character 5');
  expect(bodyFault('{{#if today}}x{{/if}}', variableNames)).toContain('There is no {{#if today}}');
});

test('what is missing is listed once, and leaves room for a pen', () => {
  const body = '{{today}} {{party.name}} {{party.name}} {{ party.phone }}';
  const { values, missing } = withBlanks(body, { today: 'Monday', 'party.name': '  ' });
  expect(missing).toEqual(['party.name', 'party.phone']);
  expect(read(body, values)).toEqual([`paragraph: Monday ${blank} ${blank} ${blank}`]);
});

test('there is a wording for each pack: whole, with a title, clauses and places to sign, of known variables', () => {
  expect(builtInContracts.map(({ pack }) => pack).toSorted()).toEqual([...packNames].toSorted());
  for (const { key, ...fields } of builtInContracts) {
    expect(contracts.routes.createTemplate.body.safeParse(fields).error?.message, key).toBeUndefined();
    expect(bodyFault(fields.body, variableNames), key).toBeNull();
    const kinds = piecesOf(fields.body, exampleValues).map(({ kind }) => kind);
    expect(kinds[0], key).toBe('title');
    expect(kinds.at(-1), key).toBe('signatures');
    expect(kinds.filter((kind) => kind === 'clause').length, key).toBeGreaterThanOrEqual(8);
    expect(variablesIn(fields.body), key).toEqual(
      expect.arrayContaining(['organisation.name', 'party.name', 'engagement.title', 'engagement.value', 'today']),
    );
  }
});

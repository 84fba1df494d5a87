import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFormula } from './formula-rules.ts';
import { formatFormula } from './formula-text-rules.ts';
import { instrumentCodes, instrumentOf, instruments, readInstrument, scoreOrder } from './instrument-rules.ts';

function needs(text: string, strings?: readonly number[]) {
  const read = parseFormula(text, strings);
  if ('error' in read) throw new Error(`${text}: ${JSON.stringify(read.error)}`);
  return read.needs;
}

function error(text: string) {
  const read = parseFormula(text);
  if ('needs' in read) throw new Error(`${text} was read.`);
  return read.error;
}

test('seats: the first of a group leads, numbers and doubles stand in the title', () => {
  expect(
    needs('3[1.2.3/pic/afl] 2[1.eh] 0 0 - 0 0 0 0 - tmp+2').map(({ title, kind }) => `${title} (${kind})`),
  ).toEqual([
    'Flute 1 (principal)',
    'Flute 2 (section)',
    'Flute 3, also piccolo and alto flute (section)',
    'Oboe (principal)',
    'English horn (section)',
    'Timpani (principal)',
    'Percussion 1 (principal)',
    'Percussion 2 (section)',
  ]);
  expect(needs('strings: 12.10.8.6.1').slice(-3)).toEqual([
    { instrument: 'vc', title: 'Cello, principal', kind: 'principal', doubles: [], quantity: 1 },
    { instrument: 'vc', title: 'Cello, section', kind: 'section', doubles: [], quantity: 5 },
    { instrument: 'db', title: 'Double bass, principal', kind: 'principal', doubles: [], quantity: 1 },
  ]);
});

test('other ways to write the same', () => {
  const plain = needs('3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - 2hp - pf/cel - 16.14.12.10.8');
  for (const text of [
    '*3 2 2 2 - 4 2 3 1 - tmp+2 - 2hp - pf/cel - str(16-14-12-10-8)',
    '3(1.2.3/Piccolo).2.2.2 – 4231 – Pauken, 2 Schlagzeug, 2 Harfen, Klavier/Celesta – 16 14 12 10 8',
    ' 3[1, 2, 3/kleine Flöte] 2 2 2—4.2.3.1—timp.2perc—2 hp pno/cel—strings: 16/14/12/10/8 ',
  ])
    expect(needs(text)).toEqual(plain);
  expect(needs('2222-2200-str', [8, 7, 5, 4, 2])).toEqual(needs('2222-2200-8.7.5.4.2'));
  expect(needs('2 2 2 2 - str')).toEqual(needs('2 2 2 2 - 0 0 0 0 - str'));
});

test.each([
  ['', 0, 'nothing to read'],
  ['2 2 2', 5, 'bassoons'],
  ['2 2 2 - 4 2 3 1', 6, 'bassoons'],
  ['2 2 2 2 4 2 3 1', 8, 'one too many'],
  ['2 2 2 2 -', 9, 'Nothing follows'],
  ['3[1.2] 2 2 2', 5, '3 are counted, and only 2'],
  ['2[1.2.3] 2 2 2', 6, 'only 2 here'],
  ['3[1.3.2] 2 2 2', 4, 'Player 2 comes next'],
  ['2[1.2/pic 2 2 2', 10, 'only 2 here'],
  ['2[1.2', 1, 'never closes'],
  ['2[1.2/xyz] 2 2 2', 6, '“xyz” is no instrument'],
  ['2[1.2/fl] 2 2 2', 6, 'plays that already'],
  ['2[1.2/] 2 2 2', 6, 'names no instrument'],
  ['2[1.hn] 2 2 2', 4, 'doesn’t sit with the flutes'],
  ['2222-4231-hp-hp', 13, 'already'],
  ['2222-4231-3 flutes', 10, 'own number'],
  ['2222-4231-14.12.10.8', 20, 'double basses are missing'],
  ['2222-4231-14.12.10.8.6.4', 22, 'a sixth'],
  ['2222-4231-tmp-offstage brass', 14, 'off stage'],
  ['2222-4231-SATB-str', 10, 'Voices'],
  ['222222-4231', 0, 'more than any'],
  ['2222-4231-2pf/cel-str', 13, 'Which of the 2'],
  ['2222-4231-str-str', 14, 'already'],
])('“%s”: place %i', (text, at, words) => {
  const found = error(text);
  expect(found.at).toBe(at);
  expect(found.message).toContain(words);
  expect(found.hint).not.toBe('');
});

test('a slip gets the nearest name', () => {
  expect(error('2222-4231-celsta').hint).toBe('Did you mean celesta?');
  expect(error('2222-4231-tymp+2').hint).toContain('tmp');
});

const codes = instrumentCodes.filter((code) => !['vn1', 'vn2', 'va', 'vc', 'db'].includes(code));
const slots = ['fl', 'ob', 'cl', 'bn', 'hn', 'tp', 'tb', 'tu'];

const player = (base: string) => (index: number) =>
  fc
    .record({
      alone: fc.option(fc.constantFrom(...instruments.filter((each) => each.base === base).map(({ code }) => code)), {
        freq: 3,
      }),
      doubles: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 2 }),
    })
    .map(({ alone, doubles }) =>
      [alone ?? String(index + 1), ...doubles.filter((double) => double !== alone)].join('/'),
    );

const group = (base: string) =>
  fc
    .integer({ min: 0, max: 6 })
    .chain((count) =>
      fc
        .tuple(fc.boolean(), fc.tuple(...Array.from({ length: count }, (_, index) => player(base)(index))))
        .map(([plain, players]) => (plain || count === 0 ? String(count) : `${count}[${players.join('.')}]`)),
    );

const named = fc.uniqueArray(
  fc
    .constantFrom(...codes.filter((code) => !slots.includes(code)))
    .chain((code) =>
      fc.integer({ min: 1, max: 5 }).map((count) => ({ code, text: `${count === 1 ? '' : count}${code}` })),
    ),
  { selector: ({ code }) => code, maxLength: 6 },
);

const strings = fc.option(
  fc.oneof(
    fc.constant('str'),
    fc.tuple(...Array.from({ length: 5 }, () => fc.integer({ min: 0, max: 20 }))).map((counts) => counts.join('.')),
  ),
  { nil: undefined },
);

const formula = fc
  .record({
    winds: fc.tuple(...slots.map(group)),
    named,
    strings,
    dash: fc.constantFrom(' - ', '-', ' — '),
  })
  .map(({ winds, named: others, strings: desks, dash }) =>
    [
      winds.slice(0, 4).join(' '),
      winds.slice(4).join('.'),
      ...others.map(({ text }) => text),
      ...(desks ? [desks] : []),
    ].join(dash),
  );

test('what is written again reads the same', () => {
  fc.assert(
    fc.property(formula, (text) => {
      const read = parseFormula(text);
      // A player who doubles what they play is refused, and rightly.
      fc.pre('needs' in read);
      if (!('needs' in read)) return;
      expect(needs(formatFormula(read.needs))).toEqual(read.needs);
      const bases = read.needs
        .filter(({ kind }) => kind === 'principal')
        .map(({ instrument }) => scoreOrder(instrumentOf(instrument).base));
      expect(bases).toEqual(bases.toSorted((a, b) => a - b));
    }),
    { numRuns: 2_000 },
  );
});

test('never throws, and points into the text', () => {
  const scraps = fc.constantFrom(
    '3',
    '[',
    ']',
    '(',
    '.',
    '/',
    'pic',
    ' ',
    '-',
    '—',
    '+',
    'str',
    'tmp',
    '*',
    'hp',
    ':',
    '14',
    '💥',
    'ü',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(scraps, { maxLength: 30 }).map((all) => all.join('')),
    formula,
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = parseFormula(text);
      if ('needs' in read) return;
      expect(read.error.at).toBeGreaterThanOrEqual(0);
      expect(read.error.at).toBeLessThanOrEqual(text.length);
      expect(read.error.message).not.toBe('');
      expect(read.error.hint).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});

test('every name means one instrument', () => {
  for (const { code, name, plural, aliases } of instruments)
    for (const each of [code, name, plural, ...aliases]) expect([each, readInstrument(each)]).toEqual([each, code]);
});

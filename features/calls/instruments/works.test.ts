import { expect, test } from 'vitest';
import type { FormulaNeed } from './formula-needs.ts';
import { parseFormula } from './formula-rules.ts';
import { instrumentOf, type InstrumentCode } from './instrument-rules.ts';

/** Work, formula, players of each wind group, who else plays, and every double in score order. */
const works: readonly (readonly [string, string, string, string, string?])[] = [
  ['Haydn, Symphony 104', '2 2 2 2 - 2 2 0 0 - tmp - str', '2222-2200', 'tmp'],
  ['Mozart, Symphony 41', '1 2 0 2 - 2 2 0 0 - tmp - str', '1202-2200', 'tmp'],
  ['Beethoven, Symphony 3', '2222-3200-timp-strings', '2222-3200', 'tmp'],
  ['Beethoven, Symphony 5', '3[1.2.pic] 2 2 3[1.2.cbn] - 2 2 3 0 - tmp - str', '3223-2230', 'tmp'],
  ['Schubert, Symphony 8', '2.2.2.2 – 2.2.3.0 – timp – str', '2222-2230', 'tmp'],
  ['Mendelssohn, Symphony 4', '2 2 2 2 — 2 2 0 0 — tmp — str', '2222-2200', 'tmp'],
  [
    'Berlioz, Symphonie fantastique',
    '2[1.2/pic] 2[1.2/eh] 2[1/ebcl.2] 4 - 4 4[1.2.crt.crt] 3 2 - 2tmp+3 - 4hp - str',
    '2224-4432',
    '2tmp 3perc 4hp',
    'picc eh ebcl',
  ],
  ['Brahms, Symphony 1', '2 2 2 3[1.2.cbn] - 4 2 3 0 - tmp - str', '2223-4230', 'tmp'],
  ['Bruckner, Symphony 7', '2 2 2 2 - 4 3 3 1, 4 Wagner tubas - tmp+2 - str', '2222-4331', '4wtu tmp 2perc'],
  ['Tchaikovsky, Symphony 4', '3[1.2.pic] 2 2 2 - 4 2 3 1 - tmp+3 - str', '3222-4231', 'tmp 3perc'],
  ['Tchaikovsky, Symphony 6', '3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - str', '3222-4231', 'tmp 2perc', 'picc'],
  ['Tchaikovsky, Serenade', 'str', '0000-0000', ''],
  ['Dvořák, Symphony 9', '2[1.2/pic] 2[1.2/eh] 2 2 - 4 2 3 1 - tmp+1 - str', '2222-4231', 'tmp perc', 'picc eh'],
  [
    'Rimsky-Korsakov, Scheherazade',
    '3[1.2/pic.pic] 2[1.2/eh] 2 2 - 4 2 3 1 - tmp+5 - hp - str',
    '3222-4231',
    'tmp 5perc hp',
    'picc eh',
  ],
  [
    'Mahler, Symphony 1',
    '4[1.2/pic.3/pic.4/pic] 4[1.2.3/eh.4] 4[1.2.3/bcl/ebcl.4/ebcl] 3[1.2.3/cbn] - 7 5 4 1 - 2tmp+3 - hp - str',
    '4443-7541',
    '2tmp 3perc hp',
    'picc picc picc eh bcl ebcl ebcl cbn',
  ],
  [
    'Mahler, Symphony 5',
    '4[1.2.3/pic.4/pic] 3[1.2.3/eh] 3[1.2/ebcl.3/bcl] 3[1.2.3/cbn] - 6 4 3 1 - tmp+4 - hp - str',
    '4333-6431',
    'tmp 4perc hp',
    'picc picc eh ebcl bcl cbn',
  ],
  [
    'Strauss, Don Juan',
    '3[1.2.3/pic] 3[1.2.eh] 2 3[1.2.cbn] - 4 3 3 1 - tmp+2 - hp - str',
    '3323-4331',
    'tmp 2perc hp',
    'picc',
  ],
  [
    'Elgar, Enigma Variations',
    '2[1.2/pic] 2 2 3[1.2.cbn] - 4 3 3 1 - tmp+3 - org - str',
    '2223-4331',
    'tmp 3perc org',
    'picc',
  ],
  ['Sibelius, Symphony 2', '2222 - 4331 - tmp - str', '2222-4331', 'tmp'],
  [
    'Debussy, La mer',
    '3[1.2.pic] 3[1.2.eh] 2 4[1.2.3.cbn] - 4 5[1.2.3.crt.crt] 3 1 - tmp+3 - 2hp - str',
    '3324-4531',
    'tmp 3perc 2hp',
  ],
  [
    'Rachmaninoff, Symphony 2',
    '3[1.2.3/pic] 3[1.2.3/eh] 3[1.2.bcl] 2 - 4 3 3 1 - tmp+3 - str',
    '3332-4331',
    'tmp 3perc',
    'picc eh',
  ],
  [
    'Ravel, Daphnis et Chloé, suite 2',
    '4[1.2.pic.afl] 3[1.2.ca] 4[1.2.ebcl.bcl] 4[1.2.3.cbn] - 4 4 3 1 - tmp+6 - 2hp, cel - str',
    '4344-4431',
    'tmp 6perc 2hp cel',
  ],
  [
    'Mussorgsky and Ravel, Pictures at an Exhibition',
    '3[1.2/pic.3/pic] 3[1.2.3/eh] 3[1.2.bcl] 3[1.2.cbn] - 4 3 3 1 - tmp+5 - 2hp - cel - alto sax - str',
    '3333-4331',
    'asax tmp 5perc 2hp cel',
    'picc picc eh',
  ],
  [
    'Stravinsky, The Firebird, suite of 1919',
    '2[1.2/pic] 2[1.2/eh] 2 2 - 4 2 3 1 - tmp+3 - hp - pf/cel - str',
    '2222-4231',
    'tmp 3perc hp pf',
    'picc eh cel',
  ],
  [
    'Stravinsky, The Rite of Spring',
    '5[1.2.3/pic.pic.afl] 5[1.2.3.4/eh.eh] 5[1.2/bcl.3.ebcl.bcl] 5[1.2.3.4/cbn.cbn] - 8[1.2.3.4.5.6.7/wtu.8/wtu] 5[1.2.3.4/btp.ptp] 3 2 - 2tmp+4 - str',
    '5555-8532',
    '2tmp 4perc',
    'picc eh bcl cbn wtu wtu btp',
  ],
  [
    'Holst, The Planets',
    '4[1.2.3/pic.4/pic/afl] 4[1.2.3/bass oboe.eh] 4[1.2.3.bcl] 4[1.2.3.cbn] - 6 4 3 1, tenor tuba - 2tmp+4 - 2hp - cel - org - str',
    '4444-6431',
    'euph 2tmp 4perc 2hp cel org',
    'picc picc afl heck',
  ],
  [
    'Bartók, Concerto for Orchestra',
    '3[1.2.3/pic] 3[1.2.3/eh] 3[1.2.3/bcl] 3[1.2.3/cbn] - 4 3 3 1 - tmp+2 - 2hp - str',
    '3333-4331',
    'tmp 2perc 2hp',
    'picc eh bcl cbn',
  ],
  [
    'Shostakovich, Symphony 5',
    '3[1.2.pic] 2 3[1.2.ebcl] 3[1.2.cbn] - 4 3 3 1 - tmp+4 - 2hp - pf/cel - str',
    '3233-4331',
    'tmp 4perc 2hp pf',
    'cel',
  ],
  [
    'Prokofiev, Symphony 5',
    '3[1.2.pic] 3[1.2.eh] 4[1.2.ebcl.bcl] 3[1.2.cbn] - 4 3 3 1 - tmp+5 - hp - pf - str',
    '3343-4331',
    'tmp 5perc hp pf',
  ],
  [
    'Gershwin, An American in Paris',
    '3[1.2.3/pic] 3[1.2.eh] 3[1.2.bcl] 2 - 4 3 3 1 - tmp+4 - asax, tsax, barsax - cel - str',
    '3332-4331',
    'asax tsax barsax tmp 4perc cel',
    'picc',
  ],
  [
    'Copland, Appalachian Spring, suite',
    '2[1.2/pic] 2 2 2 - 2 2 2 0 - tmp+2 - hp - pf - str',
    '2222-2220',
    'tmp 2perc hp pf',
    'picc',
  ],
];

const slots: readonly (readonly InstrumentCode[])[] = [
  ['fl', 'ob', 'cl', 'bn'],
  ['hn', 'tp', 'tb', 'tu'],
];

/** Needs by group: each begins with its principal. */
function groups(needs: readonly FormulaNeed[]): FormulaNeed[][] {
  const found: FormulaNeed[][] = [];
  for (const need of needs) {
    if (need.kind === 'principal') found.push([need]);
    else found.at(-1)?.push(need);
  }
  return found;
}

test.each(works.map(([work, formula, winds, others, doubles = '']) => ({ work, formula, winds, others, doubles })))(
  '$work',
  ({ formula, winds, others, doubles }) => {
    const read = parseFormula(formula);
    if ('error' in read) throw new Error(`${formula}: ${JSON.stringify(read.error)}`);
    const all = groups(read.needs);
    const sizeOf = (code: InstrumentCode) => all.find(([first]) => first?.instrument === code)?.length ?? 0;
    expect(slots.map((family) => family.map(sizeOf).join('')).join('-')).toBe(winds);
    const rest = all.filter(
      ([first]) =>
        first && !slots.flat().includes(first.instrument) && instrumentOf(first.instrument).family !== 'strings',
    );
    expect(rest.map((group) => `${group.length > 1 ? group.length : ''}${group[0]?.instrument}`).join(' ')).toBe(
      others,
    );
    expect(read.needs.flatMap((need) => need.doubles).join(' ')).toBe(doubles);
    const strings = read.needs.filter(({ instrument }) => instrumentOf(instrument).family === 'strings');
    expect(strings.map(({ quantity }) => quantity)).toEqual([1, 13, 1, 11, 1, 9, 1, 7, 1, 5]);
  },
);

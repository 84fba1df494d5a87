import type { InstrumentCode } from '#features/calls/instruments/instrument-rules.ts';
import type { Position } from './contract.ts';

type UsualPosition = Pick<Position, 'instrument' | 'title' | 'kind' | 'chairs' | 'doubles' | 'sort'>;

type Line = readonly [title: string, chairs?: number, doubles?: InstrumentCode];

/** A symphony orchestra with winds in three, as most seasons need it. The first of an instrument is its principal. */
const usual: readonly (readonly [InstrumentCode, ...Line[]])[] = [
  ['fl', ['Principal flute'], ['Second flute'], ['Flute and piccolo', 1, 'picc']],
  ['ob', ['Principal oboe'], ['Second oboe'], ['Oboe and English horn', 1, 'eh']],
  ['cl', ['Principal clarinet'], ['Second clarinet'], ['Clarinet and bass clarinet', 1, 'bcl']],
  ['bn', ['Principal bassoon'], ['Second bassoon'], ['Bassoon and contrabassoon', 1, 'cbn']],
  ['hn', ['Principal horn'], ['Second horn'], ['Third horn'], ['Fourth horn']],
  ['tp', ['Principal trumpet'], ['Second trumpet'], ['Third trumpet']],
  ['tb', ['Principal trombone'], ['Second trombone']],
  ['btb', ['Bass trombone']],
  ['tu', ['Tuba']],
  ['tmp', ['Principal timpani']],
  ['perc', ['Principal percussion'], ['Percussion', 2]],
  ['hp', ['Principal harp']],
  ['kbd', ['Keyboard', 1, 'pf']],
  ['vn1', ['Concertmaster'], ['First violin, tutti', 13]],
  ['vn2', ['Principal second violin'], ['Second violin, tutti', 11]],
  ['va', ['Principal viola'], ['Viola, tutti', 9]],
  ['vc', ['Principal cello'], ['Cello, tutti', 7]],
  ['db', ['Principal double bass'], ['Double bass, tutti', 5]],
];

export const usualPositions: readonly UsualPosition[] = usual.flatMap(([instrument, ...lines]) =>
  lines.map(([title, chairs = 1, doubles], index) => ({
    instrument,
    title,
    kind: index === 0 ? ('principal' as const) : ('section' as const),
    chairs,
    doubles: doubles ? [doubles] : [],
    sort: index,
  })),
);

/** Whether a title says that its holder leads: “Principal flute”, “Concertmaster”, not “Assistant principal”. */
export function kindOfTitle(title: string): Position['kind'] {
  return /^(principal|solo|first chair|leader|concertmaster|1\. konzertmeister|konzertmeister|stimmführer)/i.test(title)
    ? 'principal'
    : 'section';
}

const months = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',');

/** `2027-07-31` → `31 July 2027`. */
export function dayWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

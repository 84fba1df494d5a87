import { aliases } from './instrument-aliases.ts';

export const families = ['woodwinds', 'brass', 'percussion', 'harps and keyboards', 'strings'] as const;
export type Family = (typeof families)[number];

interface Facts {
  name: string;
  plural: string;
  family: Family;
  /** The instrument in whose group its player sits; its own when absent. */
  base?: string;
  /** What its players are usually asked to play as well. */
  doubles?: readonly string[];
}

/** In score order. Codes are what formulas, lists and needs are written with. */
const facts = {
  fl: { name: 'Flute', plural: 'Flutes', family: 'woodwinds', doubles: ['picc', 'afl'] },
  picc: { name: 'Piccolo', plural: 'Piccolos', family: 'woodwinds', base: 'fl', doubles: ['fl'] },
  afl: { name: 'Alto flute', plural: 'Alto flutes', family: 'woodwinds', base: 'fl', doubles: ['fl', 'picc'] },
  bfl: { name: 'Bass flute', plural: 'Bass flutes', family: 'woodwinds', base: 'fl', doubles: ['fl'] },
  rec: { name: 'Recorder', plural: 'Recorders', family: 'woodwinds' },
  ob: { name: 'Oboe', plural: 'Oboes', family: 'woodwinds', doubles: ['eh'] },
  obda: { name: 'Oboe d’amore', plural: 'Oboes d’amore', family: 'woodwinds', base: 'ob', doubles: ['ob', 'eh'] },
  eh: { name: 'English horn', plural: 'English horns', family: 'woodwinds', base: 'ob', doubles: ['ob'] },
  heck: { name: 'Heckelphone', plural: 'Heckelphones', family: 'woodwinds', base: 'ob', doubles: ['eh', 'ob'] },
  cl: { name: 'Clarinet', plural: 'Clarinets', family: 'woodwinds', doubles: ['ebcl', 'bcl'] },
  ebcl: { name: 'E-flat clarinet', plural: 'E-flat clarinets', family: 'woodwinds', base: 'cl', doubles: ['cl'] },
  bsthn: { name: 'Basset horn', plural: 'Basset horns', family: 'woodwinds', base: 'cl', doubles: ['cl'] },
  bcl: { name: 'Bass clarinet', plural: 'Bass clarinets', family: 'woodwinds', base: 'cl', doubles: ['cl'] },
  cbcl: {
    name: 'Contrabass clarinet',
    plural: 'Contrabass clarinets',
    family: 'woodwinds',
    base: 'cl',
    doubles: ['bcl'],
  },
  ssax: { name: 'Soprano saxophone', plural: 'Soprano saxophones', family: 'woodwinds', doubles: ['asax'] },
  asax: { name: 'Alto saxophone', plural: 'Alto saxophones', family: 'woodwinds', doubles: ['ssax', 'tsax'] },
  tsax: { name: 'Tenor saxophone', plural: 'Tenor saxophones', family: 'woodwinds', doubles: ['ssax', 'asax'] },
  barsax: { name: 'Baritone saxophone', plural: 'Baritone saxophones', family: 'woodwinds', doubles: ['tsax'] },
  bn: { name: 'Bassoon', plural: 'Bassoons', family: 'woodwinds', doubles: ['cbn'] },
  cbn: { name: 'Contrabassoon', plural: 'Contrabassoons', family: 'woodwinds', base: 'bn', doubles: ['bn'] },
  hn: { name: 'Horn', plural: 'Horns', family: 'brass', doubles: ['wtu'] },
  wtu: { name: 'Wagner tuba', plural: 'Wagner tubas', family: 'brass', base: 'hn', doubles: ['hn'] },
  tp: { name: 'Trumpet', plural: 'Trumpets', family: 'brass', doubles: ['crt', 'flhn', 'ptp'] },
  ptp: { name: 'Piccolo trumpet', plural: 'Piccolo trumpets', family: 'brass', base: 'tp', doubles: ['tp'] },
  crt: { name: 'Cornet', plural: 'Cornets', family: 'brass', base: 'tp', doubles: ['tp'] },
  flhn: { name: 'Flugelhorn', plural: 'Flugelhorns', family: 'brass', base: 'tp', doubles: ['tp'] },
  btp: { name: 'Bass trumpet', plural: 'Bass trumpets', family: 'brass', base: 'tp', doubles: ['tb'] },
  tb: { name: 'Trombone', plural: 'Trombones', family: 'brass', doubles: ['atb', 'btb'] },
  atb: { name: 'Alto trombone', plural: 'Alto trombones', family: 'brass', base: 'tb', doubles: ['tb'] },
  btb: { name: 'Bass trombone', plural: 'Bass trombones', family: 'brass', base: 'tb', doubles: ['cbtb'] },
  cbtb: { name: 'Contrabass trombone', plural: 'Contrabass trombones', family: 'brass', base: 'tb', doubles: ['btb'] },
  euph: { name: 'Euphonium', plural: 'Euphoniums', family: 'brass', doubles: ['tb'] },
  tu: { name: 'Tuba', plural: 'Tubas', family: 'brass', doubles: ['cimb'] },
  cimb: { name: 'Cimbasso', plural: 'Cimbassos', family: 'brass', base: 'tu', doubles: ['tu'] },
  tmp: { name: 'Timpani', plural: 'Timpani', family: 'percussion', doubles: ['perc'] },
  perc: { name: 'Percussion', plural: 'Percussion', family: 'percussion', doubles: ['tmp'] },
  drs: { name: 'Drum set', plural: 'Drum sets', family: 'percussion', doubles: ['perc'] },
  cbm: { name: 'Cimbalom', plural: 'Cimbaloms', family: 'percussion', doubles: ['perc'] },
  hp: { name: 'Harp', plural: 'Harps', family: 'harps and keyboards' },
  gtr: { name: 'Guitar', plural: 'Guitars', family: 'harps and keyboards', doubles: ['mand'] },
  mand: { name: 'Mandolin', plural: 'Mandolins', family: 'harps and keyboards', doubles: ['gtr'] },
  kbd: { name: 'Keyboard', plural: 'Keyboards', family: 'harps and keyboards', doubles: ['pf', 'cel', 'org'] },
  pf: { name: 'Piano', plural: 'Pianos', family: 'harps and keyboards', doubles: ['cel'] },
  cel: { name: 'Celesta', plural: 'Celestas', family: 'harps and keyboards', doubles: ['pf'] },
  hpd: { name: 'Harpsichord', plural: 'Harpsichords', family: 'harps and keyboards', doubles: ['org'] },
  org: { name: 'Organ', plural: 'Organs', family: 'harps and keyboards', doubles: ['hpd'] },
  harm: { name: 'Harmonium', plural: 'Harmoniums', family: 'harps and keyboards', doubles: ['org'] },
  vn1: { name: 'First violin', plural: 'First violins', family: 'strings', doubles: ['vn2'] },
  vn2: { name: 'Second violin', plural: 'Second violins', family: 'strings', doubles: ['vn1'] },
  va: { name: 'Viola', plural: 'Violas', family: 'strings' },
  vc: { name: 'Cello', plural: 'Cellos', family: 'strings' },
  db: { name: 'Double bass', plural: 'Double basses', family: 'strings' },
} as const satisfies Record<string, Facts>;

export type InstrumentCode = keyof typeof facts;

export interface Instrument {
  code: InstrumentCode;
  name: string;
  plural: string;
  family: Family;
  base: InstrumentCode;
  doubles: readonly InstrumentCode[];
  /** Names under which scores and lists have it besides its code and English name, folded. */
  aliases: readonly string[];
}

export function isInstrument(code: string): code is InstrumentCode {
  return Object.hasOwn(facts, code);
}

/** Every code, in score order. */
export const instrumentCodes = Object.keys(facts).filter(isInstrument);

/** Every instrument, in score order. */
export const instruments: readonly Instrument[] = instrumentCodes.map((code) => {
  const { name, plural, family, base, doubles }: Facts = facts[code];
  return {
    code,
    name,
    plural,
    family,
    base: base && isInstrument(base) ? base : code,
    doubles: (doubles ?? []).filter(isInstrument),
    aliases: aliases[code] ?? [],
  };
});

const byCode: ReadonlyMap<string, Instrument & { order: number }> = new Map(
  instruments.map((instrument, order) => [instrument.code, { ...instrument, order }]),
);

export function instrumentOf(code: InstrumentCode): Instrument {
  const found = byCode.get(code);
  if (!found) throw new Error(`No instrument has the code ${code}.`);
  return found;
}

/** What somebody who plays it can do, as people's skills say it: a violinist plays in either section. */
export function skillOf(code: InstrumentCode): string {
  return code === 'vn1' || code === 'vn2' ? 'Violin' : instrumentOf(code).name;
}

/** As people read it; an unknown code stays as it is. */
export function instrumentName(code: string): string {
  return byCode.get(code)?.name ?? code;
}

/** `Piccolo` → `piccolo`, for the middle of a sentence; what begins with a proper name or a key keeps its capital. */
export function nameWithin(code: InstrumentCode): string {
  const { name } = instrumentOf(code);
  return /^(English|E-flat|Wagner)/.test(name) ? name : name.toLowerCase();
}

/** Place in the score; what isn't in it comes last. */
export function scoreOrder(code: string): number {
  return byCode.get(code)?.order ?? instruments.length;
}

/** The family, of an unknown code undefined. */
export function familyOf(code: string): Family | undefined {
  return byCode.get(code)?.family;
}

/** `Große Flöte ` → `grosse flote`. */
export function foldedName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const byName: ReadonlyMap<string, InstrumentCode> = new Map(
  instruments.flatMap(({ code, name, plural, aliases: others }) =>
    [code, name, plural, ...others].map((each) => [foldedName(each), code] as const),
  ),
);

/** Every name under which an instrument is read, folded. */
export const knownNames: readonly string[] = [...byName.keys()];

/** `Kontrafagott`, `cor anglais`, `picc.` → the code; undefined when it is no instrument that we know. */
export function readInstrument(name: string): InstrumentCode | undefined {
  return byName.get(foldedName(name));
}

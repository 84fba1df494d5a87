import { FormulaProblem, type FormulaError } from './formula-cursor.ts';
import { FormulaReader } from './formula-reader.ts';
import { instrumentOf, scoreOrder, type Family, type InstrumentCode } from './instrument-rules.ts';
import { needsOf, type FormulaGroup, type FormulaNeed } from './formula-needs.ts';

export type { FormulaError, FormulaNeed };

/** Desks of `str` where an organisation says no other: first violins to double basses. */
export const usualStrings = [14, 12, 10, 8, 6] as const;

const woodwinds = ['fl', 'ob', 'cl', 'bn'] as const;
const brass = ['hn', 'tp', 'tb', 'tu'] as const;
const stringSections = ['vn1', 'vn2', 'va', 'vc', 'db'] as const;

/** In a group with a star: what its last player usually doubles. */
const starred: Partial<Record<InstrumentCode, InstrumentCode>> = { fl: 'picc', ob: 'eh', cl: 'bcl', bn: 'cbn' };

/**
 * Reads an instrumentation as orchestras and libraries write it:
 * `3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 14.12.10.8.6`.
 *
 * Four woodwinds, four brass, then timpani and percussion, harps, keyboards, anything else by name, and the strings.
 * In brackets who plays what: `3/pic` doubles, `eh` plays only that. A star says that the last doubles the usual.
 *
 * @param strings what `str` means
 * @returns the needs in score order, or where the text is wrong, why, and what would be right there. Never throws.
 */
export function parseFormula(
  text: string,
  strings: readonly number[] = usualStrings,
): { needs: FormulaNeed[] } | { error: FormulaError } {
  const reader = new FormulaReader(text);
  try {
    return { needs: needsOf(readGroups(reader, strings)) };
  } catch (problem) {
    if (problem instanceof FormulaProblem) return { error: problem.error };
    throw problem;
  }
}

function readGroups(reader: FormulaReader, strings: readonly number[]): FormulaGroup[] {
  const found = new Groups(reader);
  const winds = [woodwinds, brass] as const;
  let counted = 0;
  if (reader.atEnd())
    throw reader.problem('There is nothing to read.', 'Write the winds, then the rest: 2 2 2 2 - 2 2 0 0 - tmp - str');
  for (;;) {
    const family = winds[counted];
    if (reader.atStrings()) found.addStrings(reader, strings);
    else if (reader.atCount() && family) {
      readWinds(reader, found, family);
      counted += 1;
    } else if (reader.atCount()) found.addStrings(reader, strings);
    else found.addNamed(reader);
    found.addRest(reader, strings);
    if (reader.atEnd()) return found.inScore();
    reader.dash();
  }
}

/** `3[1.2.3/pic] 2 2 2`, or `3222`. */
function readWinds(reader: FormulaReader, found: Groups, slots: readonly InstrumentCode[]): void {
  const run = reader.digitRun();
  for (const [index, instrument] of slots.entries()) {
    if (index > 0 && !run) reader.separator();
    const missing = slots.slice(index).map((code) => instrumentOf(code).plural.toLowerCase());
    found.addSlot(reader, instrument, run?.[index], missing);
  }
}

/** What has been read, each instrument once. */
class Groups {
  readonly #groups: (FormulaGroup & { at: number; slot: InstrumentCode })[] = [];
  readonly #reader: FormulaReader;

  constructor(reader: FormulaReader) {
    this.#reader = reader;
  }

  addSlot(
    reader: FormulaReader,
    instrument: InstrumentCode,
    digit: { at: number; count: number } | undefined,
    missing: string[],
  ) {
    const at = reader.at;
    const star = digit ? false : reader.star();
    const { count } = digit ?? reader.count(missing);
    const players = reader.players(instrument, count);
    const last = players.at(-1);
    const usual = starred[instrument];
    if (star && usual && last && players.every((player) => player.instrument === instrument && !player.doubles.length))
      last.doubles.push(usual);
    if (count > 0) this.#groups.push({ at, slot: instrument, players });
  }

  /** One or more of `tmp+2`, `2hp`, `pf/cel`, `2asax[1/ssax.2]`. */
  addNamed(reader: FormulaReader): void {
    const at = reader.at;
    const { instrument, count, doubles } = reader.named();
    const slot = [...woodwinds, ...brass].find((each) => each === instrument);
    if (slot) {
      const { plural } = instrumentOf(slot);
      throw reader.problemAt(
        at,
        `${plural} have their own number among the winds.`,
        'Winds come first, as four numbers for woodwinds and four for brass: 2 2 2 2 - 4 2 3 1',
      );
    }
    this.#requireNew(at, instrument);
    const players = reader.players(instrument, count);
    players[0]?.doubles.push(...doubles);
    this.#groups.push({ at, slot: instrument, players });
    if (instrument === 'tmp') this.#addPercussion(reader);
  }

  /** After `tmp`: how many percussionists. */
  #addPercussion(reader: FormulaReader): void {
    const at = reader.at;
    const count = reader.plusCount();
    if (count === undefined || count === 0) return;
    this.#requireNew(at, 'perc');
    this.#groups.push({ at, slot: 'perc', players: reader.players('perc', count) });
  }

  /** What follows in the same part: `hp, cel` or `4 4 3 1 2wtu`. */
  addRest(reader: FormulaReader, strings: readonly number[]): void {
    while (reader.more()) {
      if (reader.atStrings()) this.addStrings(reader, strings);
      else if (reader.atCount())
        throw reader.problem(
          'This number is one too many here.',
          'A dash divides woodwinds, brass and strings: 2 2 2 2 - 4 2 3 1 - 14.12.10.8.6',
        );
      else this.addNamed(reader);
    }
  }

  addStrings(reader: FormulaReader, usual: readonly number[]): void {
    const at = reader.at;
    const counts = reader.strings(usual);
    this.#requireNew(at, 'vn1');
    for (const [index, instrument] of stringSections.entries()) {
      const count = counts[index] ?? 0;
      const players = count > 0 ? [{ instrument, doubles: [] }] : [];
      this.#groups.push({ at, slot: instrument, players, strings: count });
    }
  }

  #requireNew(at: number, instrument: InstrumentCode): void {
    const before = this.#groups.find(({ slot }) => slot === instrument);
    if (!before) return;
    const { name, family } = instrumentOf(instrument);
    const strings: Family = 'strings';
    const what = family === strings ? 'The strings' : name;
    const once = family === strings ? 'Keep one of the two.' : `Say all of them at once, such as 2${instrument}.`;
    throw this.#reader.problemAt(at, `${what} stood at place ${before.at + 1} already.`, once);
  }

  inScore(): FormulaGroup[] {
    return this.#groups
      .filter(({ players }) => players.length > 0)
      .toSorted((a, b) => scoreOrder(a.slot) - scoreOrder(b.slot));
  }
}

import { FormulaCursor } from './formula-cursor.ts';
import { instrumentOf, type InstrumentCode } from './instrument-rules.ts';
import type { FormulaPlayer } from './formula-needs.ts';

const dashes = '-–—−‐‑';
const digit = /[0-9]/;

/** The grammar of a formula, part by part. */
export class FormulaReader extends FormulaCursor {
  /** A number that isn't somebody's (`2hp`): of winds or strings. */
  atCount(): boolean {
    return this.peek() === '*' || /^\d+(?!\d|\s*\p{L})/u.test(this.rest());
  }

  /** `str`, `strings: 12.10.8.6.4` */
  atStrings(): boolean {
    return /^(str|strs|strings?|streicher|cordes|archi|cuerdas)(?![\p{L}\p{N}])/iu.test(this.rest());
  }

  /** Whether the part goes on. */
  more(): boolean {
    for (let dividing = true; dividing;) dividing = this.take(/[+,;&.]/);
    return !this.atEnd() && !dashes.includes(this.peek());
  }

  dash(): void {
    if (!dashes.includes(this.peek()))
      throw this.problem(
        `“${this.shown()}” wasn’t expected here.`,
        'A dash divides the parts: 2 2 2 2 - 4 2 3 1 - tmp',
      );
    while (!this.atEnd() && dashes.includes(this.peek())) this.step();
    if (this.atEnd())
      throw this.problem('Nothing follows the dash.', 'Take the dash away, or go on with: tmp, hp or str');
  }

  star(): boolean {
    return this.take(/\*/);
  }

  separator(): void {
    this.take(/[.,]/);
  }

  /** `3222`: a digit for each of four. */
  digitRun(): { at: number; count: number }[] | undefined {
    const [run] = /^\d{4}(?!\d)/.exec(this.rest()) ?? [];
    if (!run) return undefined;
    const at = this.at;
    this.step(run.length);
    return Array.from(run).map((each, index) => ({ at: at + index, count: Number(each) }));
  }

  /** @param missing what this number and those after it count, for the words of a problem */
  count(missing: readonly string[]): { count: number } {
    if (digit.test(this.peek())) return { count: this.number() };
    const counted = missing.join(', ');
    throw this.problem(
      `${missing.length === 1 ? 'A number is' : `${missing.length} numbers are`} missing: ${counted}.`,
      'Winds are four numbers; write 0 for none: 2 2 2 2 - 4 2 3 0',
    );
  }

  /** After `tmp`: `+2` or `+2perc`. */
  plusCount(): number | undefined {
    if (!/^\+\s*(\d|perc?\b)/iu.test(this.rest())) return undefined;
    this.take(/\+/);
    if (digit.test(this.peek()) && this.#isNamedOther()) return undefined;
    const count = digit.test(this.peek()) ? this.number() : 1;
    const name = /^(percussion|perc|per)(?![\p{L}\p{N}])\.?/iu.exec(this.rest());
    if (name) this.step(name[0].length);
    return count;
  }

  /** `tmp+2hp`: two harps, not two percussionists. */
  #isNamedOther(): boolean {
    return /^\d+\s*(?!perc?)\p{L}/iu.test(this.rest());
  }

  /** `2hp`, `pf/cel`. */
  named(): { instrument: InstrumentCode; count: number; doubles: InstrumentCode[] } {
    const start = this.at;
    const count = digit.test(this.peek()) ? this.number() : 1;
    if (count === 0) throw this.problemAt(start, 'None needs no mention.', 'Leave it out.');
    const instrument = this.instrument();
    const slash = this.at;
    const doubles = this.#doubles(instrument);
    if (doubles.length > 0 && count > 1)
      throw this.problemAt(
        slash,
        `Which of the ${count} doubles?`,
        `Say it in brackets: ${count}${instrument}[1/${doubles[0]}.2]`,
      );
    return { instrument, count, doubles };
  }

  /** The bracket after a number: who of them plays what. Without one, all play the instrument. */
  players(instrument: InstrumentCode, count: number): FormulaPlayer[] {
    const open = this.at;
    const closing = this.peek() === '[' ? ']' : this.peek() === '(' ? ')' : undefined;
    if (!closing) return Array.from({ length: count }, () => ({ instrument, doubles: [] }));
    this.step();
    const players: FormulaPlayer[] = [];
    while (this.peek() !== closing) {
      if (this.atEnd()) throw this.problemAt(open, 'This bracket never closes.', `Close it: ${closing}`);
      if (players.length === count)
        throw this.problem(
          `There are only ${count} here, and this would be one more.`,
          `Name ${count} between the brackets, or make the number before them ${count + 1}.`,
        );
      players.push(this.#player(instrument, players.length + 1));
      this.take(/[.,;]/);
    }
    if (players.length < count)
      throw this.problem(
        `${count} are counted, and only ${players.length} named.`,
        `Go on here with ${players.length + 1}, or make the number before the bracket ${players.length}.`,
      );
    this.step();
    return players;
  }

  /** `3`, `3/pic`, `eh`. */
  #player(group: InstrumentCode, expected: number): FormulaPlayer {
    const start = this.at;
    if (digit.test(this.peek())) {
      const number = this.number();
      if (number !== expected)
        throw this.problemAt(
          start,
          `Player ${expected} comes next, not ${number}.`,
          `Write ${expected}, or what this player plays instead.`,
        );
      return { instrument: group, doubles: this.#doubles(group) };
    }
    const instrument = this.instrument();
    if (instrumentOf(instrument).base !== instrumentOf(group).base)
      throw this.problemAt(
        start,
        `A player of ${instrumentOf(instrument).name.toLowerCase()} alone doesn’t sit with the ${instrumentOf(group).plural.toLowerCase()}.`,
        `Write ${expected}/${instrument} for who doubles it, or name it after the winds: - ${instrument}`,
      );
    return { instrument, doubles: this.#doubles(instrument) };
  }

  #doubles(instrument: InstrumentCode): InstrumentCode[] {
    const doubles: InstrumentCode[] = [];
    while (this.take(/\//)) {
      const at = this.at;
      const double = this.instrument();
      if (double === instrument || doubles.includes(double))
        throw this.problemAt(
          at,
          'This player plays that already.',
          'Name another instrument after the stroke, or take it away.',
        );
      doubles.push(double);
    }
    return doubles;
  }

  /** `14.12.10.8.6`, alone, after `str`, or in brackets after it. */
  strings(usual: readonly number[]): readonly number[] {
    if (this.atStrings()) {
      this.step(/^\p{L}+/u.exec(this.rest())?.[0].length ?? 0);
      this.take(/[.:]/);
      const closing = this.peek() === '(' ? ')' : this.peek() === '[' ? ']' : undefined;
      if (!closing && !digit.test(this.peek())) return usual;
      const open = this.at;
      if (closing) this.step();
      const counts = this.#stringCounts(closing !== undefined);
      if (closing && this.peek() !== closing)
        throw this.problemAt(open, 'This bracket never closes.', `Close it after five numbers: ${closing}`);
      if (closing) this.step();
      return counts;
    }
    return this.#stringCounts(false);
  }

  /** @param inside between brackets, where dashes may divide too */
  #stringCounts(inside: boolean): number[] {
    const counts: number[] = [];
    for (const name of ['first violins', 'second violins', 'violas', 'cellos', 'double basses']) {
      if (counts.length > 0) this.take(inside ? /[-–—.,/]/ : /[.,/]/);
      if (!digit.test(this.peek()))
        throw this.problem(
          `The strings are five numbers; here the ${name} are missing.`,
          'Write them like 14.12.10.8.6, or only str.',
        );
      counts.push(this.number());
    }
    if (digit.test(this.peek()) || /^[.,/]\s*\d/.test(this.rest()))
      throw this.problem(
        'The strings are five numbers, and this is a sixth.',
        'First violins, second violins, violas, cellos, double basses: 14.12.10.8.6',
      );
    return counts;
  }
}

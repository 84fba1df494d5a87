import { readInstrument, type InstrumentCode } from './instrument-rules.ts';
import { nearestName } from './nearest-name-rules.ts';

export interface FormulaError {
  /** Index into the text, from 0; its length where something is missing at the end. */
  at: number;
  message: string;
  /** What would be right there. */
  hint: string;
}

/** Ends the reading; never leaves parseFormula. */
export class FormulaProblem extends Error {
  readonly error: FormulaError;
  constructor(error: FormulaError) {
    super(error.message);
    this.error = error;
  }
}

const space = /[\s ]/u;
/** Words of a name: letters, digits within (`vn1`), apostrophes. */
const word = /\p{L}[\p{L}\p{M}\p{N}’']*/uy;
const atMost = 99;
/** Orders of players whose name two or three words make: `alto sax`, `cor anglais`. */
const wordsAtMost = 3;

/** Whom a formula can't seat, and what to do instead. */
const elsewhere: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(off|offstage|backstage|stage|banda|behind|bda|fernorchester|ferne)/iu,
    'Players off stage are no part of a formula.',
    'Leave them out here, and add them by hand as needs of their own.',
  ],
  [
    /^(chorus|choir|chor|choeur|satb|ttbb|ssaa|solo|soli|soloists?|voices?|sop|soprano|mez|mezzo|ten|tenor|bar|narr|narrator)$/iu,
    'Voices and soloists are no part of a formula.',
    'Leave them out here, and put them on the project as people or contacts.',
  ],
];

/** Goes through a formula from left to right; spaces mean nothing. */
export class FormulaCursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#spaces();
  }

  get at(): number {
    return this.#at;
  }

  problem(message: string, hint: string): FormulaProblem {
    return this.problemAt(this.#at, message, hint);
  }

  problemAt(at: number, message: string, hint: string): FormulaProblem {
    return new FormulaProblem({ at: Math.min(at, this.#text.length), message, hint });
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The longest run of words that names an instrument. */
  protected instrument(): InstrumentCode {
    const start = this.#at;
    const words: { end: number }[] = [];
    let at = start;
    while (words.length < wordsAtMost) {
      word.lastIndex = at;
      const found = word.exec(this.#text);
      if (!found) break;
      words.push({ end: word.lastIndex });
      at = word.lastIndex;
      while (space.test(this.#text[at] ?? '') || (this.#text[at] === '-' && words.length < wordsAtMost)) at += 1;
    }
    for (const { end } of words.toReversed()) {
      const code = readInstrument(this.#text.slice(start, end));
      if (!code) continue;
      this.step(end - start);
      return code;
    }
    throw this.#unknown(start, words[0]?.end ?? start);
  }

  #unknown(start: number, end: number): FormulaProblem {
    const name = this.#text.slice(start, end);
    if (name === '')
      return this.problem(
        this.atEnd() ? 'Something is missing here.' : `“${this.shown()}” names no instrument.`,
        'Here stands an instrument: pic, eh, bcl, cbn, tmp, perc, hp, cel, pf, org or str',
      );
    const refused = elsewhere.find(([pattern]) => pattern.test(name));
    if (refused) return this.problemAt(start, refused[1], refused[2]);
    const near = nearestName(name);
    return this.problemAt(
      start,
      `“${name}” is no instrument that is known here.`,
      near
        ? `Did you mean ${near}?`
        : 'Known are: pic, afl, eh, ebcl, bcl, asax, cbn, wtu, crt, btb, euph, tmp, perc, hp, pf, cel, org and str',
    );
  }

  protected number(): number {
    const [digits = ''] = /^\d+/.exec(this.rest()) ?? [];
    const value = Number(digits);
    if (value > atMost)
      throw this.problem(
        `${digits.slice(0, 12)} is more than any orchestra has.`,
        `At most ${atMost}; put a dot or a space between two numbers.`,
      );
    this.step(digits.length);
    return value;
  }

  protected peek(): string {
    return this.#text[this.#at] ?? '';
  }

  protected rest(): string {
    return this.#text.slice(this.#at);
  }

  protected shown(): string {
    return Array.from(this.rest()).slice(0, 12).join('').split(/\s/u)[0] ?? '';
  }

  protected take(pattern: RegExp): boolean {
    if (!pattern.test(this.peek())) return false;
    this.step();
    return true;
  }

  protected step(by = 1): void {
    this.#at += by;
    this.#spaces();
  }

  #spaces(): void {
    while (space.test(this.peek())) this.#at += 1;
  }
}

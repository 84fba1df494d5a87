import type { RowValues } from './rules-csv-values.ts';

/** What a row may mean, with what it is recognised by. */
export interface Matchable {
  id: string;
  name: string;
  email: string | null;
  externalRef: string | null;
  archived: boolean;
}

interface MatchWords<K> {
  /** What rows are about, for messages. */
  word: string;
  isMeant: (one: K) => boolean;
  /** What another is that isn't meant. */
  wordOf: (one: K) => string;
}

export const keyOf = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** Finds whom a row means, and rows that mean the same one. */
export class Matcher<K extends Matchable> {
  readonly #words: MatchWords<K>;
  readonly #byRef: Map<string, K>;
  readonly #byEmail: Map<string, K[]>;
  readonly #byName: Map<string, K[]>;
  /** What earlier rows were about → their line. */
  readonly #taken = new Map<string, number>();

  /** @param known all that a row may mean, and those that a reference may name by mistake */
  constructor(known: readonly K[], words: MatchWords<K>) {
    const active = known.filter((one) => words.isMeant(one) && !one.archived);
    this.#words = words;
    this.#byRef = new Map(known.flatMap((one) => (one.externalRef === null ? [] : [[one.externalRef, one] as const])));
    this.#byEmail = Map.groupBy(
      active.filter(({ email }) => email !== null),
      ({ email }) => keyOf(email ?? ''),
    );
    this.#byName = Map.groupBy(active, ({ name }) => keyOf(name));
  }

  /** @returns it, undefined for a new one, or a sentence that says what is wrong */
  match(row: RowValues): K | undefined | string {
    const found = this.find(row);
    if (typeof found === 'string') return found;
    const { meets, leaves } = marksOf(row);
    const about = found ? [`id ${found.id}`] : [];
    const twin = [...about, ...meets].map((mark) => this.#taken.get(mark)).find((line) => line !== undefined);
    if (twin !== undefined)
      return `It is the same ${this.#words.word} as in line ${twin}. Keep one of the two, or tell them apart by a reference or an e-mail address.`;
    for (const mark of [...about, ...leaves]) this.#taken.set(mark, row.line);
    return found;
  }

  find(row: RowValues): K | undefined | string {
    const { externalRef, email } = row;
    const byRef = externalRef === undefined ? undefined : this.#byRef.get(externalRef);
    if (byRef)
      return this.#words.isMeant(byRef)
        ? byRef
        : `The reference ${externalRef} belongs to a ${this.#words.wordOf(byRef)}, ${byRef.name}.`;
    const free = (one: K) => externalRef === undefined || one.externalRef === null;
    const byEmail = (email === undefined ? [] : (this.#byEmail.get(keyOf(email)) ?? [])).filter(free);
    const named = (one: K) => keyOf(one.name) === keyOf(row.name);
    if (byEmail.length > 0)
      return single(
        byEmail.length > 1 ? byEmail.filter(named) : byEmail,
        `Several have the e-mail address ${email}. Give their references.`,
      );
    const byName = (this.#byName.get(keyOf(row.name)) ?? []).filter(
      (one) => free(one) && (email === undefined || one.email === null),
    );
    return byName.length === 0
      ? undefined
      : single(byName, `Several are called ${row.name}. Give their e-mail addresses or references.`);
  }
}

function single<K>(found: readonly K[], otherwise: string): K | string {
  const [first, ...more] = found;
  return first && more.length === 0 ? first : otherwise;
}

/**
 * The marks that a row leaves, and those of other rows that it must not meet: a second run has to find each
 * row's own again. A row is found by its reference; without one by its address, which then may be in no
 * other row; without either by its name, likewise.
 */
function marksOf({ externalRef, email, name }: RowValues): { meets: string[]; leaves: string[] } {
  const named = keyOf(name);
  const mailed = email === undefined ? [] : [keyOf(email)];
  const strength = externalRef !== undefined ? 'ref' : email !== undefined ? 'email' : 'name';
  const meets =
    strength === 'ref'
      ? [`ref ${externalRef}`]
      : strength === 'email'
        ? mailed.map((mail) => `any email ${mail}`)
        : [`any name ${named}`];
  const found =
    strength === 'ref' ? [`ref ${externalRef}`] : [`by ${strength} ${strength === 'email' ? mailed[0] : named}`];
  return {
    meets: [...meets, ...mailed.map((mail) => `by email ${mail}`), `by name ${named}`],
    leaves: [...found, ...mailed.map((mail) => `any email ${mail}`), `any name ${named}`],
  };
}

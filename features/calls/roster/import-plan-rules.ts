import { instrumentOf, type InstrumentCode } from '#features/calls/instruments/instrument-rules.ts';
import { folded } from '#features/imports/rules-names.ts';
import type { Tenure } from './contract.ts';
import type { RosterRow, RowProblem } from './csv-rules.ts';
import { dayWords, kindOfTitle } from './position-rules.ts';

export interface KnownPerson {
  id: string;
  name: string;
  email: string | null;
  archived: boolean;
}

export interface KnownPosition {
  id: string;
  instrument: InstrumentCode;
  title: string;
  kind: 'principal' | 'section';
  doubles: readonly InstrumentCode[];
  chairs: number;
}

export interface KnownChair {
  id: string;
  positionId: string;
  number: number;
  resourceId: string;
  tenure: Tenure;
  startsOn: string;
  endsOn: string | null;
}

export interface Known {
  people: readonly KnownPerson[];
  positions: readonly KnownPosition[];
  chairs: readonly KnownChair[];
  /** For a chair whose beginning no cell tells. */
  today: string;
}

export interface RosterPlan {
  newPeople: KnownPerson[];
  /** Known by name, whose e-mail address the file knows. */
  newEmails: { id: string; email: string }[];
  newPositions: KnownPosition[];
  /** Positions that need more chairs. */
  widened: KnownPosition[];
  newChairs: KnownChair[];
  changedChairs: KnownChair[];
  unchanged: number;
  problems: RowProblem[];
}

type Placed = KnownChair & { line: number; row: RosterRow | undefined };

/** What importing the rows would do. @param newId makes an id */
export function planRoster(rows: readonly RosterRow[], known: Known, newId: () => string): RosterPlan {
  const planner = new Planner(known, newId);
  // Rows that name their chair come first: the others take what is left.
  const ordered = [
    ...rows.filter((row) => row.number !== undefined),
    ...rows.filter((row) => row.number === undefined),
  ];
  planner.name(rows);
  for (const row of ordered) planner.add(row);
  return planner.plan();
}

class Planner {
  readonly #known: Known;
  readonly #newId: () => string;
  readonly #people: KnownPerson[];
  readonly #positions: KnownPosition[];
  readonly #personOf = new Map<RosterRow, KnownPerson | undefined>();
  readonly #chairs: Placed[];
  readonly #newEmails: { id: string; email: string }[] = [];
  readonly #problems: RowProblem[] = [];

  constructor(known: Known, newId: () => string) {
    this.#known = known;
    this.#newId = newId;
    this.#people = known.people.map((person) => ({ ...person }));
    this.#positions = known.positions.map((position) => ({ ...position }));
    this.#chairs = known.chairs.map((chair) => ({ ...chair, line: 0, row: undefined }));
  }

  /**
   * Before any row is placed, because it is the whole file's to say: which positions an instrument has, and who is who.
   * Addresses come first: a mere name may mean one of those who have one.
   */
  name(rows: readonly RosterRow[]): void {
    for (const row of rows) if (row.position !== undefined) this.#position(row);
    for (const row of [...rows.filter(({ email }) => email), ...rows.filter(({ email }) => !email)])
      this.#personOf.set(row, this.#person(row));
  }

  add(row: RosterRow): void {
    const person = this.#personOf.get(row);
    const position = person && this.#position(row);
    if (!position) return;
    const chair = this.#chairOf(row, person.id, position.id);
    if (chair?.row) return this.#problem(row, `Line ${chair.line} says the same chair. Keep one of the two.`);
    const startsOn = row.from ?? chair?.startsOn ?? this.#known.today;
    // An empty last day says nothing: who wants to reopen a chair does it on the roster.
    const endsOn = row.to ?? chair?.endsOn ?? null;
    if (endsOn !== null && endsOn < startsOn)
      return this.#problem(row, `The last day is before the first, ${dayWords(startsOn)}.`);
    const number = row.number ?? chair?.number ?? this.#firstFree(position.id, startsOn, endsOn);
    if (number > 200) return this.#problem(row, `“${position.title}” has no chair left.`);
    const tenure = row.tenure ?? chair?.tenure ?? 'permanent';
    const placed = {
      positionId: position.id,
      number,
      resourceId: person.id,
      tenure,
      startsOn,
      endsOn,
      line: row.line,
      row,
    };
    if (chair) Object.assign(chair, placed);
    else this.#chairs.push({ id: this.#newId(), ...placed });
    position.chairs = Math.max(position.chairs, number);
    return undefined;
  }

  #problem(row: RosterRow, message: string): undefined {
    this.#problems.push({ row: row.line, column: null, message });
    return undefined;
  }

  /** By e-mail address, else by name; added when nobody fits. */
  #person(row: RosterRow): KnownPerson | undefined {
    const wanted = row.email?.toLowerCase();
    const byEmail = wanted ? this.#people.filter(({ email }) => email?.toLowerCase() === wanted) : [];
    const byName = this.#people.filter(
      ({ name, email }) => folded(name) === folded(row.person) && (!wanted || email === null),
    );
    const found =
      byEmail.length > 0
        ? byEmail
        : byName.some(({ archived }) => !archived)
          ? byName.filter(({ archived }) => !archived)
          : byName;
    if (found.length > 1)
      return this.#problem(
        row,
        `${found.length} people are meant by “${wanted ?? row.person}”. Give each their own e-mail address first.`,
      );
    const [person] = found;
    if (person?.archived) return this.#problem(row, `${person.name} is archived. Take them back into use first.`);
    if (person) {
      if (row.email && person.email === null) {
        person.email = row.email;
        if (this.#known.people.some(({ id }) => id === person.id))
          this.#newEmails.push({ id: person.id, email: row.email });
      }
      return person;
    }
    const added = { id: this.#newId(), name: row.person, email: row.email ?? null, archived: false };
    this.#people.push(added);
    return added;
  }

  /** By its title; the instrument's only one where the row names none; added when there is none. */
  #position(row: RosterRow): KnownPosition | undefined {
    const { instrument, position: title } = row;
    const all = this.#positions.filter((position) => position.instrument === instrument);
    if (title === undefined) {
      const [only] = all;
      if (only && all.length === 1) return only;
      return this.#problem(
        row,
        `Say which position of ${instrumentOf(instrument).name.toLowerCase()} this is, such as “${all[0]?.title ?? `Principal ${instrumentOf(instrument).name.toLowerCase()}`}”.`,
      );
    }
    const found = all.find((position) => folded(position.title) === folded(title));
    if (found) return found;
    const added = { id: this.#newId(), instrument, title, kind: kindOfTitle(title), doubles: [], chairs: 1 };
    this.#positions.push(added);
    return added;
  }

  /** The chair that this row means: of this person and position, from the same day, or the one held today. */
  #chairOf(row: RosterRow, resourceId: string, positionId: string): Placed | undefined {
    const own = this.#chairs.filter((chair) => chair.resourceId === resourceId && chair.positionId === positionId);
    if (row.from) return own.find(({ startsOn }) => startsOn === row.from);
    const { today } = this.#known;
    const current = own.find(({ startsOn, endsOn }) => startsOn <= today && (endsOn ?? today) >= today);
    // The one that ended on that day first: read again, the row must not end the next one as well.
    return (row.to ? own.find(({ endsOn }) => endsOn === row.to) : undefined) ?? current;
  }

  #firstFree(positionId: string, startsOn: string, endsOn: string | null): number {
    const taken = new Set(
      this.#chairs
        .filter((chair) => chair.positionId === positionId && overlap(chair, { startsOn, endsOn }))
        .map(({ number }) => number),
    );
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }

  plan(): RosterPlan {
    this.#requireOneHolder();
    const before = new Map(this.#known.chairs.map((chair) => [chair.id, chair]));
    const people = new Set(this.#known.people.map(({ id }) => id));
    const positions = new Map(this.#known.positions.map((position) => [position.id, position]));
    const told = this.#chairs.filter(({ row }) => row !== undefined);
    const fresh = told.filter(({ id }) => !before.has(id));
    const changed = told.filter((chair) => !sameChair(chair, before.get(chair.id) ?? chair));
    return {
      newPeople: this.#people.filter(({ id }) => !people.has(id)),
      newEmails: this.#newEmails,
      newPositions: this.#positions.filter(({ id }) => !positions.has(id)),
      widened: this.#positions.filter(({ id, chairs }) => chairs > (positions.get(id)?.chairs ?? chairs)),
      newChairs: fresh.map(plain),
      changedChairs: changed.map(plain),
      unchanged: told.length - fresh.length - changed.length,
      problems: this.#problems.toSorted((a, b) => a.row - b.row),
    };
  }

  /** After all rows: the database refuses the same, without words. */
  #requireOneHolder(): void {
    const nameOf = new Map(this.#people.map(({ id, name }) => [id, name]));
    const titleOf = new Map(this.#positions.map(({ id, title }) => [id, title]));
    for (const group of Map.groupBy(this.#chairs, ({ positionId }) => positionId).values()) {
      const rows = group.filter(({ row }) => row !== undefined);
      for (const chair of rows) {
        const other = group.find(
          (each) =>
            each !== chair &&
            (each.row === undefined || each.line < chair.line) &&
            (each.number === chair.number || each.resourceId === chair.resourceId) &&
            overlap(each, chair),
        );
        if (!other || !chair.row) continue;
        const since = `${dayWords(other.startsOn)}${other.endsOn === null ? ' on' : ` to ${dayWords(other.endsOn)}`}`;
        this.#problem(
          chair.row,
          `${nameOf.get(other.resourceId) ?? 'Somebody'} holds chair ${other.number} of “${titleOf.get(chair.positionId) ?? ''}” from ${since}${other.line > 0 ? ` (line ${other.line})` : ''}.`,
        );
      }
    }
  }
}

function overlap(a: Pick<KnownChair, 'startsOn' | 'endsOn'>, b: Pick<KnownChair, 'startsOn' | 'endsOn'>): boolean {
  return (b.endsOn === null || a.startsOn <= b.endsOn) && (a.endsOn === null || b.startsOn <= a.endsOn);
}

function sameChair(a: KnownChair, b: KnownChair): boolean {
  return a.number === b.number && a.tenure === b.tenure && a.startsOn === b.startsOn && a.endsOn === b.endsOn;
}

function plain({ id, positionId, number, resourceId, tenure, startsOn, endsOn }: Placed): KnownChair {
  return { id, positionId, number, resourceId, tenure, startsOn, endsOn };
}

import type { PartyRecord } from '#features/parties/server/write-parties.ts';
import { keyOf, Matcher } from './rules-csv-match.ts';
import type { RowProblem, RowValues } from './rules-csv-values.ts';

/** Who belongs to which company. */
export interface PlannedTie {
  personId: string;
  companyId: string;
}

export interface PartyPlan {
  creates: PartyRecord[];
  /** Those that rows name and nobody knew. */
  companies: PartyRecord[];
  /** Only those that the file changes, with all their values. */
  updates: PartyRecord[];
  /** Those that aren’t there yet. */
  ties: PlannedTie[];
  /** Rows whose contact changes, or gets a company. */
  changed: number;
  unchanged: number;
  problems: RowProblem[];
}

interface PlannedRow {
  row: RowValues;
  /** Undefined for a new one. */
  before: PartyRecord | undefined;
  values: PartyRecord;
}

/** One that may be meant; contacts aren’t archived. */
type Known = PartyRecord & { archived: false };

function matcherOf(known: readonly PartyRecord[]): Matcher<Known> {
  const all = known.map((one): Known => ({ ...one, archived: false }));
  return new Matcher(all, { word: 'contact', isMeant: () => true, wordOf: () => 'contact' });
}

/**
 * What importing these rows of contacts would do. Rows are recognised as those of resources are: by reference, address or
 * name. A company that a row names and nobody knows is made.
 */
export function planPartyRows(
  rows: readonly RowValues[],
  known: readonly PartyRecord[],
  ties: readonly PlannedTie[],
  newId: () => string,
): PartyPlan {
  const matcher = matcherOf(known);
  const byId = new Map(known.map((one) => [one.id, one]));
  const problems: RowProblem[] = [];
  const planned: PlannedRow[] = [];
  for (const row of rows) {
    const match = matcher.match(row);
    if (typeof match === 'string') problems.push({ row: row.line, column: null, message: match });
    else {
      const before = match && byId.get(match.id);
      planned.push({ row, before, values: overlay(before ?? blank(row, newId()), row) });
    }
  }
  if (problems.length === 0) problems.push(...unrecognisable(planned, known));
  const companies = companiesOf(planned, known, newId);
  problems.push(...companies.problems);
  const made = planned.filter(({ before }) => before === undefined).map(({ values }) => values);
  const updates = planned.flatMap(({ before, values }) => (before && !sameValues(before, values) ? [values] : []));
  const there = new Set(ties.map(tieKey));
  const missing = companies.ties.filter((tie) => !there.has(tieKey(tie)));
  const tied = new Set(missing.map(({ personId }) => personId));
  const changed = planned.filter(
    ({ before, values }) => before && (tied.has(values.id) || !sameValues(before, values)),
  ).length;
  return {
    creates: made,
    companies: companies.creates,
    updates,
    ties: missing,
    changed,
    unchanged: planned.length - made.length - changed,
    problems: problems.sort((a, b) => a.row - b.row),
  };
}

const tieKey = ({ personId, companyId }: PlannedTie) => `${personId} ${companyId}`;

/** Rows that would not find their contact again after the import. */
function unrecognisable(planned: readonly PlannedRow[], known: readonly PartyRecord[]): RowProblem[] {
  const state = new Map(known.map((one) => [one.id, one]));
  for (const { values } of planned) state.set(values.id, values);
  const matcher = matcherOf([...state.values()]);
  return planned.flatMap(({ row, values }) => {
    const found = matcher.find(row);
    if (typeof found === 'object' && found.id === values.id) return [];
    const message = 'After this file it could not be told from another contact. Give its reference.';
    return [{ row: row.line, column: null, message }];
  });
}

/** Companies that rows name: of the organisation, of this file, or new. */
function companiesOf(planned: readonly PlannedRow[], known: readonly PartyRecord[], newId: () => string) {
  const renamed = new Set(planned.map(({ values }) => values.id));
  const all = [...planned.map(({ values }) => values), ...known.filter(({ id }) => !renamed.has(id))];
  const byName = Map.groupBy(
    all.filter(({ kind }) => kind === 'company'),
    ({ name }) => keyOf(name),
  );
  const creates: PartyRecord[] = [];
  const ties: PlannedTie[] = [];
  const problems: RowProblem[] = [];
  for (const { row, values } of planned) {
    const { company, line } = row;
    if (company === undefined) continue;
    const [found, ...more] = byName.get(keyOf(company)) ?? [];
    if (values.kind === 'company') {
      problems.push({
        row: line,
        column: null,
        message: 'Only a person can belong to a company. Leave its company out.',
      });
    } else if (more.length > 0) {
      problems.push({
        row: line,
        column: null,
        message: `Several companies are called “${company}”. Merge them first.`,
      });
    } else {
      const one = found ?? { ...blank({ ...row, name: company }, newId()), kind: 'company' as const };
      if (!found) {
        creates.push(one);
        byName.set(keyOf(company), [one]);
      }
      ties.push({ personId: values.id, companyId: one.id });
    }
  }
  return { creates, ties, problems };
}

function blank(row: RowValues, id: string): PartyRecord {
  return {
    id,
    version: 0,
    kind: 'person',
    name: row.name,
    email: null,
    phone: null,
    address: '',
    website: null,
    roles: [],
    notes: '',
    externalRef: null,
  };
}

/** What the row says over what was there; roles are added, never taken away. */
function overlay(before: PartyRecord, row: RowValues): PartyRecord {
  return {
    ...before,
    name: row.name,
    kind: row.partyKind ?? before.kind,
    email: row.email ?? before.email,
    phone: row.phone ?? before.phone,
    address: row.address ?? before.address,
    website: row.website ?? before.website,
    roles: [...new Set([...before.roles, ...row.roles])],
    notes: row.notes ?? before.notes,
    externalRef: row.externalRef ?? before.externalRef,
  };
}

function sameValues(before: PartyRecord, after: PartyRecord): boolean {
  const canonical = (one: PartyRecord) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return canonical(before) === canonical(after);
}

import type { ResourceRecord } from '#features/scheduling/resources/server/write-resources.ts';
import type { ResourceKind } from '#features/scheduling/resources/contract.ts';
import { keyOf, Matcher } from './rules-csv-match.ts';
import type { RowProblem, RowSkill, RowValues } from './rules-csv-values.ts';

/** A resource as it stands, with what an import may write. */
export interface KnownResource extends ResourceRecord {
  archived: boolean;
}

/** What a row becomes. Of a new one the version is 0, and the zone empty when the row names none. */
export type PlannedResource = Omit<KnownResource, 'archived'>;

export interface CsvPlan {
  creates: PlannedResource[];
  /** Only those that the file changes, with all their values. */
  updates: PlannedResource[];
  unchanged: number;
  problems: RowProblem[];
}

/** Its own kind only; a reference may be that of another. */
function matcherOf(kind: ResourceKind, known: readonly KnownResource[]): Matcher<KnownResource> {
  return new Matcher(known, { word: kind, isMeant: (one) => one.kind === kind, wordOf: (one) => one.kind });
}

/**
 * What importing these rows would do. A row means the resource with its reference; else the one with its
 * e-mail address; else the only one of its kind with its name, unless both have addresses and they differ.
 *
 * @param known every resource of the kind, and those of other kinds that a row's reference names
 * @param newId makes ids
 */
export function planRows(
  kind: ResourceKind,
  rows: readonly RowValues[],
  known: readonly KnownResource[],
  newId: () => string,
): CsvPlan {
  const matcher = matcherOf(kind, known);
  const problems: RowProblem[] = [];
  const matched = rows.flatMap((row) => {
    const match = matcher.match(row);
    if (typeof match !== 'string') return [{ row, resource: match }];
    problems.push({ row: row.line, column: null, message: match });
    return [];
  });
  const planned = matched.map(({ row, resource }) => ({
    row,
    resource,
    values: overlay(resource ?? blank(kind, row, newId()), row),
  }));
  if (kind === 'place') problems.push(...resolveParents(planned, known));
  if (problems.length === 0) problems.push(...unrecognisable(kind, planned, known));
  const creates = planned.filter(({ resource }) => resource === undefined).map(({ values }) => values);
  const updates = planned.flatMap(({ resource, values }) =>
    resource && !sameValues(resource, values) ? [values] : [],
  );
  return {
    creates,
    updates,
    unchanged: planned.length - creates.length - updates.length,
    problems: problems.sort((a, b) => a.row - b.row),
  };
}

interface PlannedRow {
  row: RowValues;
  /** Undefined for a new one. */
  resource: KnownResource | undefined;
  values: PlannedResource;
}

/** Rows that would not find their resource again after the import: another row gave somebody else the same name or address. */
function unrecognisable(
  kind: ResourceKind,
  planned: readonly PlannedRow[],
  known: readonly KnownResource[],
): RowProblem[] {
  const state = new Map(known.map((resource) => [resource.id, resource]));
  for (const { values, resource } of planned) {
    state.set(values.id, { ...values, archived: resource?.archived ?? false });
  }
  const matcher = matcherOf(kind, [...state.values()]);
  return planned.flatMap(({ row, values }) => {
    const found = matcher.find(row);
    if (typeof found === 'object' && found.id === values.id) return [];
    const message = `After this file it could not be told from another ${kind}. Give its reference.`;
    return [{ row: row.line, column: null, message }];
  });
}

function blank(kind: ResourceKind, row: RowValues, id: string): PlannedResource {
  return {
    id,
    version: 0,
    kind,
    name: row.name,
    email: null,
    phone: null,
    zone: '',
    address: null,
    latitude: null,
    longitude: null,
    rateMinor: null,
    rateCurrency: null,
    rateUnit: null,
    skills: [],
    tags: [],
    notes: '',
    capacity: null,
    parentId: null,
    externalRef: null,
  };
}

/** What the row says over what was there; skills and tags are added, never taken away. */
function overlay(before: PlannedResource, row: RowValues): PlannedResource {
  const { rate } = row;
  const { id, version, kind, parentId } = before;
  return {
    id,
    version,
    kind,
    parentId,
    name: row.name,
    email: row.email ?? before.email,
    phone: row.phone ?? before.phone,
    zone: row.zone ?? before.zone,
    address: row.address ?? before.address,
    latitude: row.latitude ?? before.latitude,
    longitude: row.longitude ?? before.longitude,
    rateMinor: rate?.minor ?? before.rateMinor,
    rateCurrency: rate?.currency ?? before.rateCurrency,
    rateUnit: rate?.unit ?? before.rateUnit,
    skills: mergedSkills(before.skills, row.skills),
    tags: [...new Set([...before.tags, ...row.tags])],
    notes: row.notes ?? before.notes,
    capacity: row.capacity ?? before.capacity,
    externalRef: row.externalRef ?? before.externalRef,
  };
}

/** A skill without a level keeps the one it has; a new one is good, 3 of 5. */
function mergedSkills(before: KnownResource['skills'], said: readonly RowSkill[]): KnownResource['skills'] {
  const levels = new Map(before.map(({ skill, level }) => [skill, level]));
  for (const { skill, level } of said) levels.set(skill, level ?? levels.get(skill) ?? 3);
  return [...levels].map(([skill, level]) => ({ skill, level }));
}

function sameValues(before: KnownResource, after: PlannedResource): boolean {
  const { archived: _, ...values } = before;
  const canonical = (resource: PlannedResource) =>
    JSON.stringify(Object.entries(resource).sort(([a], [b]) => (a < b ? -1 : 1)));
  return canonical(values) === canonical(after);
}

interface Planned {
  row: RowValues;
  values: PlannedResource;
}

/** Sets the parents that rows name: places of the organisation, or of this file. */
function resolveParents(planned: readonly Planned[], known: readonly KnownResource[]): RowProblem[] {
  const renamed = new Set(planned.map(({ values }) => values.id));
  const places = [
    ...planned.map(({ values }) => values),
    ...known.filter(({ id, kind, archived }) => kind === 'place' && !archived && !renamed.has(id)),
  ];
  const byName = Map.groupBy(places, ({ name }) => keyOf(name));
  const problems: RowProblem[] = [];
  const problem = ({ row }: Planned, message: string) => problems.push({ row: row.line, column: null, message });
  for (const entry of planned) {
    const { parent } = entry.row;
    if (parent === undefined) continue;
    const [found, ...more] = byName.get(keyOf(parent)) ?? [];
    if (!found) problem(entry, `There is no place called “${parent}”, neither here nor in the file.`);
    else if (more.length > 0) problem(entry, `Several places are called “${parent}”.`);
    else entry.values.parentId = found.id;
  }
  const parents = new Map(places.map(({ id, parentId }) => [id, parentId]));
  for (const entry of planned) {
    if (entry.row.parent !== undefined && isCircular(entry.values.id, parents))
      problem(entry, `“${entry.row.name}” would be part of itself.`);
  }
  return problems;
}

function isCircular(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at; at = parents.get(at)) {
    if (at === id) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

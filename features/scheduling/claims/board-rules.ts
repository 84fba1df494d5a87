import type { Resource, ResourceKind } from '../resources/contract.ts';
import type { Claim } from './contract.ts';
import { emptyTrack, firstIndex, trackOf, type Span, type Track } from './timeline-rules.ts';

/** Which rows the board shows, in which order and groups. Pure. */

export interface ClaimSpan extends Span {
  readonly claim: Claim;
}

export const groupings = ['kind', 'place', 'tag', 'skill', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export interface BoardFilter {
  readonly text: string;
  readonly kind: ResourceKind | null;
  readonly skill: string | null;
  readonly tag: string | null;
  readonly onlyClaimed: boolean;
}

export const noFilter: BoardFilter = { text: '', kind: null, skill: null, tag: null, onlyClaimed: false };

export interface GroupRow {
  readonly type: 'group';
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly collapsed: boolean;
}
export interface ResourceRow {
  readonly type: 'resource';
  /** Unique even where a resource stands in two groups, by tag or skill. */
  readonly key: string;
  readonly resource: Resource;
  readonly track: Track<ClaimSpan>;
}
export type BoardRow = GroupRow | ResourceRow;

const spanCache = new WeakMap<Claim, ClaimSpan>();

/** Parsing 20,000 pairs of instants takes 15 ms; claims that did not change keep their span. */
export function spanOf(claim: Claim): ClaimSpan {
  const known = spanCache.get(claim);
  if (known) return known;
  const span = { id: claim.id, start: Date.parse(claim.startsAt), end: Date.parse(claim.endsAt), claim };
  spanCache.set(claim, span);
  return span;
}

/** What ends by six in the morning belongs to the day before: a show ends after midnight. */
const lateNight = 6 * 3_600_000;

/**
 * The whole days that a span is drawn as where an hour is only a few pixels wide.
 * `days` are the first instants of the days, in order; a search in them is a thousand times faster than a calendar.
 */
export function wholeDays<T extends Span>(span: T, days: Float64Array): T {
  const first = Math.max(0, firstIndex(days.length, (index) => (days[index] ?? 0) > span.start) - 1);
  const last = firstIndex(days.length, (index) => (days[index] ?? 0) >= span.end - lateNight);
  const start = days[first] ?? span.start;
  const end = days[Math.max(first + 1, last)] ?? span.end;
  return { ...span, start, end: Math.max(end, start + 1) };
}

const dayCache = new WeakMap<Claim, { days: Float64Array; span: ClaimSpan }>();

function daySpanOf(claim: Claim, days: Float64Array): ClaimSpan {
  const known = dayCache.get(claim);
  if (known?.days === days) return known.span;
  const span = wholeDays(spanOf(claim), days);
  dayCache.set(claim, { days, span });
  return span;
}

const weight = { commit: 0, hold: 1, pencil: 2 } as const;

/** Commitments above holds by rank above pencils. */
export function byImportance(a: ClaimSpan, b: ClaimSpan): number {
  const status = weight[a.claim.status] - weight[b.claim.status];
  const rank = (a.claim.rank ?? 0) - (b.claim.rank ?? 0);
  return status || rank || (a.id < b.id ? -1 : 1);
}

/** The claims of each resource, packed into lanes as they are drawn: by the minute, or in whole days. */
export function tracksOf(claims: readonly Claim[], days: Float64Array | null): Map<string, Track<ClaimSpan>> {
  const byResource = new Map<string, ClaimSpan[]>();
  for (const claim of claims) {
    const span = days ? daySpanOf(claim, days) : spanOf(claim);
    const spans = byResource.get(claim.resourceId);
    if (spans) spans.push(span);
    else byResource.set(claim.resourceId, [span]);
  }
  return new Map([...byResource].map(([id, spans]) => [id, trackOf(spans, byImportance)]));
}

export function matches(resource: Resource, filter: BoardFilter): boolean {
  const text = filter.text.trim().toLocaleLowerCase();
  return (
    (filter.kind === null || resource.kind === filter.kind) &&
    (filter.tag === null || resource.tags.includes(filter.tag)) &&
    (filter.skill === null || resource.skills.some(({ skill }) => skill === filter.skill)) &&
    (text === '' || resource.name.toLocaleLowerCase().includes(text))
  );
}

export interface RowOptions {
  readonly resources: readonly Resource[];
  readonly tracks: ReadonlyMap<string, Track<ClaimSpan>>;
  readonly filter: BoardFilter;
  readonly grouping: Grouping;
  readonly collapsed: ReadonlySet<string>;
  readonly kindWords: Readonly<Record<ResourceKind, string>>;
}

export function boardRows(options: RowOptions): BoardRow[] {
  const { resources, tracks, filter, grouping, collapsed } = options;
  const shown = resources.filter(
    (resource) =>
      matches(resource, filter) && (!filter.onlyClaimed || (tracks.get(resource.id)?.spans.length ?? 0) > 0),
  );
  const rowOf = (resource: Resource, group: string): ResourceRow => ({
    type: 'resource',
    key: `${group}/${resource.id}`,
    resource,
    track: tracks.get(resource.id) ?? emptyTrack,
  });
  if (grouping === 'none') return shown.map((resource) => rowOf(resource, ''));
  const names = new Map(resources.map(({ id, name }) => [id, name]));
  const groups = new Map<string, Resource[]>();
  for (const resource of shown) {
    for (const label of groupsOf(resource, grouping, names, options.kindWords)) {
      const group = groups.get(label);
      if (group) group.push(resource);
      else groups.set(label, [resource]);
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => groupOrder(a, b, grouping, options.kindWords))
    .flatMap(([label, members]): BoardRow[] => [
      { type: 'group', key: label, label, count: members.length, collapsed: collapsed.has(label) },
      ...(collapsed.has(label) ? [] : members.map((resource) => rowOf(resource, label))),
    ]);
}

const without = { tag: 'Without a tag', skill: 'Without a skill', place: 'Not part of a place' } as const;

function groupsOf(
  resource: Resource,
  grouping: Exclude<Grouping, 'none'>,
  names: ReadonlyMap<string, string>,
  kindWords: Readonly<Record<ResourceKind, string>>,
): string[] {
  if (grouping === 'kind') return [kindWords[resource.kind]];
  if (grouping === 'tag') return resource.tags.length > 0 ? resource.tags : [without.tag];
  if (grouping === 'skill')
    return resource.skills.length > 0 ? resource.skills.map(({ skill }) => skill) : [without.skill];
  return [(resource.parentId && names.get(resource.parentId)) ?? without.place];
}

/** Kinds in their usual order, the rest by name, and what has no group at the end. */
function groupOrder(
  a: string,
  b: string,
  grouping: Grouping,
  kindWords: Readonly<Record<ResourceKind, string>>,
): number {
  if (grouping === 'kind') {
    const order = [kindWords.place, kindWords.person, kindWords.thing];
    return order.indexOf(a) - order.indexOf(b);
  }
  const last = new Set<string>(Object.values(without));
  return Number(last.has(a)) - Number(last.has(b)) || a.localeCompare(b);
}

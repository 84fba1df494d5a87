import type { Tx } from '#platform/db/tenant.ts';
import { RawJson } from '#platform/contract/raw-json.ts';
import { wallPieces } from '#features/scheduling/availability/rules.ts';
import type { FindQuery } from '../contract.ts';
import { reasonsOf, type Standing } from '../rules.ts';
import { findStatement, isLong } from './statement.ts';

interface Found extends Omit<Standing, 'skill' | 'distanceKm'> {
  /** Null in the one row of an empty page. */
  id: string | null;
  distance: number | null;
  /** JSON as PostgreSQL built it. */
  resource: string | null;
  zones: string[] | null;
  /** Whether candidates were left out that might belong here. */
  unsure: boolean | null;
}

/** Zones that each organisation's resources are in. Only a guess: the statement says which there are. */
const zonesOf = new Map<string, string[]>();

/** Candidates to look at first, per match asked for: most people are free at most times. */
const firstLook = 4;

/**
 * Who is free, best first. One round trip; another when a time zone turns up that wasn't known here, or
 * when so many candidates are taken that the first look finds too few.
 * @param rates whether the asker may see rates: for others they are neither named nor part of the order
 */
export async function findFree(tx: Tx, asked: FindQuery, rates = true): Promise<RawJson> {
  const query = rates ? asked : { ...asked, rateCurrency: undefined, rateUnit: undefined };
  const { orgId } = tx.scope;
  let most: number | null = (query.limit + 1) * firstLook;
  for (;;) {
    const known = zonesOf.get(orgId) ?? [];
    const { text, values } = findStatement(orgId, query, wallClocks(known, query), most);
    const rows = await tx.query<Found>(text, values);
    const zones = rows[0]?.zones ?? [];
    const complete = zones.every((zone) => known.includes(zone));
    if (complete && !rows[0]?.unsure) return answerOf(rows, query, rates);
    if (rows[0]?.unsure) most = null;
    if (!complete) rememberZones(orgId, zones);
  }
}

function rememberZones(orgId: string, zones: string[]): void {
  if (zonesOf.size >= 10_000) zonesOf.clear();
  zonesOf.set(orgId, zones);
}

function wallClocks(zones: readonly string[], query: FindQuery): string {
  const [from, to] = [Date.parse(query.startsAt), Date.parse(query.endsAt)];
  const rows = zones.flatMap((zone) => {
    const pieces = wallPieces(from, to, zone);
    if (!isLong(query))
      return pieces.map(({ weekday, startsMs, endsMs }) => ({ zone, weekday, starts_ms: startsMs, ends_ms: endsMs }));
    return [...new Set(pieces.map(({ weekday }) => weekday))].map((weekday) => ({ zone, weekday }));
  });
  return JSON.stringify(rows);
}

/** Only what PostgreSQL can't word is made here; the records pass through as text. */
function answerOf(rows: readonly Found[], { skill, limit }: FindQuery, rates: boolean): RawJson {
  const found = rows.filter(({ id }) => id !== null);
  const items = found.slice(0, limit).map((row) => {
    const { resource, level, distance, holds, pencils } = row;
    const distanceKm = distance === null ? null : Math.round(distance * 10) / 10;
    const reasons = reasonsOf({ ...row, ...(!rates && { rateMinor: null }), skill, distanceKm });
    return `{"resource":${resource},"distanceKm":${distanceKm},"level":${level},"holds":${holds},"pencils":${pencils},"reasons":${JSON.stringify(reasons)}}`;
  });
  return new RawJson(`{"items":[${items.join(',')}],"more":${found.length > limit}}`);
}

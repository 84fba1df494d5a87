import { randomUUID } from 'node:crypto';
import { createClient } from '#platform/client/client.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';

/** A running server and one organisation to try it with. */
export interface World {
  baseUrl: string;
  org: string;
  orgId: string;
  /** An owner's API key. */
  key: string;
  /** Superuser's connection to the tenant database: what is true there, row security aside. */
  tenantUrl: string;
}

export function apis({ baseUrl, key }: World) {
  const options = { baseUrl, headers: { authorization: `Bearer ${key}` } };
  return {
    claims: createClient(claims, options),
    resources: createClient(resources, options),
    engagements: createClient(engagements, options),
  };
}

export async function makeResources(world: World, count: number, name: string): Promise<string[]> {
  const api = apis(world).resources;
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    ids.push((await api.create({ org: world.org, body: { kind: 'place', name: `${name} ${n}` } })).id);
  }
  return ids;
}

export async function makeEngagement(world: World, startsAt: string, endsAt: string): Promise<string> {
  const body = { title: `Engagement ${randomUUID().slice(0, 8)}`, startsAt, endsAt };
  return (await apis(world).engagements.create({ org: world.org, body })).id;
}

/** Runs `count` pieces of work, so many at once. */
export async function inParallel<T>(count: number, atOnce: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < count; n = next++) results[n] = await work(n);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

/** @throws {Error} with the sentence when the condition doesn't hold */
export function must(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

/** Pairs of commitments on one exclusive resource that overlap; must be none. */
export const overlapsSql = `
  select count(*)::int as count from claims a join claims b on b.org_id = a.org_id and b.resource_id = a.resource_id
     and b.id > a.id and b.status = 'commit' and b.starts_at < a.ends_at and a.starts_at < b.ends_at
   where a.status = 'commit' and a.exclusive`;

/** Holds of rank n > 1 without one of rank n - 1 beside them, and overlapping pairs of one rank; must be none. */
export const queueFaultsSql = `
  select count(*)::int as count from claims h where h.status = 'hold' and (
    (h.rank > 1 and not exists (select from claims o where o.org_id = h.org_id and o.resource_id = h.resource_id
       and o.status = 'hold' and o.rank = h.rank - 1 and o.starts_at < h.ends_at and h.starts_at < o.ends_at))
    or exists (select from claims o where o.org_id = h.org_id and o.resource_id = h.resource_id and o.id <> h.id
       and o.status = 'hold' and o.rank = h.rank and o.starts_at < h.ends_at and h.starts_at < o.ends_at))`;

export const hour = 3_600_000;
export function at(ms: number): string {
  return new Date(ms).toISOString();
}

import { candidatesOf } from '#features/calls/lists/server/candidates.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { CallCandidate } from '../cascade-contract.ts';
import { openAhead, type ServiceSeats } from '../cascade-rules.ts';
import { obstaclesOf } from './obstacles.ts';
import type { Reader } from './queries.ts';
import { servicesOf } from './situation.ts';

export interface Need {
  id: string;
  engagementId: string;
  title: string;
  skill: string;
  kind: 'principal' | 'section';
  doubles: string[];
  zone: string;
}

/** @throws AppError not_found */
export async function requireNeed(tx: Tx, id: string): Promise<Need> {
  const [need] = await tx.query<Need>(
    `select n.id, n.engagement_id as "engagementId", n.title, n.skill, n.kind, n.doubles, e.zone
       from needs n join engagements e on e.org_id = n.org_id and e.id = n.engagement_id
      where n.org_id = $1 and n.id = $2 and n.dropped_at is null`,
    [tx.scope.orgId, id],
  );
  if (!need) throw notFound('This need');
  return need;
}

/** @throws AppError nothing_open */
export async function requireOpenServices(tx: Tx, needId: string): Promise<ServiceSeats[]> {
  const open = openAhead(await servicesOf(tx, needId), tx.scope.now.getTime());
  if (open.length > 0) return open;
  throw new AppError('nothing_open', { message: 'There is no open seat at a service that is still ahead.' });
}

export interface Chosen {
  resourceId: string;
  name: string;
  grade: 'A' | 'B' | 'C' | null;
  place: number | null;
}

/**
 * Who is asked: the approved lists of the first service's day, or the people given, in their order. Whoever of those
 * stands on no list was chosen by hand.
 *
 * @throws AppError invalid_input
 */
export async function chosenFor(
  tx: Tx,
  need: Need,
  services: readonly ServiceSeats[],
  resourceIds: readonly string[] | undefined,
): Promise<Chosen[]> {
  const listed = await candidatesOf(tx, { skill: need.skill, kind: need.kind, on: await dayOf(tx, need, services) });
  if (!resourceIds) return listed;
  const byId = new Map<string, Chosen>(listed.map((one) => [one.resourceId, one]));
  const people = await requirePeople(tx, resourceIds);
  return people.map(({ resourceId, name }) => byId.get(resourceId) ?? { resourceId, name, grade: null, place: null });
}

/** In their order. @throws AppError invalid_input for somebody who isn't there, or is named twice */
export async function requirePeople(
  tx: Tx,
  resourceIds: readonly string[],
): Promise<{ resourceId: string; name: string }[]> {
  if (new Set(resourceIds).size < resourceIds.length) throw invalid('resourceIds', 'Name each person once.');
  const people = await tx.query<{ resourceId: string; name: string }>(
    `select p.id as "resourceId", p.name from unnest($2::uuid[]) with ordinality as a(id, n)
       join resources p on p.org_id = $1 and p.id = a.id and p.kind = 'person' and p.archived_at is null order by a.n`,
    [tx.scope.orgId, resourceIds],
  );
  if (people.length < resourceIds.length) throw invalid('resourceIds', 'One of these people is not there any more.');
  return people;
}

async function dayOf(tx: Tx, { zone }: Need, [first]: readonly ServiceSeats[]): Promise<string> {
  const [row] = await tx.query<{ day: string }>('select ($1::timestamptz at time zone $2)::date::text as day', [
    new Date(first?.startsAt ?? tx.scope.now).toISOString(),
    zone,
  ]);
  return row?.day ?? '';
}

/** Nobody to ask: what to do about it. */
export function nobodyError({ skill, kind }: Need): AppError {
  const message = `Nobody stands on an approved list for ${skillName(skill)} (${kind}) on that day. Choose people by hand, or have a list approved.`;
  return invalid('resourceIds', message);
}

/** With what speaks against asking them now; by name for who sees no ranks. */
export async function listCandidates(
  tx: Tx,
  needId: string,
  ids: readonly string[] | undefined,
  { self, ranks }: Reader,
): Promise<CallCandidate[]> {
  const need = await requireNeed(tx, needId);
  const services = openAhead(await servicesOf(tx, needId), tx.scope.now.getTime());
  const chosen = await chosenFor(tx, need, services, ids && ids.length > 0 ? ids : undefined);
  const [obstacles, before] = await Promise.all([
    obstaclesOf(
      tx,
      { ...need, services },
      chosen.map(({ resourceId, grade }) => ({ resourceId, byHand: grade === null })),
    ),
    tx.query<{ resourceId: string; state: NonNullable<CallCandidate['earlier']> }>(
      `select distinct on (resource_id) resource_id as "resourceId", state from calls
        where org_id = $1 and need_id = $2 and engagement_id = $3 order by resource_id, created_at desc`,
      [tx.scope.orgId, needId, need.engagementId],
    ),
  ]);
  const earlier = new Map(before.map(({ resourceId, state }) => [resourceId, state]));
  // Who stands on the lists must not find out where: not even as the one whose place is missing.
  const hidden = !ranks(need) || chosen.some(({ resourceId }) => resourceId === self);
  const candidates = chosen.map(({ resourceId, name, grade, place }) => {
    const found = obstacles.get(resourceId);
    const [clash] = services.flatMap(({ id }) => found?.at.get(id) ?? []);
    return {
      resourceId,
      name,
      grade: hidden ? null : grade,
      place: hidden ? null : place,
      obstacle: found?.lasting ?? clash ?? null,
      busy: found?.busy ?? false,
      earlier: earlier.get(resourceId) ?? null,
    };
  });
  return hidden ? candidates.toSorted((a, b) => a.name.localeCompare(b.name)) : candidates;
}

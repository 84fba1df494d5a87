import { sql } from 'kysely';
import * as z from 'zod';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { containing } from '#platform/db/list.ts';
import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';
import type { Services } from '#platform/http/services.ts';
import type { operator } from '../contract.ts';
import { organisation } from '../shapes.ts';
import { newestOperation } from './operations.ts';

type Control = Services['databases']['control'];
type Query = RouteInput<typeof operator.routes.listOrganisations>['query'];

/** Everything here comes from the control database: of what is in a tenant's, only what its own job counted. */
function select(control: Control) {
  return control
    .selectFrom('organisations as o')
    .innerJoin('tenant_databases as d', 'd.id', 'o.tenant_database_id')
    .leftJoin('organisation_usage as c', 'c.organisation_id', 'o.id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('support_grants as g')
          .select(['g.id as grantId', 'g.purpose', 'g.level', 'g.ends_at as endsAt'])
          .whereRef('g.organisation_id', '=', 'o.id')
          .where('g.revoked_at', 'is', null)
          .where('g.ends_at', '>', sql<string>`now()`)
          .orderBy('g.ends_at', 'desc')
          .limit(1)
          .as('s'),
      (join) => join.onTrue(),
    )
    .select(['o.id', 'o.slug', 'o.name', 'o.status', 'o.plan', 'o.created_at as createdAt'])
    .select(['d.id as databaseId', 'd.name as database', 'd.kind', 'd.reachable'])
    .select(['c.engagements', 'c.projects', 'c.resources', 'c.claims'])
    .select(['c.last_activity_at as lastActivityAt', 'c.counted_at as countedAt'])
    .select(['s.grantId', 's.purpose', 's.level', 's.endsAt'])
    .select(sql<number>`(select count(*)::int from memberships m where m.organisation_id = o.id)`.as('members'));
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function present(row: Row): z.output<typeof organisation> {
  const { databaseId, database, kind, reachable, grantId, purpose, level, endsAt, countedAt, ...rest } = row;
  const { engagements, projects, resources, claims, lastActivityAt, ...fields } = rest;
  const counts = { engagements, projects, resources, claims, lastActivityAt, countedAt };
  return organisation.parse({
    ...fields,
    place: { databaseId, database, kind, reachable },
    usage: countedAt === null ? null : counts,
    support: grantId === null ? null : { id: grantId, purpose, level, endsAt },
  });
}

/** By name; the search looks at names and short names. */
export async function listOrganisations(control: Control, { q, status, databaseId, limit, after }: Query) {
  const like = containing(q);
  const cursor = decodeCursor(after, 3);
  const [name, id, counted] = cursor ?? [];
  const rows = await select(control)
    .$if(like !== undefined, (query) =>
      query.where((eb) => eb.or([eb('o.name', 'ilike', like ?? ''), eb('o.slug', 'ilike', like ?? '')])),
    )
    .$if(status !== undefined, (query) => query.where('o.status', '=', status ?? ''))
    .$if(databaseId !== undefined, (query) => query.where('d.id', '=', databaseId ?? ''))
    .$if(cursor !== undefined, (query) => query.where(sql<boolean>`(o.name, o.id) > (${name}::text, ${id}::uuid)`))
    .orderBy('o.name')
    .orderBy('o.id')
    .limit(limit + 1)
    .execute();
  const total = cursor ? Number(counted) : await count(control, { q, status, databaseId });
  const items = rows.slice(0, limit).map(present);
  const last = items.at(-1);
  return { items, total, next: rows.length > limit && last ? encodeCursor([last.name, last.id, total]) : null };
}

async function count(
  control: Control,
  { q, status, databaseId }: Pick<Query, 'q' | 'status' | 'databaseId'>,
): Promise<number> {
  const like = containing(q);
  const { all } = await control
    .selectFrom('organisations as o')
    .select(({ fn }) => fn.countAll<number>().as('all'))
    .$if(like !== undefined, (query) =>
      query.where((eb) => eb.or([eb('o.name', 'ilike', like ?? ''), eb('o.slug', 'ilike', like ?? '')])),
    )
    .$if(status !== undefined, (query) => query.where('o.status', '=', status ?? ''))
    .$if(databaseId !== undefined, (query) => query.where('o.tenant_database_id', '=', databaseId ?? ''))
    .executeTakeFirstOrThrow();
  return Number(all);
}

/** @throws AppError not_found */
export async function getOrganisation(control: Control, id: string) {
  const row = await select(control)
    .innerJoin('plans as p', 'p.name', 'o.plan')
    .select(['o.suspended_reason as suspendedReason', 'p.people as mostPeople', 'p.projects as mostProjects'])
    .where('o.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('This organisation');
  const { suspendedReason, mostPeople, mostProjects, ...fields } = row;
  const [owners, { invitations }, newest] = await Promise.all([
    control
      .selectFrom('memberships as m')
      .innerJoin('users as u', 'u.id', 'm.user_id')
      .select(['u.name', 'u.email'])
      .where('m.organisation_id', '=', id)
      .where('m.role', '=', 'owner')
      .orderBy('u.name')
      .execute(),
    control
      .selectFrom('invitations')
      .select(({ fn }) => fn.countAll<number>().as('invitations'))
      .where('organisation_id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<string>`now()`)
      .executeTakeFirstOrThrow(),
    newestOperation(control, id),
  ]);
  return {
    ...present(fields),
    suspendedReason,
    owners,
    invitations: Number(invitations),
    limits: { people: mostPeople, projects: mostProjects },
    operation: newest?.state === 'done' ? null : newest,
  };
}

/** @throws AppError not_found */
export async function requireOrganisation(control: Control, id: string): Promise<{ id: string; name: string }> {
  const row = await control.selectFrom('organisations').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('This organisation');
  return row;
}

export function listPlans(control: Control) {
  return control.selectFrom('plans').select(['name', 'title', 'people', 'projects']).orderBy('title').execute();
}

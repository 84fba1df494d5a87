import { notFound } from '#platform/contract/errors.ts';
import { RawJson } from '#platform/contract/raw-json.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { need, type Need } from '../contract.ts';
import type { ExistingNeed } from '../need-plan-rules.ts';

export const needShape: RowShape = { entity: need };

export const needJson = rowJson(needShape);

/** A service under the alias `i`. */
export const serviceFields = `'id', i.id, 'kind', i.kind, 'title', i.title, 'startsAt', iso(i.starts_at),
  'endsAt', iso(i.ends_at), 'zone', i.zone, 'placeName', (
    select p.name from engagements e join resources p on p.org_id = e.org_id and p.id = coalesce(i.place_id, e.place_id)
     where e.org_id = i.org_id and e.id = i.engagement_id)`;

/** A seat under the alias `s`. */
export const seatJson = `json_build_object('id', s.id, 'needId', s.need_id, 'scheduleItemId', s.schedule_item_id,
  'number', s.number, 'resourceId', s.resource_id,
  'name', (select p.name from resources p where p.org_id = s.org_id and p.id = s.resource_id),
  'source', s.source, 'since', case when s.resource_id is not null then iso(s.updated_at) end)`;

export function getNeed(tx: Tx, id: string): Promise<Need> {
  return getRow<Need>(tx, needShape, id);
}

/** Services by start, needs in their order, and every seat. @throws AppError not_found */
export async function getGrid(tx: Tx, engagementId: string): Promise<RawJson> {
  const key = [tx.scope.orgId, engagementId];
  const [found, services, needs, seats] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', key),
    tx.query<{ list: string }>(
      `select coalesce(json_agg(json_build_object(${serviceFields}) order by i.starts_at, i.id), '[]'::json)::text as list
         from schedule_items i where i.org_id = $1 and i.engagement_id = $2 and i.service`,
      key,
    ),
    tx.query<{ list: string }>(
      `select coalesce(json_agg(${needJson} order by r.sort, r.created_at, r.id), '[]'::json)::text as list
         from needs r where r.org_id = $1 and r.engagement_id = $2 and r.dropped_at is null`,
      key,
    ),
    tx.query<{ list: string }>(
      `select coalesce(json_agg(${seatJson} order by s.number), '[]'::json)::text as list
         from seats s where s.org_id = $1 and s.engagement_id = $2`,
      key,
    ),
  ]);
  if (found.length === 0) throw notFound('This engagement');
  return new RawJson(
    `{"services":${services[0]?.list ?? '[]'},"needs":${needs[0]?.list ?? '[]'},"seats":${seats[0]?.list ?? '[]'}}`,
  );
}

/** Locks an engagement's needs, so that two who change them follow one another. @throws AppError not_found */
export async function lockNeeds(tx: Tx, engagementId: string): Promise<ExistingNeed[]> {
  const key = [tx.scope.orgId, engagementId];
  // Of the engagement first: where it has no need yet, there is nothing else to wait for.
  const [engagement] = await tx.query('select from engagements where org_id = $1 and id = $2 for no key update', key);
  if (!engagement) throw notFound('This engagement');
  await tx.query('select from needs where org_id = $1 and engagement_id = $2 order by id for update', key);
  return tx.query<ExistingNeed>(
    `select r.id, r.skill, r.title, r.kind, r.doubles, r.every_service as "everyService", r.quantity, r.source,
            coalesce((select json_agg(json_build_object('id', s.id, 'scheduleItemId', s.schedule_item_id, 'number', s.number,
                                                        'resourceId', s.resource_id))
                        from seats s where s.org_id = r.org_id and s.need_id = r.id), '[]'::json) as seats
       from needs r where r.org_id = $1 and r.engagement_id = $2 and r.dropped_at is null order by r.sort, r.created_at, r.id`,
    key,
  );
}

/** Ids of an engagement's services, by start. */
export async function serviceIds(tx: Tx, engagementId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from schedule_items where org_id = $1 and engagement_id = $2 and service order by starts_at, id',
    [tx.scope.orgId, engagementId],
  );
  return rows.map(({ id }) => id);
}

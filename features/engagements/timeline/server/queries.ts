import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { Filter, listRows } from '#platform/db/list.ts';
import { getRow, rowColumns, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { GroupKey } from '#features/engagements/people/group-words.ts';
import { requirePart } from '#features/engagements/server/queries.ts';
import type { SeenBy } from '../audience-rules.ts';
import { scheduleItem, type ScheduleItem, type timeline } from '../contract.ts';

export const itemShape: RowShape = {
  entity: scheduleItem,
  joins: `left join engagements e on e.org_id = r.org_id and e.id = r.engagement_id
    left join resources p on p.org_id = r.org_id and p.id = coalesce(r.place_id, e.place_id)`,
  computed: {
    placeName: 'p.name',
    seated: `(select count(*)::int from seats s
               where s.org_id = r.org_id and s.schedule_item_id = r.id and s.resource_id is not null)`,
  },
};

type Page = RouteInput<(typeof timeline)['routes']['list']>['query'];

/** @param own only of an engagement in which this account takes part, and what it may know of. @throws AppError not_found */
export async function listItems(tx: Tx, engagementId: string, page: Page, own?: string): Promise<RawJson> {
  if (own) await requirePart(tx, engagementId, own);
  const [found, list] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', [tx.scope.orgId, engagementId]),
    listRows(tx, {
      from: `schedule_items r ${itemShape.joins}`,
      filter: new Filter(tx)
        .add((mark) => `r.engagement_id = ${mark}`, engagementId)
        .add((mark) => `sees_item(r, ${mark}, null)`, own),
      order: [
        { column: 'r.starts_at', type: 'timestamptz' },
        { column: 'r.id', type: 'uuid' },
      ],
      columns: rowColumns(itemShape),
      page,
    }),
  ]);
  if (found.length === 0) throw notFound('This engagement');
  return list;
}

export function getItem(tx: Tx, id: string): Promise<ScheduleItem> {
  return getRow<ScheduleItem>(tx, itemShape, id);
}

/** By start. */
export function getItems(tx: Tx, ids: readonly string[]): Promise<ScheduleItem[]> {
  return tx.query<ScheduleItem>(
    `select ${rowColumns(itemShape)} from schedule_items r ${itemShape.joins} where r.org_id = $1 and r.id = any($2::uuid[])
      order by r.starts_at, r.id`,
    [tx.scope.orgId, ids],
  );
}

/** An item as commands work on it, its row locked against everybody who would sit down or move it. */
export interface LockedItem {
  id: string;
  engagementId: string;
  kind: string;
  title: string;
  service: boolean;
  placeId: string | null;
  zone: string;
  startsAt: string;
  endsAt: string;
  dress: string;
  notes: string;
  forAll: boolean;
  forGroups: GroupKey[];
  personIds: string[];
  seenBy: SeenBy;
  seenByGroups: GroupKey[];
  version: number;
}

const lockedColumns = `id, engagement_id as "engagementId", kind, title, service, place_id as "placeId", zone,
  iso(starts_at) as "startsAt", iso(ends_at) as "endsAt", dress, notes, for_all as "forAll",
  for_groups as "forGroups", person_ids as "personIds", seen_by as "seenBy", seen_by_groups as "seenByGroups", version`;

/** @throws AppError not_found */
export async function lockItem(tx: Tx, id: string): Promise<LockedItem> {
  const [item] = await tx.query<LockedItem>(
    `select ${lockedColumns} from schedule_items where org_id = $1 and id = $2 for update`,
    [tx.scope.orgId, id],
  );
  if (!item) throw notFound('This item');
  return item;
}

/** Everything on the schedule of the same engagement. @throws AppError not_found */
export async function lockSchedule(tx: Tx, itemId: string): Promise<LockedItem[]> {
  const items = await tx.query<LockedItem>(
    `select ${lockedColumns} from schedule_items
      where org_id = $1 and engagement_id = (select engagement_id from schedule_items where org_id = $1 and id = $2)
      order by id for update`,
    [tx.scope.orgId, itemId],
  );
  if (items.length === 0) throw notFound('This item');
  return items;
}

import type { ListGroup } from '#features/calls/lists/list-rules.ts';
import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import type { Databases } from '#platform/db/databases.ts';
import { Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { call, callStates, cascade, type Call, type Cascade } from '../cascade-contract.ts';
import { type calls } from '../contract.ts';

type Routes = (typeof calls)['routes'];

const waitingQuestions = (
  of: string,
) => `(select count(*)::int from call_questions q join calls c on c.org_id = q.org_id and c.id = q.call_id
  where q.org_id = r.org_id and ${of} and q.asked_by = 'person' and not exists (
    select from call_questions a where a.org_id = q.org_id and a.call_id = q.call_id and a.asked_by = 'office'
       and (a.created_at, a.id) > (q.created_at, q.id)))`;

const ofNeed = (column: string) => `(select n.${column} from needs n where n.org_id = r.org_id and n.id = r.need_id)`;
const engagementTitle = '(select e.title from engagements e where e.org_id = r.org_id and e.id = r.engagement_id)';
const mailOf = (call: string) =>
  `messages m where m.org_id = ${call}.org_id and m.dedupe_key = 'call:' || ${call}.id || ':' || iso(${call}.sent_at)`;
const seatsOf = (condition: string) =>
  `(select count(*)::int from seats s where s.org_id = r.org_id and s.engagement_id = r.engagement_id and s.need_id = r.need_id${condition})`;

export const cascadeShape: RowShape = {
  entity: cascade,
  computed: {
    engagementTitle,
    needTitle: ofNeed('title'),
    skill: ofNeed('skill'),
    kind: ofNeed('kind'),
    needDropped: ofNeed('dropped_at is not null'),
    seats: seatsOf(''),
    openSeats: seatsOf(' and s.resource_id is null'),
    counts: `(select json_build_object(${callStates
      .map((state) => `'${state}', count(*) filter (where c.state = '${state}')`)
      .join(', ')}) from calls c where c.org_id = r.org_id and c.cascade_id = r.id)`,
    unreached: `(select count(*)::int from calls c where c.org_id = r.org_id and c.cascade_id = r.id and c.state = 'open'
      and c.opened_at is null and exists (
        select from ${mailOf('c')} and m.state in ('kept', 'failed', 'bounced', 'suppressed')))`,
    nextDeadlineAt: `(select iso(min(c.deadline_at)) from calls c where c.org_id = r.org_id and c.cascade_id = r.id and c.state = 'open')`,
    questions: waitingQuestions('c.cascade_id = r.id'),
  },
};

/**
 * Calls as the office reads them. Nobody reads where they stand themselves: in a cascade in which the reader's own
 * person is, or for chairs whose lists name them, nobody's place or grade is shown, because theirs would be the one
 * that is missing.
 *
 * @param self the reader's own person, an id of this database
 */
export function callShape(self: string | undefined): RowShape {
  const shown = (column: string) =>
    self === undefined
      ? `r.${column}`
      : `case when exists (select from calls o where o.org_id = r.org_id and o.cascade_id = r.cascade_id
           and o.resource_id = '${self}'::uuid) or exists (
             select from ranked_entries e
               join ranked_lists l on l.org_id = e.org_id and l.id = e.list_id
               join needs n on n.org_id = l.org_id and lower(n.skill) = lower(l.skill) and n.kind = l.kind
              where e.org_id = r.org_id and e.resource_id = '${self}'::uuid and n.id = r.need_id)
         then null else r.${column} end`;
  const ofPerson = (column: string) =>
    `(select p.${column} from resources p where p.org_id = r.org_id and p.id = r.resource_id)`;
  return {
    entity: call,
    computed: {
      place: shown('place'),
      grade: shown('grade'),
      name: ofPerson('name'),
      zone: ofPerson('zone'),
      engagementTitle,
      needTitle: ofNeed('title'),
      services: `coalesce((select json_agg(json_build_object('scheduleItemId', i.id, 'kind', i.kind, 'title', i.title,
          'startsAt', iso(i.starts_at), 'endsAt', iso(i.ends_at), 'zone', i.zone, 'answer', s.answer) order by i.starts_at, i.id)
        from call_services s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
       where s.org_id = r.org_id and s.call_id = r.id), '[]'::json)`,
      mail: `(select m.state from ${mailOf('r')})`,
      questions: waitingQuestions('q.call_id = r.id'),
    },
  };
}

/** The person behind an account, when there is one. */
export async function selfOf(tx: Tx, userId: string | undefined): Promise<string | undefined> {
  if (!userId) return undefined;
  const [row] = await tx.query<{ id: string }>('select id from resources where org_id = $1 and user_id = $2', [
    tx.scope.orgId,
    userId,
  ]);
  return row?.id;
}

export function listCascades(tx: Tx, filter: RouteInput<Routes['listCascades']>['query']): Promise<RawJson> {
  return listJson(tx, {
    from: 'cascades r',
    filter: new Filter(tx)
      .add((mark) => `r.engagement_id = ${mark}`, filter.engagementId)
      .add((mark) => `r.need_id = ${mark}`, filter.needId)
      .add((mark) => `r.state = any(${mark}::text[])`, filter.state),
    order: [
      { column: 'r.created_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: true,
    item: rowJson(cascadeShape),
    page: filter,
  });
}

export function getCascade(tx: Tx, id: string): Promise<Cascade> {
  return getRow<Cascade>(tx, cascadeShape, id);
}

/** Who reads: their own person, and for which chairs they see who comes before whom. */
export interface Reader {
  self: string | undefined;
  ranks: (group: ListGroup) => boolean;
}

/**
 * A cascade with its calls; who was asked comes by time for those who see no ranks.
 * @throws AppError not_found
 */
export async function getCascadeWithCalls(tx: Tx, control: Databases['control'], id: string, { self, ranks }: Reader) {
  const [row, started, rows] = await Promise.all([
    getCascade(tx, id),
    tx.query<{ by: string }>('select started_by as by from cascades where org_id = $1 and id = $2', [
      tx.scope.orgId,
      id,
    ]),
    tx.query<{ row: Call }>(
      `select ${rowJson(callShape(self))} as row from calls r where r.org_id = $1 and r.cascade_id = $2 order by r.place`,
      [tx.scope.orgId, id],
    ),
  ]);
  const by = started[0]?.by ?? '';
  const names = await actorNames(control, tx.scope.orgId, [by]);
  const all = rows.map((found) => found.row);
  const own = all.some(({ resourceId }) => resourceId === self);
  return {
    cascade: row,
    startedBy: names.get(by) ?? by,
    calls: ranks(row) && !own ? all : all.toSorted(byTimeThenName),
  };
}

function byTimeThenName(a: Call, b: Call): number {
  if (a.sentAt !== b.sentAt) return a.sentAt === null ? 1 : b.sentAt === null ? -1 : a.sentAt < b.sentAt ? -1 : 1;
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
}

/** Newest first; only those that went out. */
export function listCalls(
  tx: Tx,
  filter: RouteInput<Routes['listCalls']>['query'],
  self: string | undefined,
): Promise<RawJson> {
  return listJson(tx, {
    from: 'calls r',
    filter: new Filter(tx, 'r.sent_at is not null')
      .add((mark) => `r.engagement_id = ${mark}`, filter.engagementId)
      .add((mark) => `r.need_id = ${mark}`, filter.needId)
      .add((mark) => `r.cascade_id = ${mark}`, filter.cascadeId)
      .add((mark) => `r.resource_id = ${mark}`, filter.resourceId)
      .add((mark) => `r.state = any(${mark}::text[])`, filter.state)
      .add((mark) => `r.sent_at >= ${mark}`, filter.from)
      .add((mark) => `r.sent_at < ${mark}`, filter.to),
    order: [
      { column: 'r.sent_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: true,
    item: rowJson(callShape(self)),
    page: filter,
  });
}

export function getCall(tx: Tx, id: string, self: string | undefined): Promise<Call> {
  return getRow<Call>(tx, callShape(self), id);
}

/** @throws AppError not_found unless the call is that of the person behind the account */
export async function requireOwnCall(tx: Tx, id: string, userId: string | undefined): Promise<void> {
  const [found] = userId
    ? await tx.query(
        `select c.id from calls c join resources p on p.org_id = c.org_id and p.id = c.resource_id
          where c.org_id = $1 and c.id = $2 and p.user_id = $3`,
        [tx.scope.orgId, id, userId],
      )
    : [];
  if (!found) throw notFound('This call');
}

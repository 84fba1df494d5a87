import { actorNames } from '#features/identity/server/actor-names.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { skillNames } from '#features/calls/instruments/skill-rules.ts';
import {
  rankedList,
  type ListGroupRow,
  type ListWithPeople,
  type PersonGroup,
  type RankedEntry,
  type RankedList,
} from '../contract.ts';
import { groupKey, inScoreOrder, type ListGroup } from '../list-rules.ts';
import { ownGroups, requireRanks, type Asker } from './who-sees-ranks.ts';

export const listShape: RowShape = {
  entity: rankedList,
  computed: {
    people: '(select count(*)::int from ranked_entries e where e.org_id = r.org_id and e.list_id = r.id)',
  },
};

export type Control = Databases['control'];

/** Lists are valid by the organisation's clock. */
export async function todayIn(tx: Tx, zone: string): Promise<string> {
  const [row] = await tx.query<{ day: string }>('select ($1::timestamptz at time zone $2)::date::text as day', [
    tx.scope.now,
    zone,
  ]);
  return row?.day ?? '';
}

/** Approved and not over: who stands on them is told without ranks too. */
const notOver = 'l.approved_at is not null and (l.valid_to is null or l.valid_to >= $2::date)';

/** Every group that has a list, in score order, and its lists for whom they are meant, the newest first. */
export async function listGroups(
  tx: Tx,
  control: Control,
  asker: Asker,
  zone: string,
): Promise<{ today: string; groups: ListGroupRow[] }> {
  const today = await todayIn(tx, zone);
  const [own, rows, counted] = await Promise.all([
    ownGroups(tx, asker),
    tx.query<{ row: RankedList }>(
      `select ${rowJson(listShape)} as row from ranked_lists r where r.org_id = $1
        order by r.grade, r.valid_from desc, r.created_at desc, r.id`,
      [tx.scope.orgId],
    ),
    tx.query<ListGroup & { people: number }>(
      `select min(l.skill) as skill, l.kind, count(distinct e.resource_id)::int as people
         from ranked_lists l join ranked_entries e on e.org_id = l.org_id and e.list_id = l.id
        where l.org_id = $1 and ${notOver} group by lower(l.skill), l.kind`,
      [tx.scope.orgId, today],
    ),
  ]);
  const people = new Map(counted.map((group) => [groupKey(group), group.people]));
  const lists = await named(
    tx,
    control,
    rows.map(({ row }) => row),
  );
  const groups = [...Map.groupBy(lists, groupKey)].flatMap(([key, its]) => {
    const [first] = its;
    if (!first) return [];
    const { skill, kind } = first;
    const mine = own(first);
    return [{ skill, kind, people: people.get(key) ?? 0, own: mine, lists: mine ? [] : its }];
  });
  return { today, groups: groups.toSorted(inScoreOrder) };
}

/** By name, each once: nothing tells of which list they are. */
export async function listPeople(
  tx: Tx,
  { skill, kind }: ListGroup,
  zone: string,
): Promise<{ items: { resourceId: string; name: string }[] }> {
  const today = await todayIn(tx, zone);
  const items = await tx.query<{ resourceId: string; name: string }>(
    `select p.id as "resourceId", p.name from resources p
      where p.org_id = $1 and exists (
        select from ranked_entries e join ranked_lists l on l.org_id = e.org_id and l.id = e.list_id
         where e.org_id = p.org_id and e.resource_id = p.id and lower(l.skill) = lower($3) and l.kind = $4 and ${notOver})
      order by p.name, p.id`,
    [tx.scope.orgId, today, skill, kind],
  );
  return { items };
}

/** @throws AppError not_found */
export async function listsOfPerson(
  tx: Tx,
  asker: Asker,
  id: string,
  zone: string,
): Promise<{ today: string; groups: PersonGroup[] }> {
  const today = await todayIn(tx, zone);
  const ranks = asker.can('lists.ranks');
  const [own, found, rows] = await Promise.all([
    ownGroups(tx, asker),
    tx.query('select from resources where org_id = $1 and id = $2', [tx.scope.orgId, id]),
    tx.query<ListGroup & { told: boolean; standing: PersonGroup['standings'][number] }>(
      `select l.skill, l.kind, ${notOver} as told, json_build_object(
                'listId', l.id, 'grade', l.grade, 'validFrom', l.valid_from, 'validTo', l.valid_to,
                'approvedAt', iso(l.approved_at),
                'place', (select count(*)::int from ranked_entries o where o.org_id = l.org_id and o.list_id = l.id and o.place <= e.place),
                'people', (select count(*)::int from ranked_entries o where o.org_id = l.org_id and o.list_id = l.id)) as standing
         from ranked_entries e join ranked_lists l on l.org_id = e.org_id and l.id = e.list_id
        where e.org_id = $1 and e.resource_id = $3
        order by l.valid_from desc, l.grade, l.id`,
      [tx.scope.orgId, today, id],
    ),
  ]);
  if (found.length === 0) throw notFound('This person');
  const groups = [...Map.groupBy(rows, groupKey).values()].flatMap((its) => {
    const [first] = its;
    if (!first) return [];
    const { skill, kind } = first;
    const seen = ranks && !own(first);
    // A draft or an old list is nobody's business without its rank.
    if (!seen && !its.some(({ told }) => told)) return [];
    return [{ skill, kind, own: own(first), standings: seen ? its.map(({ standing }) => standing) : [] }];
  });
  return { today, groups: groups.toSorted(inScoreOrder) };
}

/** @throws AppError not_found; forbidden or own_list for whom its order isn't meant */
export async function getList(tx: Tx, control: Control, asker: Asker, id: string): Promise<ListWithPeople> {
  const [found] = await tx.query<{ row: RankedList }>(
    `select ${rowJson(listShape)} as row from ranked_lists r where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This list');
  await requireRanks(tx, asker, found.row);
  const [[list], entries] = await Promise.all([named(tx, control, [found.row]), readEntries(tx, found.row)]);
  if (!list) throw notFound('This list');
  return { ...list, entries };
}

function readEntries(tx: Tx, list: RankedList): Promise<RankedEntry[]> {
  // Numbered anew: somebody whose record was erased leaves a gap.
  return tx.query<RankedEntry>(
    `select e.resource_id as "resourceId", p.name, (row_number() over (order by e.place))::int as place, e.note,
            p.archived_at is not null as archived,
            exists (select from resource_skills s where s.org_id = e.org_id and s.resource_id = e.resource_id
                       and lower(s.skill) = any($3::text[])) as skilled,
            coalesce((select array_agg(distinct o.grade order by o.grade)
                        from ranked_entries oe join ranked_lists o on o.org_id = oe.org_id and o.id = oe.list_id
                       where oe.org_id = e.org_id and oe.resource_id = e.resource_id and oe.list_id <> e.list_id
                         and lower(o.skill) = lower($4) and o.kind = $5 and o.approved_at is not null and o.grade <> $6
                         and daterange(o.valid_from, o.valid_to, '[]') && daterange($7::date, $8::date, '[]')), '{}') as "alsoOn"
       from ranked_entries e join resources p on p.org_id = e.org_id and p.id = e.resource_id
      where e.org_id = $1 and e.list_id = $2 order by e.place`,
    [tx.scope.orgId, list.id, skillNames(list.skill), list.skill, list.kind, list.grade, list.validFrom, list.validTo],
  );
}

/** With the name of who approved, in place of the account. */
async function named(tx: Tx, control: Control, lists: readonly RankedList[]): Promise<RankedList[]> {
  const actors = lists.flatMap(({ approvedBy }) => approvedBy ?? []);
  if (actors.length === 0) return [...lists];
  const names = await actorNames(control, tx.scope.orgId, actors);
  return lists.map((list) => ({ ...list, approvedBy: list.approvedBy && (names.get(list.approvedBy) ?? null) }));
}

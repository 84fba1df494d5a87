import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { GroupKey } from '#features/engagements/people/group-words.ts';
import { getRosterSettings } from '#features/engagements/people/server/settings.ts';
import { isNamed, type Audience } from '../audience-rules.ts';
import { clashes, type Clash, type Elsewhere, type PlannedItem, type PlannedPlace } from '../clash-rules.ts';
import type { timeline } from '../contract.ts';
import { itemName } from '../item-kinds.ts';

type Draft = RouteInput<(typeof timeline)['routes']['check']>['body']['items'][number];

interface SavedItem extends Pick<Audience, 'forAll'> {
  id: string;
  kind: string;
  title: string;
  zone: string;
  startsAt: string;
  endsAt: string;
  placeId: string | null;
  forGroups: GroupKey[];
  personIds: string[];
  seated: string[];
}

interface Entry {
  id: string;
  of: string;
  name: string;
  groupKey: GroupKey;
  standing: string;
}

/**
 * What doesn't fit on a schedule, as it is or as it would be.
 * @param drafts instead of the items with their ids, or beside them
 * @param names whether the reader may know what others are doing
 * @throws AppError not_found
 */
export async function findClashes(
  tx: Tx,
  engagementId: string,
  names: boolean,
  drafts: readonly Draft[] = [],
): Promise<Clash[]> {
  const [[engagement], saved, roster, seatedNames, settings] = await Promise.all([
    tx.query<{ zone: string; placeId: string | null }>(
      'select zone, place_id as "placeId" from engagements where org_id = $1 and id = $2',
      [tx.scope.orgId, engagementId],
    ),
    listSaved(tx, engagementId),
    listRoster(tx, engagementId),
    listSeated(tx, engagementId),
    getRosterSettings(tx),
  ]);
  if (!engagement) throw notFound('This engagement');
  const items = planned(withDrafts(saved, drafts, engagement.zone), roster, engagement.placeId);
  const known = new Map([...seatedNames, ...roster].map(({ of, name }) => [of, name]));
  const placeIds = [...new Set(items.flatMap(({ placeId }) => placeId ?? []))];
  const [places, elsewhere] = await Promise.all([
    listPlaces(tx, placeIds, items),
    listElsewhere(tx, engagementId, [...known.keys(), ...placeIds], items, names),
  ]);
  const found = clashes({ items, names: known, elsewhere, places, restMinutes: settings.restMinutes });
  const asked = new Set(drafts.map(draftId));
  return drafts.length === 0 ? found : found.filter(({ itemIds }) => itemIds.some((id) => asked.has(id)));
}

/** A new one has no id yet: it is called by its place among the drafts. */
function draftId({ id }: Draft, index: number): string {
  return id ?? `new:${index}`;
}

function withDrafts(saved: readonly SavedItem[], drafts: readonly Draft[], zone: string): SavedItem[] {
  const byId = new Map(saved.map((item) => [item.id, item]));
  drafts.forEach((draft, index) => {
    const id = draftId(draft, index);
    const was = byId.get(id);
    byId.set(id, { zone, seated: [], ...was, ...draft, id });
  });
  return [...byId.values()];
}

function planned(items: readonly SavedItem[], roster: readonly Entry[], usualPlace: string | null): PlannedItem[] {
  return items.map((item) => {
    const named = roster.filter((entry) => isNamed(item, entry)).map(({ of }) => of);
    const called = [...new Set([...item.seated, ...named])];
    const everybody = item.forAll && item.seated.length === 0 ? roster.map(({ of }) => of) : [];
    const { id, startsAt, endsAt, zone } = item;
    const placeId = item.placeId ?? usualPlace;
    return { id, name: itemName(item), startsAt, endsAt, zone, placeId, called, working: [...called, ...everybody] };
  });
}

function listSaved(tx: Tx, engagementId: string): Promise<SavedItem[]> {
  return tx.query<SavedItem>(
    `select i.id, i.kind, i.title, i.zone, iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", i.place_id as "placeId",
            i.for_all as "forAll", i.for_groups as "forGroups", i.person_ids as "personIds",
            array(select s.resource_id::text from seats s
                   where s.org_id = $1 and s.schedule_item_id = i.id and s.resource_id is not null) as seated
       from schedule_items i where i.org_id = $1 and i.engagement_id = $2`,
    [tx.scope.orgId, engagementId],
  );
}

function listRoster(tx: Tx, engagementId: string): Promise<Entry[]> {
  return tx.query<Entry>(
    `select x.* from (
       select e.id, coalesce(e.resource_id, e.party_id)::text as of, coalesce(r.name, p.name) as name,
              e.group_key as "groupKey", standing_of(e) as standing
         from engagement_people e
         left join resources r on r.org_id = $1 and r.id = e.resource_id
         left join parties p on p.org_id = $1 and p.id = e.party_id
        where e.org_id = $1 and e.engagement_id = $2) x
      where x.standing <> 'replaced'`,
    [tx.scope.orgId, engagementId],
  );
}

function listSeated(tx: Tx, engagementId: string): Promise<{ of: string; name: string }[]> {
  return tx.query(
    `select distinct r.id::text as of, r.name from seats s join resources r on r.org_id = $1 and r.id = s.resource_id
      where s.org_id = $1 and s.engagement_id = $2`,
    [tx.scope.orgId, engagementId],
  );
}

/** So far around the schedule others' times are looked at: what is further away takes nobody's rest. */
const around = 48 * 3_600_000;

function windowOf(items: readonly PlannedItem[]): [string, string] {
  const starts = items.map(({ startsAt }) => Date.parse(startsAt));
  const ends = items.map(({ endsAt }) => Date.parse(endsAt));
  const least = starts.reduce((a, b) => Math.min(a, b), Infinity);
  const most = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(least)) return ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'];
  return [new Date(least - around).toISOString(), new Date(most + around).toISOString()];
}

/** Commitments of people and places to anything else, and where other schedules name them. What is lost takes no time. */
async function listElsewhere(
  tx: Tx,
  engagementId: string,
  of: readonly string[],
  items: readonly PlannedItem[],
  names: boolean,
): Promise<Elsewhere[]> {
  const rows = await tx.query<Elsewhere & { pack: PackName | null; stage: string | null }>(
    `select c.resource_id::text as of, coalesce(e.title, 'something else') as title, c.zone, e.pack, e.stage,
            iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt"
       from claims c left join engagements e on e.org_id = $1 and e.id = c.engagement_id
      where c.org_id = $1 and c.resource_id = any($3::uuid[]) and c.status = 'commit' and c.exclusive
        and c.engagement_id is distinct from $2 and c.starts_at < $5 and c.ends_at > $4
     union all
     select coalesce(p.resource_id, p.party_id)::text, e.title, i.zone, e.pack, e.stage, iso(i.starts_at), iso(i.ends_at)
       from engagement_people p
       join engagements e on e.org_id = $1 and e.id = p.engagement_id
       join schedule_items i on i.org_id = $1 and i.engagement_id = p.engagement_id
      where p.org_id = $1 and p.engagement_id <> $2 and (p.resource_id = any($3::uuid[]) or p.party_id = any($3::uuid[]))
        and not i.for_all and (p.group_key = any (i.for_groups) or p.id = any (i.person_ids))
        and i.starts_at < $5 and i.ends_at > $4
     union all
     select i.place_id::text, e.title, i.zone, e.pack, e.stage, iso(i.starts_at), iso(i.ends_at)
       from schedule_items i join engagements e on e.org_id = $1 and e.id = i.engagement_id
      where i.org_id = $1 and i.engagement_id <> $2 and i.place_id = any($3::uuid[])
        and i.starts_at < $5 and i.ends_at > $4`,
    [tx.scope.orgId, engagementId, of, ...windowOf(items)],
  );
  return rows
    .filter(({ pack, stage }) => !pack || !packs[pack].stages.some(({ key, kind }) => key === stage && kind === 'lost'))
    .map(({ pack: _pack, stage: _stage, ...row }) => ({ ...row, title: names ? row.title : 'something else' }));
}

function listPlaces(tx: Tx, ids: readonly string[], items: readonly PlannedItem[]): Promise<PlannedPlace[]> {
  return tx.query<PlannedPlace>(
    `select r.id, r.name, r.zone,
            coalesce((select json_agg(json_build_object('weekday', w.weekday, 'startsMinute', w.starts_minute, 'endsMinute', w.ends_minute))
              from working_hours w where w.org_id = $1 and w.resource_id = r.id), '[]'::json) as hours,
            coalesce((select json_agg(json_build_object('startsAt', iso(o.starts_at), 'endsAt', iso(o.ends_at), 'reason', o.reason))
              from time_off o where o.org_id = $1 and o.resource_id = r.id and o.starts_at < $4 and o.ends_at > $3), '[]'::json) as away
       from resources r where r.org_id = $1 and r.id = any($2::uuid[])`,
    [tx.scope.orgId, ids, ...windowOf(items)],
  );
}

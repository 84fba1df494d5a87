import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import { modeLabel, roomLabel, roomKinds, travelModes } from '#features/engagements/travel/kinds.ts';
import type { Tx } from '#platform/db/tenant.ts';

interface Told {
  entity: string;
  entityId: string;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
}

/**
 * What the records behind changes are called now: an engagement’s title, a contact's name, a claim's resource and what
 * it is for. Of those that are gone, the name that the change itself knows.
 *
 * @returns record id → name
 */
export async function recordLabels(tx: Tx, changes: readonly Told[]): Promise<Map<string, string>> {
  const ids = [...new Set(changes.flatMap((change) => recordsOf(change)))];
  const rows = await tx.query<{ id: string; label: string }>(
    `select id, title as label from engagements where org_id = $1 and id = any($2::uuid[])
     union all select id, name from resources where org_id = $1 and id = any($2::uuid[])
     union all select id, name from parties where org_id = $1 and id = any($2::uuid[])
     union all select id, name from series where org_id = $1 and id = any($2::uuid[])
     union all select c.id, concat_ws(', ', r.name, e.title) from claims c
        join resources r on r.org_id = c.org_id and r.id = c.resource_id
        left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
       where c.org_id = $1 and c.id = any($2::uuid[])`,
    [tx.scope.orgId, ids],
  );
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** The record itself, and those that its row belongs to. */
function recordsOf({ entityId, before, after }: Told): string[] {
  const row = { ...before, ...after };
  return [entityId, row['resource_id'], row['engagement_id'], row['party_id']].filter((id) => typeof id === 'string');
}

/** Every record that a change names, whatever it is. */
function namedIn({ entityId, before, after }: Told): string[] {
  const named = [...Object.entries(before ?? {}), ...Object.entries(after ?? {})].flatMap(([column, value]) =>
    column.endsWith('_id') && typeof value === 'string' ? [value] : [],
  );
  return [entityId, ...named];
}

/** Tables of a dossier with what their records are called by; how, says `nameOf`. */
const named = [
  "select id, 'title' as how, title as a, '' as b from engagements",
  "select id, 'title', name, '' from resources",
  "select id, 'title', name, '' from parties",
  "select id, 'title', name, '' from series",
  "select id, 'title', title, '' from tasks",
  "select id, 'title', title, '' from needs",
  "select id, 'item', kind, title from schedule_items",
  "select id, 'title', concat_ws(' ', nullif(first_name, ''), last_name), '' from guests",
  "select id, 'title', name, '' from guest_allotments",
  "select id, 'title', name, '' from setlist_sets",
  "select id, 'title', title, '' from songs",
  "select id, 'title', name, '' from files",
  "select id, 'title', name, '' from folders",
  "select id, 'title', title, '' from advance_items",
  "select id, 'title', name, '' from advance_links",
  "select id, 'leg', mode, concat_ws(' ', nullif(carrier, ''), nullif(number, '')) from travel_legs",
  "select id, 'title', name, '' from hotel_stays",
  "select id, 'room', kind, label from hotel_rooms",
];

/** Rows that are somebody's: called by them. */
const somebodys = [
  ['claims', 'resource_id'],
  ['calls', 'resource_id'],
  ['attendances', 'resource_id'],
  ['travellers', 'person_id'],
  ['room_sleepers', 'person_id'],
  ['per_diems', 'person_id'],
] as const;

/**
 * What everything is called that these changes of dossiers name, and more; for readers who may see each of the tables anyway.
 *
 * @returns record id → name
 */
export async function dossierLabels(
  tx: Tx,
  changes: readonly Told[],
  more: readonly string[] = [],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; how: string; a: string; b: string }>(
    [
      ...named.map((select) => `${select} where org_id = $1 and id = any($2::uuid[])`),
      ...somebodys.map(
        ([table, column]) => `select x.id, 'title', p.name, '' from ${table} x
           join resources p on p.org_id = x.org_id and p.id = x.${column} where x.org_id = $1 and x.id = any($2::uuid[])`,
      ),
      `select e.id, 'title', coalesce(r.name, p.name), '' from engagement_people e
         left join resources r on r.org_id = e.org_id and r.id = e.resource_id
         left join parties p on p.org_id = e.org_id and p.id = e.party_id
        where e.org_id = $1 and e.id = any($2::uuid[])`,
      `select e.id, 'title', coalesce(s.title, e.title), '' from setlist_entries e
         left join songs s on s.org_id = e.org_id and s.id = e.song_id
        where e.org_id = $1 and e.id = any($2::uuid[])`,
    ].join(' union all '),
    [tx.scope.orgId, [...new Set([...changes.flatMap(namedIn), ...more])]],
  );
  return new Map(rows.map(({ id, how, a, b }) => [id, nameOf(how, a, b)]));
}

function nameOf(how: string, a: string, b: string): string {
  switch (how) {
    case 'item':
      return itemName({ kind: a, title: b });
    case 'leg': {
      const mode = travelModes.find((one) => one === a);
      return b || (mode ? modeLabel(mode) : a);
    }
    case 'room': {
      const kind = roomKinds.find((one) => one === a);
      return [kind ? roomLabel(kind) : a, b].filter(Boolean).join(' ');
    }
    default:
      return a;
  }
}

/** The one name for a change, from what is known by id. */
export function labelOf({ entityId, before, after }: Told, names: ReadonlyMap<string, string>): string | null {
  const known = names.get(entityId);
  if (known) return known;
  const row = { ...before, ...after };
  const own = row['title'] ?? row['name'];
  if (typeof own === 'string') return own;
  const parts = [row['resource_id'], row['party_id'], row['engagement_id']].flatMap(
    (id) => names.get(String(id)) ?? [],
  );
  return parts.length > 0 ? parts.join(', ') : null;
}

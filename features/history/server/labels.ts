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

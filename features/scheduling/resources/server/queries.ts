import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { notFound } from '#platform/contract/errors.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { resource, type Resource, type resources } from '../contract.ts';

/** A resource's row; its skills are rows of their own. */
export const resourceShape: RowShape = {
  entity: resource,
  computed: {
    skills: `coalesce((select json_agg(json_build_object('skill', s.skill, 'level', s.level) order by s.skill)
      from resource_skills s where s.org_id = r.org_id and s.resource_id = r.id), '[]'::json)`,
  },
};

const resourceJson = rowJson(resourceShape);

type ListFilter = RouteInput<(typeof resources)['routes']['list']>['query'];

interface Asker {
  /** Only the person of this account. */
  own: string | undefined;
  /** May see e-mail addresses: others don't find by them either. */
  contacts: boolean;
}

export function listResources(
  tx: Tx,
  filter: ListFilter,
  { own, contacts }: Asker = { own: undefined, contacts: true },
): Promise<RawJson> {
  const wanted = new Filter(tx, filter.archived ? 'r.archived_at is not null' : 'r.archived_at is null')
    .add((mark) => `r.kind = ${mark}`, filter.kind)
    .add((mark) => `r.user_id = ${mark}`, own)
    .add(
      (mark) => (contacts ? `(r.name ilike ${mark} or r.email ilike ${mark})` : `r.name ilike ${mark}`),
      containing(filter.q),
    )
    .add((mark) => `${mark} = any(r.tags)`, filter.tag)
    .add((mark) => `r.parent_id = ${mark}`, filter.parentId)
    .add((mark) => `r.id = any(${mark}::uuid[])`, filter.ids)
    .add(
      (mark) =>
        `exists (select from resource_skills s where s.org_id = r.org_id and s.resource_id = r.id and s.skill = ${mark})`,
      filter.skill,
    );
  return listJson(tx, {
    from: 'resources r',
    filter: wanted,
    order: byName,
    item: resourceJson,
    page: filter,
  });
}

/** @throws AppError not_found when the resource isn't the account's own person; without an account, everything passes */
export async function requireOwnResource(tx: Tx, id: string | undefined, own: string | undefined): Promise<void> {
  if (!own) return;
  const [found] = id
    ? await tx.query('select from resources where org_id = $1 and id = $2 and user_id = $3', [tx.scope.orgId, id, own])
    : [];
  if (!found) throw notFound('This resource');
}

export function getResource(tx: Tx, id: string): Promise<Resource> {
  return getRow<Resource>(tx, resourceShape, id);
}

/** Skills and tags in use, by name. */
export async function listFacets(tx: Tx): Promise<{ skills: string[]; tags: string[] }> {
  const [skills, tags] = await Promise.all([
    tx.query<{ name: string }>('select distinct skill as name from resource_skills where org_id = $1 order by 1', [
      tx.scope.orgId,
    ]),
    tx.query<{ name: string }>('select distinct unnest(tags) as name from resources where org_id = $1 order by 1', [
      tx.scope.orgId,
    ]),
  ]);
  return { skills: skills.map(({ name }) => name), tags: tags.map(({ name }) => name) };
}

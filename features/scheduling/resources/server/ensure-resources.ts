import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { ResourceKind } from '../contract.ts';

/** A resource that an import needs; `ref` is its external reference. */
export interface WantedResource {
  ref: string;
  kind: ResourceKind;
  name: string;
  address: string | null;
  skills: readonly string[];
}

/**
 * Finds each resource by its external reference, or makes it. One of the same kind and name that came from
 * nowhere (and is the only such one) is taken for it and gets the reference: the hall that the organisation
 * has already is the hall that the import means. What is there is not overwritten; missing skills are added.
 *
 * @returns the ids by reference, and how many were made
 */
export async function ensureResources(
  tx: Tx,
  wanted: readonly WantedResource[],
  zone: string,
): Promise<{ ids: Map<string, string>; created: number }> {
  const { orgId } = tx.scope;
  const refs = wanted.map(({ ref }) => ref);
  const named = [orgId, refs, wanted.map(({ kind }) => kind), wanted.map(({ name }) => name)];
  // Sent together, done in this order.
  const adopted = tx.query(adoptNamesakes, named);
  const made = tx.query(
    `insert into resources (org_id, id, kind, name, address, zone, external_ref)
     select $1, w.id, w.kind, w.name, w.address, $6, w.ref
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $7::uuid[]) as w(ref, kind, name, address, id)
     on conflict on constraint resources_external_ref_unique do nothing returning id`,
    [...named, wanted.map(({ address }) => address), zone, wanted.map(() => uuidv7())],
  );
  const found = tx.query<{ id: string; ref: string }>(
    'select id, external_ref as ref from resources where org_id = $1 and external_ref = any($2::text[])',
    [orgId, refs],
  );
  const skills = addSkills(
    tx,
    wanted.flatMap(({ ref, skills: names }) => names.map((skill) => ({ ref, skill }))),
  );
  await Promise.all([adopted, skills]);
  return { ids: new Map((await found).map(({ id, ref }) => [ref, id])), created: (await made).length };
}

const adoptNamesakes = `
  update resources r set external_ref = w.ref, version = r.version + 1, updated_at = now()
    from unnest($2::text[], $3::text[], $4::text[]) as w(ref, kind, name)
   where r.org_id = $1 and r.kind = w.kind and r.name = w.name and r.external_ref is null and r.archived_at is null
     and not exists (select from resources known where known.org_id = $1 and known.external_ref = w.ref)
     and not exists (select from resources twin where twin.org_id = $1 and twin.kind = w.kind and twin.name = w.name
                        and twin.external_ref is null and twin.archived_at is null and twin.id <> r.id)`;

async function addSkills(tx: Tx, skills: readonly { ref: string; skill: string }[]): Promise<void> {
  await tx.query(
    `insert into resource_skills (org_id, id, resource_id, skill)
     select $1, s.id, r.id, s.skill from unnest($2::uuid[], $3::text[], $4::text[]) as s(id, ref, skill)
       join resources r on r.org_id = $1 and r.external_ref = s.ref
     on conflict on constraint resource_skills_once do nothing`,
    [tx.scope.orgId, skills.map(() => uuidv7()), skills.map(({ ref }) => ref), skills.map(({ skill }) => skill)],
  );
}

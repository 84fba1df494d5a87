import type * as z from 'zod';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { resource, skill } from '../contract.ts';
import { getResource, resourceShape } from './queries.ts';

type NewResource = z.output<typeof resource.create>;
type ResourcePatch = z.output<typeof resource.patch>;
type Skill = z.output<typeof skill>;

/** @returns the id. @param zone the organisation's, for a resource that names none */
export async function createResource(tx: Tx, input: NewResource, zone: string): Promise<string> {
  requireConsistent(input);
  if (input.parentId) await requirePlace(tx, input.parentId);
  const id = await insertRow(tx, resourceShape, { ...input, zone: input.zone ?? zone });
  await insertSkills(tx, id, input.skills);
  return id;
}

export async function changeResource(tx: Tx, id: string, { version, ...changes }: ResourcePatch): Promise<void> {
  if (changes.zone === null) throw invalid('zone', 'Choose a time zone.');
  if (changes.parentId) await requireNoCycle(tx, id, changes.parentId);
  if (changes.skills) await requireSkillsUntouched(tx, id, version, changes.skills);
  await patchRow(tx, resourceShape, id, version, changes);
  if (changes.skills) await replaceSkills(tx, id, changes.skills);
}

/** Skills are rows of their own, which the merging of fields doesn't see: a second editor's list would undo the first's. */
async function requireSkillsUntouched(tx: Tx, id: string, version: number, yours: readonly Skill[]): Promise<void> {
  const [changed] = await tx.query(
    `select from changes s
      where s.org_id = $1 and s.entity = 'resource_skills' and coalesce(s.after, s.before) ->> 'resource_id' = $2::text
        and exists (select from resources r where r.org_id = $1 and r.id = $2::uuid and r.version > $3)
        and s.id > (select max(c.id) from changes c
                     where c.org_id = $1 and c.entity = 'resources' and c.entity_id = $2::uuid and c.version <= $3)
        -- Written by the command that made this very version: not newer than it.
        and s.request_id is distinct from (select c.request_id from changes c
                     where c.org_id = $1 and c.entity = 'resources' and c.entity_id = $2::uuid and c.version = $3 limit 1)
      limit 1`,
    [tx.scope.orgId, id, version],
  );
  if (!changed) return;
  const theirs = (await getResource(tx, id)).skills;
  throw new AppError('version_conflict', {
    message: 'Somebody else changed skills in the meantime. Decide which value stays.',
    extra: { conflicts: { skills: { yours, theirs } } },
  });
}

/** @throws AppError in_use while claims lie ahead */
export async function archiveResource(tx: Tx, id: string, archived: boolean): Promise<void> {
  const key = [tx.scope.orgId, id];
  const [row] = await tx.query('select from resources where org_id = $1 and id = $2 for no key update', key);
  if (!row) throw notFound('This resource');
  if (archived) {
    const [ahead] = await tx.query<{ count: number }>(
      'select count(*)::int as count from claims where org_id = $1 and resource_id = $2 and ends_at > $3',
      [...key, tx.scope.now],
    );
    if (ahead && ahead.count > 0) {
      throw new AppError('in_use', {
        message: `It still has ${ahead.count} claims to come. Move or release them first.`,
      });
    }
  }
  await tx.query(
    `update resources set archived_at = $3, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and (archived_at is null) = ($3::timestamptz is not null)`,
    [...key, archived ? tx.scope.now : null],
  );
}

async function insertSkills(tx: Tx, resourceId: string, skills: readonly Skill[]): Promise<void> {
  if (skills.length === 0) return;
  await tx.query(
    `insert into resource_skills (org_id, id, resource_id, skill, level)
     select $1, s.id, $2, s.skill, s.level from unnest($3::uuid[], $4::text[], $5::int[]) as s(id, skill, level)`,
    [
      tx.scope.orgId,
      resourceId,
      skills.map(() => uuidv7()),
      skills.map(({ skill }) => skill),
      skills.map(({ level }) => level),
    ],
  );
}

/** Leaves unchanged skills alone, so that history shows what changed. */
async function replaceSkills(tx: Tx, resourceId: string, skills: readonly Skill[]): Promise<void> {
  const names = skills.map(({ skill }) => skill);
  if (new Set(names).size < names.length) throw invalid('skills', 'Each skill may be named once.');
  const key = [tx.scope.orgId, resourceId];
  await tx.query('delete from resource_skills where org_id = $1 and resource_id = $2 and not skill = any($3)', [
    ...key,
    names,
  ]);
  await tx.query(
    `insert into resource_skills (org_id, id, resource_id, skill, level)
     select $1, s.id, $2, s.skill, s.level from unnest($3::uuid[], $4::text[], $5::int[]) as s(id, skill, level)
     on conflict (org_id, resource_id, skill) do update set level = excluded.level
      where resource_skills.level <> excluded.level`,
    [...key, skills.map(() => uuidv7()), names, skills.map(({ level }) => level)],
  );
}

/** Rules over several fields; the database has them as checks. */
function requireConsistent(input: Partial<NewResource>): void {
  const rate = [input.rateMinor, input.rateCurrency, input.rateUnit];
  if (rate.some((part) => part == null) && rate.some((part) => part != null)) {
    throw invalid('rateMinor', 'A rate needs its amount, currency and unit.');
  }
  if ((input.latitude == null) !== (input.longitude == null))
    throw invalid('longitude', 'Give latitude and longitude together.');
  if (input.parentId && input.kind !== 'place') throw invalid('parentId', 'Only a place can be part of another place.');
}

async function requirePlace(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ kind: string }>('select kind from resources where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
  if (row?.kind !== 'place') throw invalid('parentId', 'There is no place with this id.');
}

/** A place can't lie within itself, however far up. */
async function requireNoCycle(tx: Tx, id: string, parentId: string): Promise<void> {
  await requirePlace(tx, parentId);
  const [cycle] = await tx.query(
    `with recursive above as (
       select id, parent_id from resources where org_id = $1 and id = $3
       union select r.id, r.parent_id from resources r join above a on r.org_id = $1 and r.id = a.parent_id)
     select from above where id = $2`,
    [tx.scope.orgId, id, parentId],
  );
  if (cycle) throw invalid('parentId', 'A place cannot be part of itself.');
}

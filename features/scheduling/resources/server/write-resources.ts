import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { ResourceKind } from '../contract.ts';

/** All of a resource that an import may write. */
export interface ResourceRecord {
  id: string;
  /** As it was read; 0 for a new one. */
  version: number;
  kind: ResourceKind;
  name: string;
  email: string | null;
  phone: string | null;
  zone: string;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  rateMinor: number | null;
  rateCurrency: string | null;
  rateUnit: string | null;
  skills: readonly { skill: string; level: number }[];
  tags: readonly string[];
  notes: string;
  capacity: number | null;
  parentId: string | null;
  externalRef: string | null;
}

/** Records per statement, each well within its time limit. A place may name a parent of a later chunk, so parents come last. */
const chunk = 5_000;

const columns = {
  kind: 'text',
  name: 'text',
  email: 'text',
  phone: 'text',
  zone: 'text',
  address: 'text',
  latitude: 'float8',
  longitude: 'float8',
  rate_minor: 'bigint',
  rate_currency: 'text',
  rate_unit: 'text',
  tags: 'text[]',
  notes: 'text',
  capacity: 'int',
  external_ref: 'text',
} as const;
const names = Object.keys(columns);
const recordset = `json_to_recordset($2::json) as w(id uuid, version int, ${Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

/**
 * Writes many resources at once, for imports: new ones whole, changed ones where nobody changed them since.
 * @throws AppError version_conflict when somebody did; by constraint what a single write would say
 */
export async function writeResources(
  tx: Tx,
  creates: readonly ResourceRecord[],
  updates: readonly ResourceRecord[],
): Promise<void> {
  for (const part of chunksOf(creates)) {
    await tx.query(
      `insert into resources (org_id, id, ${names.join(', ')}) select $1, w.id, ${names.map((name) => `w.${name}`).join(', ')} from ${recordset}`,
      [tx.scope.orgId, jsonOf(part)],
    );
  }
  for (const part of chunksOf(updates)) {
    const changed = await tx.query(
      `update resources r set ${names.map((name) => `${name} = w.${name}`).join(', ')}, version = r.version + 1, updated_at = now()
         from ${recordset} where r.org_id = $1 and r.id = w.id and r.version = w.version returning r.id`,
      [tx.scope.orgId, jsonOf(part)],
    );
    if (changed.length < part.length) {
      throw new AppError('version_conflict', {
        message: 'Somebody changed one of these records while the import ran. Start it again.',
      });
    }
  }
  const all = [...creates, ...updates];
  await writeParents(
    tx,
    all.filter(({ parentId }) => parentId !== null),
  );
  for (const part of chunksOf(all)) await writeSkills(tx, part);
}

function* chunksOf(records: readonly ResourceRecord[]): Generator<readonly ResourceRecord[]> {
  for (let from = 0; from < records.length; from += chunk) yield records.slice(from, from + chunk);
}

function jsonOf(records: readonly ResourceRecord[]): string {
  return JSON.stringify(
    records.map(
      ({
        rateMinor: rate_minor,
        rateCurrency: rate_currency,
        rateUnit: rate_unit,
        externalRef: external_ref,
        ...same
      }) => ({
        ...same,
        rate_minor,
        rate_currency,
        rate_unit,
        external_ref,
      }),
    ),
  );
}

async function writeParents(tx: Tx, records: readonly ResourceRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `update resources r set parent_id = w.parent from unnest($2::uuid[], $3::uuid[]) as w(id, parent)
      where r.org_id = $1 and r.id = w.id and r.parent_id is distinct from w.parent`,
    [tx.scope.orgId, records.map(({ id }) => id), records.map(({ parentId }) => parentId)],
  );
}

/** Adds skills and sets their levels; none is taken away. */
async function writeSkills(tx: Tx, records: readonly ResourceRecord[]): Promise<void> {
  const skills = records.flatMap(({ id, skills: own }) => own.map(({ skill, level }) => ({ id, skill, level })));
  if (skills.length === 0) return;
  await tx.query(
    `insert into resource_skills (org_id, id, resource_id, skill, level)
     select $1, s.id, s.resource_id, s.skill, s.level
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) as s(id, resource_id, skill, level)
     on conflict on constraint resource_skills_once do update set level = excluded.level where resource_skills.level <> excluded.level`,
    [
      tx.scope.orgId,
      skills.map(() => uuidv7()),
      skills.map(({ id }) => id),
      skills.map(({ skill }) => skill),
      skills.map(({ level }) => level),
    ],
  );
}

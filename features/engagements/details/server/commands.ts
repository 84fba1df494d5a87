import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import type { DetailField, detailsContract } from '../contract.ts';
import { valueFault } from '../rules.ts';
import { getSets, lockFields } from './queries.ts';

type Routes = (typeof detailsContract)['routes'];
type Change = RouteInput<Routes['set']>['body']['changes'][number];

/** @throws AppError invalid_input by key, version_conflict with what the fields say now, not_found */
export async function setDetails(tx: Tx, engagementId: string, changes: readonly Change[]): Promise<void> {
  const fields = new Map((await lockFields(tx, engagementId)).map((field) => [field.key, field]));
  const wanted = new Map(changes.map(({ key, to }) => [key, clean(fields.get(key), key, to)]));
  const rows = await tx.query<{ key: string; value: string }>(
    'select key, value from engagement_details where org_id = $1 and engagement_id = $2 and key = any($3)',
    [tx.scope.orgId, engagementId, [...wanted.keys()]],
  );
  const current = new Map(rows.map(({ key, value }) => [key, value]));
  const clashes = changes.filter(({ key, from }) => {
    const now = current.get(key) ?? null;
    return now !== (from || null) && now !== wanted.get(key);
  });
  if (clashes.length > 0)
    throw new AppError('version_conflict', {
      message: `Somebody else wrote ${clashes.map(({ key }) => `“${fields.get(key)?.label ?? key}”`).join(', ')} in the meantime. Look at it again.`,
      extra: { values: Object.fromEntries(clashes.map(({ key }) => [key, current.get(key) ?? null])) },
    });
  await write(tx, engagementId, wanted);
}

function clean(field: DetailField | undefined, key: string, to: string | null): string | null {
  if (!field) throw invalid(key, 'There is no such field. Look at the engagement’s fields.');
  const value = to?.trim() ?? '';
  if (value === '') return null;
  const fault = valueFault(field, value);
  if (fault) throw invalid(key, fault);
  return value;
}

async function write(tx: Tx, engagementId: string, wanted: ReadonlyMap<string, string | null>): Promise<void> {
  const gone = [...wanted].filter(([, value]) => value === null).map(([key]) => key);
  const said = [...wanted].flatMap(([key, value]) => (value === null ? [] : [{ id: uuidv7(), key, value }]));
  await Promise.all([
    tx.query('delete from engagement_details where org_id = $1 and engagement_id = $2 and key = any($3)', [
      tx.scope.orgId,
      engagementId,
      gone,
    ]),
    tx.query(
      `insert into engagement_details (org_id, id, engagement_id, key, value)
       select $1, id, $2, key, value from unnest($3::uuid[], $4::text[], $5::text[]) as said (id, key, value)
       on conflict on constraint engagement_details_once do update set value = excluded.value, updated_at = now()
         where engagement_details.value <> excluded.value`,
      [
        tx.scope.orgId,
        engagementId,
        said.map(({ id }) => id),
        said.map(({ key }) => key),
        said.map(({ value }) => value),
      ],
    ),
  ]);
}

/** @throws AppError version_conflict when somebody else changed them meanwhile, not_found for a pack it doesn't use */
export async function setFields(
  tx: Tx,
  packs: readonly PackName[],
  pack: PackName,
  { version, fields }: { version: number; fields: readonly DetailField[] },
): Promise<void> {
  const [now] = await getSets(tx, packs.includes(pack) ? [pack] : []);
  if (!now) throw notFound('This pack');
  const values = [tx.scope.orgId, pack, JSON.stringify(fields)];
  const changed =
    version === 0
      ? await tx.query(
          `insert into detail_sets (org_id, id, pack, fields) values ($1, $4, $2, $3)
           on conflict on constraint detail_sets_once do nothing returning id`,
          [...values, uuidv7()],
        )
      : await tx.query(
          `update detail_sets set fields = $3, version = version + 1, updated_at = now()
            where org_id = $1 and pack = $2 and version = $4 returning id`,
          [...values, version],
        );
  if (changed.length > 0) return;
  if (version > now.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed these fields in the meantime. Look at them again.',
    extra: { version: now.version },
  });
}

export async function resetFields(tx: Tx, pack: PackName): Promise<void> {
  await tx.query('delete from detail_sets where org_id = $1 and pack = $2', [tx.scope.orgId, pack]);
}

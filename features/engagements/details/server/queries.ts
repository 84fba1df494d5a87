import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { requirePart } from '#features/engagements/server/queries.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { builtInFields } from '../built-in-rules.ts';
import type { DetailField, Details, DetailSet } from '../contract.ts';

interface Engaged {
  pack: PackName;
}

/**
 * What is known of an engagement, by the fields of its pack.
 * @param own for this account, which must take part in it: shared fields only
 * @throws AppError not_found
 */
export async function getDetails(tx: Tx, engagementId: string, own?: string): Promise<Details> {
  if (own) await requirePart(tx, engagementId, own);
  const key = [tx.scope.orgId, engagementId];
  const [[engagement], rows, sets] = await Promise.all([
    tx.query<Engaged>('select pack from engagements where org_id = $1 and id = $2', key),
    tx.query<{ key: string; value: string }>(
      'select key, value from engagement_details where org_id = $1 and engagement_id = $2',
      key,
    ),
    ownSets(tx),
  ]);
  if (!engagement) throw notFound('This engagement');
  const fields = setOf(engagement.pack, sets).fields.filter(({ shared }) => shared || !own);
  const known = new Set(fields.map((field) => field.key));
  const values = Object.fromEntries(rows.filter((row) => known.has(row.key)).map((row) => [row.key, row.value]));
  return { fields, values };
}

/** The fields of an engagement's pack; its row is locked, so that no two write its details at once. */
export async function lockFields(tx: Tx, engagementId: string): Promise<readonly DetailField[]> {
  const [[engagement], sets] = await Promise.all([
    tx.query<Engaged>('select pack from engagements where org_id = $1 and id = $2 for no key update', [
      tx.scope.orgId,
      engagementId,
    ]),
    ownSets(tx),
  ]);
  if (!engagement) throw notFound('This engagement');
  return setOf(engagement.pack, sets).fields;
}

export async function getSets(tx: Tx, packs: readonly PackName[]): Promise<DetailSet[]> {
  const sets = await ownSets(tx);
  return packs.map((pack) => setOf(pack, sets));
}

function ownSets(tx: Tx): Promise<DetailSet[]> {
  return tx.query<DetailSet>('select pack, fields, version from detail_sets where org_id = $1', [tx.scope.orgId]);
}

function setOf(pack: PackName, own: readonly DetailSet[]): DetailSet {
  return own.find((set) => set.pack === pack) ?? { pack, fields: [...builtInFields[pack]], version: 0 };
}

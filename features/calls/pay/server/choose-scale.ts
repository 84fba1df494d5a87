import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** @throws AppError not_found; invalid_input for a name that no scale has */
export async function chooseScale(tx: Tx, engagementId: string, name: string): Promise<void> {
  const { orgId } = tx.scope;
  const [[engagement], [scale]] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', [orgId, engagementId]),
    tx.query('select from pay_scales where org_id = $1 and name = $2 limit 1', [orgId, name]),
  ]);
  if (!engagement) throw notFound('This engagement');
  if (!scale) throw invalid('name', 'There is no pay scale of this name.');
  await tx.query(
    `insert into pay_choices as c (org_id, id, scale_name) values ($1, $2, $3)
     on conflict (org_id, id) do update set scale_name = excluded.scale_name, version = c.version + 1, updated_at = now()
       where c.scale_name <> excluded.scale_name`,
    [orgId, engagementId, name],
  );
}

import type * as z from 'zod';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { getRow, insertRow, patchRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { serviceKinds } from '#features/engagements/timeline/item-kinds.ts';
import { payScale, type PayScale } from '../contract.ts';

export const scaleShape: RowShape = { entity: payScale };

/** By name, the newest terms first. */
export async function listScales(tx: Tx): Promise<{ items: PayScale[] }> {
  const rows = await tx.query<{ row: PayScale }>(
    `select ${rowJson(scaleShape)} as row from pay_scales r where r.org_id = $1 order by lower(r.name), r.name, r.valid_from desc`,
    [tx.scope.orgId],
  );
  return { items: rows.map(({ row }) => row) };
}

export function getScale(tx: Tx, id: string): Promise<PayScale> {
  return getRow<PayScale>(tx, scaleShape, id);
}

/** @returns the id */
export function createScale(tx: Tx, input: z.output<typeof payScale.create>): Promise<string> {
  return insertRow(tx, scaleShape, input);
}

export async function changeScale(
  tx: Tx,
  id: string,
  { version, ...changes }: z.output<typeof payScale.patch>,
): Promise<void> {
  await patchRow(tx, scaleShape, id, version, changes);
}

/** @throws AppError in_use when a sheet was approved by these terms */
export async function removeScale(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  const [found] = await tx.query<{ name: string; sheets: number }>(
    `select r.name, (select count(*)::int from pay_sheets s where s.org_id = r.org_id and s.scale_name = r.name
                        and s.scale_from = r.valid_from) as sheets
       from pay_scales r where r.org_id = $1 and r.id = $2 for update`,
    key,
  );
  if (!found) throw notFound('This pay scale');
  if (found.sheets > 0) {
    const many = found.sheets === 1 ? 'A pay sheet was' : `${found.sheets} pay sheets were`;
    throw new AppError('in_use', { message: `${many} approved by these terms of “${found.name}”, so they stay.` });
  }
  await tx.query('delete from pay_scales where org_id = $1 and id = $2', key);
}

/**
 * The scale that an engagement is paid by: the one chosen for it, else the first by name, with the terms that are
 * valid on the day of its first service (by the place's clock; of the engagement itself while it has none).
 */
export async function scaleOf(tx: Tx, engagementId: string): Promise<{ scale: PayScale | null; names: string[] }> {
  const [names, [found]] = await Promise.all([
    tx.query<{ name: string }>('select distinct name from pay_scales where org_id = $1 order by name', [
      tx.scope.orgId,
    ]),
    tx.query<{ row: PayScale }>(
      `with day as (
         select coalesce(
           (select (i.starts_at at time zone i.zone)::date from schedule_items i
             where i.org_id = $1 and i.engagement_id = $2 and i.kind = any($3) order by i.starts_at limit 1),
           (e.starts_at at time zone e.zone)::date) as first
           from engagements e where e.org_id = $1 and e.id = $2)
       select ${rowJson(scaleShape)} as row from pay_scales r
        where r.org_id = $1 and r.valid_from <= (select first from day)
        order by r.name = (select scale_name from pay_choices where org_id = $1 and id = $2) desc nulls last,
                 r.name, r.valid_from desc limit 1`,
      [tx.scope.orgId, engagementId, serviceKinds],
    ),
  ]);
  return { scale: found?.row ?? null, names: names.map(({ name }) => name) };
}

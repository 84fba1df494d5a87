import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { pay } from '../contract.ts';
import type { PayAdjustment } from '../sheet-contract.ts';
import { noScale } from '../sheet-rules.ts';
import { scaleOf } from './scales.ts';

type NewAdjustment = RouteInput<typeof pay.routes.adjust>['body'];
type AdjustmentPatch = RouteInput<typeof pay.routes.changeAdjustment>['body'];

const columns = `a.id, a.resource_id as "resourceId", r.name, a.reason, a.amount_minor::float8 as "amountMinor", a.currency, a.version`;
const tables = 'pay_adjustments a join resources r on r.org_id = a.org_id and r.id = a.resource_id';

/** In the order in which they were made. */
export function listAdjustments(tx: Tx, engagementId: string): Promise<PayAdjustment[]> {
  return tx.query<PayAdjustment>(
    `select ${columns} from ${tables} where a.org_id = $1 and a.engagement_id = $2 order by a.created_at, a.id`,
    [tx.scope.orgId, engagementId],
  );
}

async function getAdjustment(tx: Tx, id: string): Promise<PayAdjustment> {
  const [found] = await tx.query<PayAdjustment>(`select ${columns} from ${tables} where a.org_id = $1 and a.id = $2`, [
    tx.scope.orgId,
    id,
  ]);
  if (!found) throw notFound('This adjustment');
  return found;
}

/** @throws AppError not_found; invalid_input for who is no person; sheet_incomplete without a scale, which says the currency */
export async function addAdjustment(
  tx: Tx,
  engagementId: string,
  { id = uuidv7(), resourceId, reason, amountMinor }: NewAdjustment,
): Promise<PayAdjustment> {
  const { orgId } = tx.scope;
  const [[engagement], [person], { scale }] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', [orgId, engagementId]),
    tx.query("select from resources where org_id = $1 and id = $2 and kind = 'person'", [orgId, resourceId]),
    scaleOf(tx, engagementId),
  ]);
  if (!engagement) throw notFound('This engagement');
  if (!person) throw invalid('resourceId', 'There is no person with this id.');
  if (!scale) throw new AppError('sheet_incomplete', { message: noScale });
  await tx.query(
    `insert into pay_adjustments (org_id, id, engagement_id, resource_id, reason, amount_minor, currency)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [orgId, id, engagementId, resourceId, reason, amountMinor, scale.currency],
  );
  return getAdjustment(tx, id);
}

/** @throws AppError not_found, version_conflict */
export async function changeAdjustment(
  tx: Tx,
  id: string,
  { version, reason, amountMinor }: AdjustmentPatch,
): Promise<PayAdjustment> {
  const changed = await tx.query(
    `update pay_adjustments set reason = coalesce($4, reason), amount_minor = coalesce($5, amount_minor),
            version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and version = $3 returning id`,
    [tx.scope.orgId, id, version, reason ?? null, amountMinor ?? null],
  );
  const now = await getAdjustment(tx, id);
  if (changed.length > 0) return now;
  if (version > now.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed this adjustment in the meantime. Look and decide.',
    extra: {
      version: now.version,
      conflicts: {
        reason: { yours: reason ?? now.reason, theirs: now.reason },
        amountMinor: { yours: amountMinor ?? now.amountMinor, theirs: now.amountMinor },
      },
    },
  });
}

export async function removeAdjustment(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from pay_adjustments where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw notFound('This adjustment');
}

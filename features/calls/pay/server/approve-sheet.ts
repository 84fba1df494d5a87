import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { totalOf } from '../sheet-rules.ts';
import { reckonEngagement } from './reckoning.ts';

/**
 * Writes down what was seen as the next revision.
 * @returns its id. @throws AppError sheet_incomplete, sheet_changed, sheet_unchanged
 */
export async function approveSheet(tx: Tx, engagementId: string, seen: string): Promise<string> {
  const { orgId, actor, now } = tx.scope;
  // Two who approve at once would both be the next revision.
  const [found] = await tx.query('select from engagements where org_id = $1 and id = $2 for no key update', [
    orgId,
    engagementId,
  ]);
  if (!found) throw notFound('This engagement');
  const reckoning = await reckonEngagement(tx, engagementId);
  const { scale, people, problems } = reckoning;
  const [problem] = problems;
  if (!scale || problem)
    throw new AppError('sheet_incomplete', { message: problem?.message ?? '', extra: { problems } });
  if (people.length === 0) {
    throw new AppError('sheet_incomplete', { message: 'Nobody has a seat yet, so there is nothing to approve.' });
  }
  if (reckoning.seen !== seen) {
    throw new AppError('sheet_changed', {
      message: 'Attendance, seats, adjustments or the scale changed since you looked. Look again, then approve.',
    });
  }
  const reckoned = JSON.stringify({ people });
  const [last] = await tx.query<{ revision: number; same: boolean }>(
    `select revision, reckoning = $3::jsonb and scale_name = $4 and scale_from = $5 and currency = $6 as same
       from pay_sheets where org_id = $1 and engagement_id = $2 order by revision desc limit 1`,
    [orgId, engagementId, reckoned, scale.name, scale.validFrom, scale.currency],
  );
  if (last?.same) {
    throw new AppError('sheet_unchanged', { message: `Nothing has changed since revision ${last.revision}.` });
  }
  const id = uuidv7();
  await tx.query(
    `insert into pay_sheets (org_id, id, engagement_id, revision, scale_name, scale_from, currency, total_minor, reckoning,
                             approved_by, approved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      orgId,
      id,
      engagementId,
      (last?.revision ?? 0) + 1,
      scale.name,
      scale.validFrom,
      scale.currency,
      totalOf(people),
      reckoned,
      actor,
      now,
    ],
  );
  return id;
}

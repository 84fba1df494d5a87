import { invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** Members stand in the control database, where no foreign key reaches. @throws AppError invalid_input */
export async function requireLead(
  tx: Tx,
  control: Databases['control'],
  userId: string | null | undefined,
): Promise<void> {
  if (!userId) return;
  const member = await control
    .selectFrom('memberships')
    .select('user_id')
    .where('organisation_id', '=', tx.scope.orgId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!member) throw invalid('leadUserId', 'There is no member with this account.');
}

import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';

/** An account that has left an organisation. The address is known only while it is being erased. */
interface Ended {
  userId: string;
  email?: string;
}

/**
 * Cuts the ties of one account that has left an organisation, and marks it done. Where that fails, as with
 * a database that can't be reached, the row in `ended_accounts` stays, and the hourly job tries again.
 *
 * The row stays locked meanwhile: who joins again in this moment waits until the old ties are cut, and then has new ones.
 */
export async function cutTies(
  { databases, log }: Pick<Services, 'databases' | 'log'>,
  tenant: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  organisationId: string,
  ended: Ended,
): Promise<void> {
  const rows = databases.control;
  try {
    await rows.transaction().execute(async (trx) => {
      const row = await trx
        .deleteFrom('ended_accounts')
        .where('organisation_id', '=', organisationId)
        .where('user_id', '=', ended.userId)
        .returning('user_id')
        .executeTakeFirst();
      if (row) await tenant((tx) => forgetIn(tx, ended));
    });
  } catch (error) {
    log.warn({ err: error, organisation: organisationId }, 'the ties of an ended account are still to be cut');
    await rows
      .updateTable('ended_accounts')
      .set({ last_error: String(error) })
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', ended.userId)
      .execute();
  }
}

/** The organisation's person and contact stay, as nobody's account; what was there for the account alone goes. */
async function forgetIn(tx: Tx, { userId, email }: Ended): Promise<void> {
  const key = [tx.scope.orgId, userId];
  for (const table of ['resources', 'parties']) {
    await tx.query(
      `update ${table} set user_id = null, version = version + 1, updated_at = now() where org_id = $1 and user_id = $2`,
      key,
    );
  }
  await tx.query('delete from notices where org_id = $1 and user_id = $2', key);
  await tx.query('delete from notice_preferences where org_id = $1 and user_id = $2', key);
  await tx.query('delete from inquiry_watchers where org_id = $1 and user_id = $2', key);
  // Written for the account alone; other messages are the organisation's letters to people it works with.
  await tx.query(`delete from messages where org_id = $1 and lower(recipient) = $2 and kind in ('notice', 'digest')`, [
    tx.scope.orgId,
    email ?? '',
  ]);
  // Answers kept for retries: nobody will send these again, and others' may show the address.
  await tx.query(
    `delete from idempotency_keys where org_id = $1 and (actor = 'user:' || $2 or position($3 in lower(answer)) > 0)`,
    [...key, email ?? `user:${userId}`],
  );
}

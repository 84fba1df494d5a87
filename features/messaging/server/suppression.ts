import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Suppressed } from '../contract.ts';

const columns = 'id, email, kind, reason, iso(created_at) as "createdAt"';

/** Nothing more of a kind to an address; of everything when it has none. Twice is once. */
export async function suppressAddress(
  tx: Tx,
  { email, kind, reason }: Pick<Suppressed, 'email' | 'kind' | 'reason'>,
): Promise<Suppressed | undefined> {
  const [row] = await tx.query<Suppressed>(
    `insert into suppressed_addresses (org_id, id, email, kind, reason) values ($1, $2, lower($3), $4, $5)
     on conflict (org_id, email, kind) do nothing returning ${columns}`,
    [tx.scope.orgId, uuidv7(), email, kind, reason],
  );
  return row;
}

/** By hand, from the settings. @throws AppError duplicate */
export async function suppressByHand(tx: Tx, email: string): Promise<Suppressed> {
  const row = await suppressAddress(tx, { email, kind: null, reason: 'by_hand' });
  if (row) return row;
  const message = 'This address gets nothing already.';
  throw new AppError('duplicate', { message, fields: [{ field: 'email', message }] });
}

export function listSuppressed(tx: Tx): Promise<Suppressed[]> {
  return tx.query<Suppressed>(
    `select ${columns} from suppressed_addresses where org_id = $1 order by created_at desc, id desc limit 500`,
    [tx.scope.orgId],
  );
}

/** @throws AppError not_found */
export async function allowAddress(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query('delete from suppressed_addresses where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (!row) throw notFound('This address');
}

/** Somebody asks for mails of a kind again that they had stopped; addresses that bounce stay as they are. */
export async function wantAgain(tx: Tx, email: string, kinds: readonly string[]): Promise<void> {
  await tx.query(
    `delete from suppressed_addresses where org_id = $1 and email = lower($2) and kind = any($3::text[])
        and reason = 'unsubscribed'`,
    [tx.scope.orgId, email, kinds],
  );
}

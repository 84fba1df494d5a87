import { notFound } from '../contract/errors.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant, type Tx } from '../db/tenant.ts';
import type { Services } from './services.ts';

/**
 * Reading for a public route whose token opens one thing of one organisation: `work` must find by the
 * token's hash what it returns, and nothing else. The transaction is read-only, and the scope is that
 * of the organisation in the address, so a token of another one isn't there.
 *
 * @param kind what the token opens, for the trail: `feed`
 * @throws AppError not_found for an organisation that doesn't exist, or isn't open; answer it like an unknown token
 */
export async function readByToken<T>(
  services: Services,
  orgId: string,
  kind: string,
  requestId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const open = await services.databases.control
    .selectFrom('organisations')
    .select('id')
    .where('id', '=', orgId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!open) throw notFound('This organisation');
  const scope = mintScope({ orgId, actor: `token:${kind}`, requestId });
  return withTenant(services.databases, scope, work, { readOnly: true });
}

/**
 * The same for a public route that does the one thing that its token is for. `work` must check the token, unless it was
 * checked before, and touch nothing else.
 *
 * @throws AppError not_found for an organisation that doesn't exist; answer it like an unknown token
 */
export function actByToken<T>(
  services: Services,
  orgId: string,
  kind: string,
  requestId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const scope = mintScope({ orgId, actor: `token:${kind}`, requestId });
  return withTenant(services.databases, scope, work);
}

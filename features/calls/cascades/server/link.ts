import { AppError, notFound } from '#platform/contract/errors.ts';
import { readSigned, sign } from '#platform/crypto/signed.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** After the engagement's end, in days: the page still tells what somebody accepted, and then it is over. */
const livesAfter = 30;

export interface LinkedCall {
  callId: string;
  /** Of the link: an older one than the call's is void. */
  version: number;
}

/** Below the origin: the page on which somebody answers. */
export function callPath(secret: string, orgId: string, { callId, version }: LinkedCall): string {
  return `/answer/${orgId}/${sign(secret, ['call', orgId], [callId, version])}`;
}

/** What a link is for, by its signature alone. @throws AppError not_found */
export function callOfToken(secret: string, orgId: string, token: string): LinkedCall {
  const [callId, version] = readSigned(secret, ['call', orgId], token) ?? [];
  if (!callId) throw notFound('This link');
  return { callId, version: Number(version) };
}

/**
 * That a signed link still opens its call.
 * @throws AppError not_found; link_replaced when a newer one was sent; call_closed long after the engagement
 */
export async function requireLink(tx: Tx, { callId, version }: LinkedCall): Promise<void> {
  const [call] = await tx.query<{ version: number; over: boolean }>(
    `select c.link_version as version, e.ends_at + $3 * interval '1 day' < $4::timestamptz as over
       from calls c join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
      where c.org_id = $1 and c.id = $2`,
    [tx.scope.orgId, callId, livesAfter, tx.scope.now],
  );
  if (!call) throw notFound('This link');
  if (call.version !== version) {
    const message = 'This link was replaced by a newer one. Open the one in the newest mail about this call.';
    throw new AppError('link_replaced', { message });
  }
  if (call.over) throw new AppError('call_closed', { message: 'This link has ended: the engagement is long over.' });
}

import { notFound } from '#platform/contract/errors.ts';
import { readSigned, sign } from '#platform/crypto/signed.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { PublicContext } from '#platform/http/feature.ts';
import { actByToken, readByToken } from '#platform/http/token-scope.ts';
import { kindNamed } from '../kinds.ts';
import { senderOf } from './render-message.ts';
import { suppressAddress } from './suppression.ts';

interface Input {
  params: { orgId: string; token: string };
}

/** Below the origin for the page, below `/api/v1` for the mail program's button. It lives as long as the mail does. */
export function unsubscribePath(secret: string, orgId: string, messageId: string): string {
  return `/unsubscribe/${orgId}/${sign(secret, ['unsubscribe', orgId], [messageId])}`;
}

/** @throws AppError not_found */
function messageIdOf({ services }: PublicContext, { orgId, token }: Input['params']): string {
  const [messageId] = readSigned(services.config.secret, ['unsubscribe', orgId], token) ?? [];
  if (!messageId) throw notFound('This link');
  return messageId;
}

interface Stopped {
  kind: string;
  email: string;
  stopped: boolean;
}

/** @throws AppError not_found when the message is gone or of a kind that can't be stopped */
async function readStopped(tx: Tx, messageId: string): Promise<Stopped & { title: string }> {
  const [row] = await tx.query<Stopped>(
    `select m.kind, m.recipient as email,
            exists (select from suppressed_addresses s where s.org_id = m.org_id and s.email = lower(m.recipient)
                       and (s.kind = m.kind or s.kind is null)) as stopped
       from messages m where m.org_id = $1 and m.id = $2`,
    [tx.scope.orgId, messageId],
  );
  const kind = row && kindNamed(row.kind);
  if (!row || !kind?.unsubscribe) throw notFound('This link');
  return { ...row, title: kind.title };
}

export async function readUnsubscribe(context: PublicContext, { params }: Input) {
  const { services, request } = context;
  const messageId = messageIdOf(context, params);
  const { title, email, stopped } = await readByToken(services, params.orgId, 'unsubscribe', request.id, (tx) =>
    readStopped(tx, messageId),
  );
  const { organisation } = await senderOf(services.databases.control, params.orgId);
  return { organisation, title, email: masked(email), stopped };
}

export async function unsubscribe(context: PublicContext, { params }: Input): Promise<undefined> {
  const { services, request } = context;
  const messageId = messageIdOf(context, params);
  await actByToken(services, params.orgId, 'unsubscribe', request.id, async (tx) => {
    const { email, kind } = await readStopped(tx, messageId);
    await suppressAddress(tx, { email, kind, reason: 'unsubscribed' });
  });
  return undefined;
}

/** A mail may have been forwarded: enough to recognise one's own address, not enough to learn another's. */
function masked(email: string): string {
  return email.replace(/^(.).*(?=@)/u, '$1…');
}

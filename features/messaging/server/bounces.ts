import { createHash, randomBytes } from 'node:crypto';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { PublicContext } from '#platform/http/feature.ts';
import { actByToken } from '#platform/http/token-scope.ts';
import { publish } from '#platform/jobs/task.ts';
import type { Bounce } from '../contract.ts';
import { suppressAddress } from './suppression.ts';

/** A bounce without a Message-ID is taken to be about the newest mail of so many days. */
const recentDays = 30;

/** @returns the address, which only the mail service is to know */
export async function openBounces(tx: Tx, origin: string): Promise<{ url: string }> {
  const token = randomBytes(32).toString('base64url');
  await tx.query(
    `insert into bounce_hooks (org_id, id, token_hash) values ($1, $2, $3)
     on conflict (org_id) do update set token_hash = excluded.token_hash, created_at = now()`,
    [tx.scope.orgId, uuidv7(), hashOf(token)],
  );
  return { url: `${origin}/api/v1/bounces/${tx.scope.orgId}/${token}` };
}

export async function closeBounces(tx: Tx): Promise<void> {
  await tx.query('delete from bounce_hooks where org_id = $1', [tx.scope.orgId]);
}

/** The route. Everything that isn't right is one and the same 404; reporting the same twice is harmless. */
export async function reportBounces(
  { services, request }: PublicContext,
  { params, body }: { params: { orgId: string; token: string }; body: { events: Bounce[] } },
): Promise<undefined> {
  try {
    await actByToken(services, params.orgId, 'bounces', request.id, async (tx) => {
      await requireHook(tx, params.token);
      // Sorted: two reports at once lock the same rows in the same order.
      for (const event of body.events.toSorted((a, b) => (a.email < b.email ? -1 : 1))) await noteBounce(tx, event);
    });
  } catch (error) {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('This address') : error;
  }
  return undefined;
}

async function requireHook(tx: Tx, token: string): Promise<void> {
  const [hook] = await tx.query('select id from bounce_hooks where org_id = $1 and token_hash = $2', [
    tx.scope.orgId,
    hashOf(token),
  ]);
  if (!hook) throw notFound('This address');
}

/** Only of mail that was sent from here: whoever holds the address can't silence anybody else. */
async function noteBounce(tx: Tx, { type, email, messageId, reason }: Bounce): Promise<void> {
  const [message] = await tx.query<BouncedMessage & { recipient: string }>(
    `update messages set state = case when $5 = 'bounce' then 'bounced' else state end, updated_at = now(),
                         last_error = case when $5 = 'bounce' then $6 else last_error end
      where org_id = $1 and id = (
        select id from messages
         where org_id = $1 and lower(recipient) = lower($2) and state in ('sent', 'bounced')
           and ($3::text is null or message_id = $3) and created_at > now() - $4 * interval '1 day'
         order by created_at desc limit 1)
      returning recipient, id as "messageId", kind, resource_id as "resourceId"`,
    [tx.scope.orgId, email, messageId?.replace(/^<|>$/g, '') ?? null, recentDays, type, reason || 'It came back.'],
  );
  if (!message) return;
  const why = type === 'bounce' ? 'bounced' : 'unsubscribed';
  await suppressAddress(tx, { email: message.recipient, kind: null, reason: why });
  if (type === 'bounce') await tellBounced(tx, message);
}

interface BouncedMessage {
  messageId: string;
  kind: string;
  resourceId: string | null;
}

/** Whoever waits for this reader's answer need not wait any more. */
export function tellBounced(tx: Tx, { messageId, kind, resourceId }: BouncedMessage): Promise<void> {
  return publish(tx, 'messages.bounced', { messageId, kind, resourceId });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

import type { Tx } from '#platform/db/tenant.ts';
import type { TaskContext } from '#platform/jobs/task.ts';
import { MailRefused } from '#platform/mail/letter-post.ts';
import { kindNamed, stoppableKinds } from '../kinds.ts';
import { tellBounced } from './bounces.ts';
import { enqueueSending, messageContent } from './queue-message.ts';
import { renderMessage, senderOf } from './render-message.ts';
import { suppressAddress } from './suppression.ts';
import { unsubscribePath } from './unsubscribe.ts';

/** With the waits below, the last try is about twelve hours after the first. */
const attemptsAtMost = 8;

interface Claimed {
  kind: string;
  recipient: string;
  recipientName: string;
  subject: string;
  content: unknown;
  calendar: string | null;
  messageId: string;
  state: string;
  attempts: number;
  nextAttemptAt: string;
}

/**
 * One try. The row is claimed first: the claim counts the try, says when the next one may begin, and enqueues it, so that
 * a crash at any instant loses nothing, and a second run of this job finds nothing to do. A crash after the mail server
 * took the letter and before that is noted sends it once more, with the same Message-ID.
 */
export async function sendMessage({ services, tenant }: TaskContext, messageId: string): Promise<void> {
  const { mailer, config, databases } = services;
  const domain = mailer.address.split('@')[1] ?? 'localhost';
  const claimed = await tenant((tx) => claim(tx, messageId, mailer.delivers, domain));
  if (claimed?.state !== 'waiting') return;
  const { orgId, ...message } = claimed;
  const sender = await senderOf(databases.control, orgId);
  const path = unsubscribePath(config.secret, orgId, messageId);
  const content = messageContent.parse(message.content);
  const rendered = renderMessage(
    { kind: message.kind, subject: message.subject, content },
    { sender, origin: config.origin, unsubscribe: `${config.origin}${path}` },
  );
  try {
    await mailer.post({
      fromName: sender.name,
      replyTo: sender.replyTo,
      to: { name: message.recipientName, address: message.recipient },
      subject: message.subject,
      ...rendered,
      messageId: message.messageId,
      headers: headersOf(message.kind, `${config.origin}/api/v1${path}`),
      calendar: message.calendar,
    });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await tenant((tx) => noteRefusal(tx, messageId, message, error));
    return;
  }
  await tenant((tx) =>
    tx.query(
      `update messages set state = 'sent', sent_at = now(), last_error = null, next_attempt_at = null, updated_at = now()
        where org_id = $1 and id = $2 and state = 'waiting'`,
      [orgId, messageId],
    ),
  );
}

function headersOf(kind: string, unsubscribe: string): Record<string, string> {
  // Keeps holiday notes from answering (RFC 3834).
  const headers = { 'Auto-Submitted': 'auto-generated' };
  if (!kindNamed(kind)?.unsubscribe) return headers;
  // The mail program's own button (RFC 8058): it posts there, and nobody has to open a page.
  return {
    ...headers,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

async function claim(tx: Tx, id: string, delivers: boolean, domain: string) {
  const { orgId } = tx.scope;
  const [claimed] = await tx.query<Claimed>(
    `update messages m
        set state = case when exists (select from suppressed_addresses s where s.org_id = $1 and s.email = lower(m.recipient)
                                         and (s.kind is null or (s.kind = m.kind and m.kind = any($6::text[])))) then 'suppressed'
                         when not $3 then 'kept'
                         when m.attempts >= $4 then 'failed'
                         else 'waiting' end,
            attempts = least(m.attempts + $3::int, $4),
            -- One minute, three, nine …, six hours. In milliseconds, as the job's time is.
            next_attempt_at = date_trunc('milliseconds', now() + least(60 * 3 ^ m.attempts, 21600) * interval '1 second'),
            message_id = coalesce(m.message_id, $2::text || '.' || floor(extract(epoch from now()))::text || '@' || $5),
            updated_at = now()
      where m.org_id = $1 and m.id = $2::uuid and m.state = 'waiting'
        and (m.next_attempt_at is null or m.next_attempt_at <= now())
      returning m.kind, m.recipient, m.recipient_name as "recipientName", m.subject, m.content, m.calendar,
                m.message_id as "messageId", m.state, m.attempts, m.next_attempt_at as "nextAttemptAt"`,
    [orgId, id, delivers, attemptsAtMost, domain, stoppableKinds],
  );
  if (claimed?.state === 'waiting') await enqueueSending(tx, id, claimed.nextAttemptAt);
  return claimed && { ...claimed, orgId };
}

async function noteRefusal(
  tx: Tx,
  id: string,
  { recipient, attempts }: Pick<Claimed, 'recipient' | 'attempts'>,
  { message, permanent, unknownAddress }: MailRefused,
): Promise<void> {
  const over = permanent || attempts >= attemptsAtMost;
  const state = unknownAddress ? 'bounced' : over ? 'failed' : 'waiting';
  const [noted] = await tx.query<{ kind: string; resourceId: string | null }>(
    `update messages set state = $3, last_error = $4, updated_at = now(),
                         next_attempt_at = case when $3 = 'waiting' then next_attempt_at end
      where org_id = $1 and id = $2 and state = 'waiting' returning kind, resource_id as "resourceId"`,
    [tx.scope.orgId, id, state, message.slice(0, 1_000)],
  );
  if (!unknownAddress) return;
  await suppressAddress(tx, { email: recipient, kind: null, reason: 'bounced' });
  if (noted) await tellBounced(tx, { messageId: id, ...noted });
}

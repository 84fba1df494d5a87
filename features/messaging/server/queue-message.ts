import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import { messageKinds, type MessageKindName } from '../kinds.ts';
import { fillBody, fillSubject } from '../template-rules.ts';

/** What is kept of a message's inside: HTML and plain text are made of it (see `render-message.ts`). */
export const messageContent = z.object({
  paragraphs: z.array(
    z.array(z.array(z.object({ text: z.string(), bold: z.literal(true).optional(), href: z.string().optional() }))),
  ),
  button: z.object({ label: z.string(), href: z.string() }).nullable(),
});
export type MessageContent = z.output<typeof messageContent>;

interface NewMessage<K extends MessageKindName> {
  kind: K;
  /** The same key is the same message, however often it is asked for. */
  dedupeKey: string;
  to: { email: string; name: string; resourceId?: string | undefined };
  engagementId?: string | undefined;
  variables: Readonly<Record<keyof (typeof messageKinds)[K]['variables'], string>>;
  /** iCalendar text to attach. */
  calendar?: string | undefined;
  /** Where the button leads: a path of this installation, or an address. */
  link?: string | undefined;
}

/**
 * Writes a message in the organisation's wording and sends it by a job, if and only if this transaction commits.
 * Addresses that unsubscribed or bounced get a row that says so, and no mail.
 *
 * @returns false when the key has its message already
 */
export async function queueMessage<K extends MessageKindName>(tx: Tx, message: NewMessage<K>): Promise<boolean> {
  const { orgId } = tx.scope;
  const { kind, dedupeKey, to, engagementId, variables, calendar, link } = message;
  const builtIn = messageKinds[kind];
  const [own] = await tx.query<{ subject: string; body: string }>(
    'select subject, body from message_templates where org_id = $1 and kind = $2',
    [orgId, kind],
  );
  const wording = own ?? builtIn;
  const content: MessageContent = {
    paragraphs: fillBody(wording.body, variables),
    button: link && builtIn.button ? { label: builtIn.button, href: link } : null,
  };
  const id = uuidv7();
  const [queued] = await tx.query<{ state: string }>(
    `insert into messages (org_id, id, kind, dedupe_key, recipient, recipient_name, resource_id, engagement_id, subject,
                           content, calendar, state)
     select $1, $2, $3, $4, $5, $6, (select id from resources where org_id = $1 and id = $7),
            (select id from engagements where org_id = $1 and id = $8), $9, $10, $11,
            case when exists (select from suppressed_addresses s where s.org_id = $1 and s.email = lower($5)
                                 and (s.kind is null or (s.kind = $3 and $12))) then 'suppressed' else 'waiting' end
     on conflict (org_id, dedupe_key) do nothing
     returning state`,
    [
      orgId,
      id,
      kind,
      dedupeKey,
      oneLine(to.email),
      oneLine(to.name),
      to.resourceId ?? null,
      engagementId ?? null,
      fillSubject(wording.subject, variables),
      JSON.stringify(content),
      calendar ?? null,
      builtIn.unsubscribe,
    ],
  );
  if (queued?.state === 'waiting') await enqueueSending(tx, id);
  return queued !== undefined;
}

/** One job for each message: a later one takes the place of one that has not begun. */
export function enqueueSending(tx: Tx, messageId: string, runAt?: string): Promise<void> {
  return enqueue(tx, 'messaging.send', { messageId }, { key: `messaging.send:${messageId}`, ...(runAt && { runAt }) });
}

/** Goes into a header: a line break would begin another one. */
function oneLine(value: string): string {
  return value.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

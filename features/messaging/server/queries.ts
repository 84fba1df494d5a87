import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { containing, Filter, listJson } from '#platform/db/list.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Message, messaging } from '../contract.ts';
import { enqueueSending, messageContent, type MessageContent } from './queue-message.ts';

type ListFilter = RouteInput<(typeof messaging)['routes']['list']>['query'];

const messageJson = `json_build_object('id', r.id, 'kind', r.kind, 'recipient', r.recipient,
  'recipientName', r.recipient_name, 'resourceId', r.resource_id, 'engagementId', r.engagement_id, 'subject', r.subject,
  'state', r.state, 'attempts', r.attempts, 'lastError', r.last_error, 'nextAttemptAt', iso(r.next_attempt_at),
  'sentAt', iso(r.sent_at), 'createdAt', iso(r.created_at))`;

export function listMessages(tx: Tx, filter: ListFilter): Promise<RawJson> {
  return listJson(tx, {
    from: 'messages r',
    filter: new Filter(tx)
      .add((mark) => `r.state = any(${mark}::text[])`, filter.state)
      .add((mark) => `r.kind = ${mark}`, filter.kind)
      .add((mark) => `r.engagement_id = ${mark}`, filter.engagementId)
      .add((mark) => `r.resource_id = ${mark}`, filter.resourceId)
      .add(
        (mark) => `(r.recipient ilike ${mark} or r.recipient_name ilike ${mark} or r.subject ilike ${mark})`,
        containing(filter.q),
      ),
    order: [
      { column: 'r.created_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: true,
    item: messageJson,
    page: filter,
  });
}

/** @throws AppError not_found */
export async function getMessage(
  tx: Tx,
  id: string,
): Promise<{ message: Message; content: MessageContent; calendar: boolean }> {
  const [row] = await tx.query<{ message: Message; content: unknown; calendar: boolean }>(
    `select ${messageJson} as message, r.content, r.calendar is not null as calendar
       from messages r where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This message');
  return { ...row, content: messageContent.parse(row.content) };
}

/** @throws AppError not_found; not_sendable while it is on its way, or when its reader gets nothing */
export async function sendAgain(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  const [message] = await tx.query<{ state: string; stopped: boolean }>(
    `select m.state, exists (select from suppressed_addresses s where s.org_id = m.org_id and s.email = lower(m.recipient)
                                and (s.kind is null or s.kind = m.kind)) as stopped
       from messages m where m.org_id = $1 and m.id = $2 for update`,
    key,
  );
  if (!message) throw notFound('This message');
  if (message.state === 'waiting')
    throw new AppError('not_sendable', { message: 'This message is on its way already.' });
  if (message.stopped) {
    throw new AppError('not_sendable', {
      message: 'This address gets no such mail. Take it off the list under Settings, Messages first.',
    });
  }
  // Another Message-ID: the reader's program would hide a mail that it has seen.
  await tx.query(
    `update messages set state = 'waiting', attempts = 0, next_attempt_at = null, message_id = null, last_error = null,
                         updated_at = now()
      where org_id = $1 and id = $2`,
    key,
  );
  await enqueueSending(tx, id);
}

import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { formatWrittenDay } from '../day-words.ts';
import type { advance } from '../contract.ts';
import { dayBefore } from '../rules.ts';
import { advancePath } from './link.ts';
import { requireEngagement, usual } from './queries.ts';

type Routes = (typeof advance)['routes'];

/** Of one engagement. */
const mostLinks = 50;
/** By hand to one recipient within an hour: more is a mistake. */
const mostMails = 5;

/** @returns its id. @throws AppError duplicate, advance_full, not_found */
export async function sendLink(
  tx: Tx,
  engagementId: string,
  { name, email, partyId, message }: RouteInput<Routes['send']>['body'],
  secret: string,
): Promise<string> {
  await requireEngagement(tx, engagementId);
  const [counted] = await tx.query<{ count: number }>(
    'select count(*)::int as count from advance_links where org_id = $1 and engagement_id = $2',
    [tx.scope.orgId, engagementId],
  );
  if ((counted?.count ?? 0) >= mostLinks)
    throw new AppError('advance_full', { message: `An advance goes to ${mostLinks} people at most.` });
  const id = uuidv7();
  await tx.query(
    `insert into advance_links (org_id, id, engagement_id, party_id, name, email, sent_by, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.scope.orgId, id, engagementId, partyId, name, email, tx.scope.actor, tx.scope.now],
  );
  await mail(tx, id, { kind: 'advance', message, secret });
  return id;
}

/** @throws AppError not_found, rate_limited */
export async function sendAgain(tx: Tx, id: string, message: string, secret: string): Promise<void> {
  const [sent] = await tx.query<{ count: number }>(
    `select count(*)::int as count from messages
      where org_id = $1 and dedupe_key like $2 and created_at > $3::timestamptz - interval '1 hour'`,
    [tx.scope.orgId, `advance:${id}:%`, tx.scope.now],
  );
  if ((sent?.count ?? 0) >= mostMails)
    throw new AppError('rate_limited', { message: 'They have got this several times within the hour. Wait a little.' });
  const changed = await tx.query(
    `update advance_links set sent_at = $3, sent_by = $4, revoked_at = null, updated_at = now()
      where org_id = $1 and id = $2 returning id`,
    [tx.scope.orgId, id, tx.scope.now, tx.scope.actor],
  );
  if (changed.length === 0) throw notFound('This link');
  await mail(tx, id, { kind: 'advance', message, secret });
}

/** Twice is once. A new one, sent later, has another version: this one never opens again. @throws AppError not_found */
export async function revokeLink(tx: Tx, id: string): Promise<void> {
  const found = await tx.query(
    `update advance_links set link_version = link_version + case when revoked_at is null then 1 else 0 end,
            revoked_at = coalesce(revoked_at, $3), updated_at = now()
      where org_id = $1 and id = $2 returning id`,
    [tx.scope.orgId, id, tx.scope.now],
  );
  if (found.length === 0) throw notFound('This link');
}

interface Recipient {
  name: string;
  email: string;
  version: number;
  engagementId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  zone: string;
  place: string | null;
  dueDays: number;
  owed: string[];
  owes: number;
}

interface Letter {
  kind: 'advance' | 'advance_reminder';
  message: string;
  secret: string;
}

/** Writes to whom a link is for. */
export async function mail(tx: Tx, id: string, { kind, message, secret }: Letter): Promise<void> {
  const [to] = await tx.query<Recipient>(
    `select l.name, l.email, l.link_version as version, e.id as "engagementId", e.title, iso(e.starts_at) as "startsAt",
            iso(e.ends_at) as "endsAt", e.zone, p.name as place, coalesce(a.due_days, $3) as "dueDays",
            (select count(*)::int from advance_items i where i.org_id = l.org_id and i.engagement_id = l.engagement_id
                and i.side = 'them' and i.state = 'open') as owes,
            array(select i.title from advance_items i where i.org_id = l.org_id and i.engagement_id = l.engagement_id
                     and i.side = 'them' and i.state = 'open' order by i.sort, i.id limit 10) as owed
       from advance_links l
       join engagements e on e.org_id = l.org_id and e.id = l.engagement_id
       left join advances a on a.org_id = l.org_id and a.id = l.engagement_id
       left join resources p on p.org_id = e.org_id and p.id = e.place_id
      where l.org_id = $1 and l.id = $2`,
    [tx.scope.orgId, id, usual.dueDays],
  );
  if (!to) return;
  const shared = {
    'person.name': to.name,
    'engagement.title': to.title,
    'engagement.time': spanText(to, to.zone),
    'engagement.place': to.place ?? '',
    'advance.due': formatWrittenDay(dayBefore(to, to.dueDays)),
  };
  const letter = {
    dedupeKey: `${kind}:${id}:${tx.scope.now.toISOString()}`,
    to: { email: to.email, name: to.name },
    engagementId: to.engagementId,
    link: advancePath(secret, tx.scope.orgId, { linkId: id, version: to.version }),
  };
  if (kind === 'advance')
    await queueMessage(tx, { ...letter, kind, variables: { ...shared, 'advance.message': message.trim() } });
  else
    await queueMessage(tx, {
      ...letter,
      kind,
      variables: { ...shared, 'advance.open': openWords(to.owed, to.owes) },
    });
}

/** The first few by name, a line each. */
function openWords(owed: readonly string[], all: number): string {
  const more = all - owed.length;
  return [...owed.map((title) => `• ${title}`), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

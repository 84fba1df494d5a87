import type { inquiryKinds } from '#features/messaging/inquiry-kinds.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { statusPath } from './link.ts';

interface Letter {
  kind: keyof typeof inquiryKinds;
  inquiryId: string;
  /** What whoever sends it wants to say. */
  words?: string;
  /** What makes it this letter and no other of its kind and inquiry. */
  key?: string;
}

/** To one address in a day, of thanks: whoever fills in forms with somebody else’s can’t fill their mailbox. */
const thanksAtMost = 5;

interface Facts {
  title: string;
  name: string;
  company: string;
  email: string | null;
  startsAt: string | null;
  endsAt: string | null;
  zone: string | null;
  linkVersion: number;
  engagementId: string | null;
  thanked: number;
}

/**
 * Writes to an inquiry’s sender, sent if and only if this transaction commits.
 * @returns false without an address, or where it had enough already
 */
export async function writeToSender(
  tx: Tx,
  secret: string,
  { kind, inquiryId, words = '', key }: Letter,
): Promise<boolean> {
  const facts = await factsOf(tx, inquiryId);
  if (!facts?.email) return false;
  if (kind === 'inquiry_received' && facts.thanked >= thanksAtMost) return false;
  return queueMessage(tx, {
    kind,
    dedupeKey: [kind, inquiryId, ...(key === undefined ? [] : [key])].join(':'),
    to: { email: facts.email, name: facts.name || facts.company },
    engagementId: facts.engagementId ?? undefined,
    variables: {
      'person.name': facts.name || facts.company,
      'inquiry.title': facts.title,
      'inquiry.when': whenWords(facts),
      'inquiry.words': words,
    },
    link: statusPath(secret, tx.scope.orgId, { inquiryId, version: facts.linkVersion }),
  });
}

/** @throws AppError no_address */
export async function requireAddress(tx: Tx, inquiryId: string): Promise<void> {
  if ((await factsOf(tx, inquiryId))?.email) return;
  throw new AppError('no_address', {
    message: 'There is no e-mail address to write to. Add one, or telephone them and keep a note.',
  });
}

async function factsOf(tx: Tx, inquiryId: string): Promise<Facts | undefined> {
  const [facts] = await tx.query<Facts>(
    `select q.title, q.contact_name as name, q.company, q.email, iso(q.starts_at) as "startsAt", iso(q.ends_at) as "endsAt",
            q.zone, q.link_version as "linkVersion", q.engagement_id as "engagementId",
            (select count(*)::int from messages m
              where m.org_id = $1 and m.created_at > $3::timestamptz - interval '1 day' and m.kind = 'inquiry_received'
                and lower(m.recipient) = lower(q.email)) as thanked
       from inquiries q where q.org_id = $1 and q.id = $2`,
    [tx.scope.orgId, inquiryId, tx.scope.now],
  );
  return facts;
}

function whenWords({ startsAt, endsAt, zone }: Pick<Facts, 'startsAt' | 'endsAt' | 'zone'>): string {
  return startsAt !== null && endsAt !== null ? spanText({ startsAt, endsAt }, zone ?? 'UTC') : '';
}

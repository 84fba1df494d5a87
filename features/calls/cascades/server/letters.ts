import type { callKinds } from '#features/messaging/call-kinds.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { positionWords } from '#features/calls/instruments/skill-rules.ts';
import { feeWords, momentWords, serviceLine, type LetterService } from '../letter-words.ts';
import { callCalendar } from './call-calendar.ts';
import { callPath } from './link.ts';

type LetterKind = keyof typeof callKinds;

interface Facts {
  callId: string;
  linkVersion: number;
  engagementId: string;
  resourceId: string;
  name: string;
  email: string | null;
  zone: string;
  engagement: string;
  need: string;
  doubles: string[];
  feeMinor: number | null;
  feeCurrency: string | null;
  message: string;
  deadlineAt: string | null;
  services: (LetterService & { answer: string | null })[];
}

interface Letter {
  kind: LetterKind;
  callIds: readonly string[];
  /** What only this kind says. */
  words?: { 'call.reason'?: string; 'call.answer'?: string };
  /** What makes it this letter and no other of its kind and call; the instant unless told. */
  key?: string;
}

/** Writes to the people of these calls; who has no address is passed over. Sent if and only if this transaction commits. */
export async function writeLetters(tx: Tx, secret: string, { kind, callIds, words, key }: Letter): Promise<void> {
  if (callIds.length === 0) return;
  for (const facts of await factsOf(tx, callIds)) {
    const { callId, email, name, resourceId, engagementId, linkVersion } = facts;
    if (email === null) continue;
    await queueMessage(tx, {
      kind,
      dedupeKey: `${kind}:${callId}:${key ?? tx.scope.now.toISOString()}`,
      to: { email, name, resourceId },
      engagementId,
      variables: variablesOf(kind, facts, words),
      link: callPath(secret, tx.scope.orgId, { callId, version: linkVersion }),
      ...(kind === 'call_booked' && { calendar: await callCalendar(tx, callId) }),
    });
  }
}

function variablesOf(kind: LetterKind, facts: Facts, words: Letter['words']) {
  const { feeMinor, feeCurrency, services } = facts;
  const its = servicesIn(kind, facts);
  return {
    'person.name': facts.name,
    'engagement.title': facts.engagement,
    'call.position': positionWords(facts.need, facts.doubles),
    // With an empty line between: on a telephone each takes three.
    'call.services': its.map(serviceLine).join('\n\n'),
    'call.fee': feeWords({ minor: feeMinor, currency: feeCurrency }, services.length, its.length < services.length),
    'call.message': facts.message,
    'call.deadline': facts.deadlineAt === null ? '' : momentWords(facts.deadlineAt, facts.zone),
    'call.reason': words?.['call.reason'] ?? '',
    'call.answer': words?.['call.answer'] ?? '',
  };
}

function servicesIn(kind: LetterKind, { services }: Facts) {
  if (kind === 'call_booked') return services.filter(({ answer }) => answer === 'accepted');
  if (kind === 'call_withdrawn_confirmed') return services.filter(({ answer }) => answer !== 'declined');
  return services;
}

function factsOf(tx: Tx, callIds: readonly string[]): Promise<Facts[]> {
  return tx.query<Facts>(
    `select c.id as "callId", c.link_version as "linkVersion", c.engagement_id as "engagementId", c.resource_id as "resourceId",
            p.name, p.email, p.zone, e.title as engagement, n.title as need, n.doubles,
            k.fee_minor::float8 as "feeMinor", k.fee_currency as "feeCurrency", k.message, iso(c.deadline_at) as "deadlineAt",
            coalesce((select json_agg(json_build_object('kind', i.kind, 'title', i.title, 'startsAt', iso(i.starts_at),
                        'endsAt', iso(i.ends_at), 'zone', i.zone, 'place', l.name, 'address', l.address, 'dress', i.dress,
                        'answer', s.answer) order by i.starts_at, i.id)
                from call_services s
                join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
                left join resources l on l.org_id = i.org_id and l.id = coalesce(i.place_id, e.place_id)
               where s.org_id = c.org_id and s.call_id = c.id), '[]'::json) as services
       from calls c
       join cascades k on k.org_id = c.org_id and k.id = c.cascade_id
       join needs n on n.org_id = c.org_id and n.id = c.need_id
       join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
       join resources p on p.org_id = c.org_id and p.id = c.resource_id
      where c.org_id = $1 and c.id = any($2::uuid[]) order by c.place`,
    [tx.scope.orgId, callIds],
  );
}

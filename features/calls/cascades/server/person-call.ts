import { createHash } from 'node:crypto';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { freeSeats } from '../cascade-rules.ts';
import type { CascadeState, Strategy } from '../cascade-contract.ts';
import type { PersonCall } from '../person-call-contract.ts';
import { toldStates } from '../person-call-contract.ts';

interface Free {
  /** Seats that nobody has. */
  seats: number;
  /** People who are being asked for them. */
  asked: number;
}

interface Told extends Omit<PersonCall, 'can' | 'seen' | 'services'> {
  services: (PersonCall['services'][number] & Free)[];
  strategy: Strategy;
  cascadeState: CascadeState;
}

/** What a person knows of their call: never who else is asked, nor where on a list they stand. */
const toldSql = `
  select c.id, c.state, c.reason, case when c.state in ('declined', 'withdrawn') then c.note else '' end as note,
         p.name as person, json_build_object('id', e.id, 'title', e.title, 'zone', e.zone) as engagement,
         json_build_object('title', n.title, 'skill', n.skill, 'kind', n.kind, 'doubles', n.doubles) as need,
         k.partial, k.fee_minor::float8 as "feeMinor", k.fee_currency as "feeCurrency", k.message,
         k.strategy, k.state as "cascadeState",
         iso(coalesce(c.sent_at, c.answered_at)) as "sentAt", iso(coalesce(c.deadline_at, c.answered_at)) as "deadlineAt",
         iso(c.answered_at) as "answeredAt",
         coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'title', i.title, 'startsAt', iso(i.starts_at),
                     'endsAt', iso(i.ends_at), 'zone', i.zone, 'dress', i.dress, 'answer', s.answer,
                     'place', case when l.id is not null then json_build_object('name', l.name, 'address', l.address,
                       'latitude', l.latitude, 'longitude', l.longitude) end,
                     'seats', (select count(*) from seats t where t.org_id = c.org_id and t.need_id = c.need_id
                                  and t.schedule_item_id = i.id and t.resource_id is null),
                     'asked', (select count(*) from call_services o join calls oc on oc.org_id = o.org_id and oc.id = o.call_id
                                where o.org_id = c.org_id and o.schedule_item_id = i.id and o.open and oc.need_id = c.need_id
                                  and oc.id <> c.id)) order by i.starts_at, i.id)
             from call_services s
             join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
             left join resources l on l.org_id = i.org_id and l.id = coalesce(i.place_id, e.place_id)
            where s.org_id = c.org_id and s.call_id = c.id), '[]'::json) as services,
         coalesce((select json_agg(json_build_object('id', q.id, 'askedBy', q.asked_by, 'body', q.body,
                     'createdAt', iso(q.created_at)) order by q.created_at, q.id)
             from call_questions q where q.org_id = c.org_id and q.call_id = c.id), '[]'::json) as questions
    from calls c
    join cascades k on k.org_id = c.org_id and k.id = c.cascade_id
    join needs n on n.org_id = c.org_id and n.id = c.need_id
    join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
    join resources p on p.org_id = c.org_id and p.id = c.resource_id
   where c.org_id = $1 and c.state = any($2::text[])`;

/** A call as its person reads it. @throws AppError not_found, also for one that they were never told of */
export async function readCallForPerson(tx: Tx, callId: string): Promise<PersonCall> {
  const [told] = await tx.query<Told>(`${toldSql} and c.id = $3`, [tx.scope.orgId, toldStates, callId]);
  if (!told) throw notFound('This call');
  return shown(told, tx.scope.now);
}

/** The calls of whoever stands behind an account: open ones by deadline, then the newest. */
export async function callsOfAccount(tx: Tx, userId: string | undefined): Promise<PersonCall[]> {
  if (!userId) return [];
  const rows = await tx.query<Told>(
    `${toldSql} and p.user_id = $3
      order by c.state <> 'open', case when c.state = 'open' then c.deadline_at end, c.sent_at desc, c.id limit 200`,
    [tx.scope.orgId, toldStates, userId],
  );
  return rows.map((told) => shown(told, tx.scope.now));
}

function shown({ services, strategy, cascadeState, ...call }: Told, now: Date): PersonCall {
  const late = cascadeState !== 'cancelled' && mayAcceptLate(services, { strategy, partial: call.partial }, now);
  const ahead = services.some(({ startsAt, answer }) => answer === 'accepted' && Date.parse(startsAt) > now.getTime());
  return {
    ...call,
    services: services.map(({ seats: _, asked: __, ...service }) => service),
    seen: seenOf(services),
    can: {
      open: ['accept', 'decline', 'ask'] as const,
      accepted: ahead ? (['withdraw', 'ask'] as const) : [],
      declined: late ? (['accept'] as const) : [],
      expired: late ? (['accept', 'decline'] as const) : (['decline'] as const),
      cancelled: [],
      withdrawn: [],
    }[call.state].slice(),
  };
}

/** Of exactly these services and times, by start: nobody accepts what they didn't see. */
export function seenOf(services: readonly { id: string; startsAt: string; endsAt: string }[]): string {
  const facts = services.map(({ id, startsAt, endsAt }) => [id, startsAt, endsAt]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

/** After having declined or missed the deadline: while nobody else is asked for that seat. */
export function mayAcceptLate(
  services: readonly (Free & { startsAt: string })[],
  { strategy, partial }: { strategy: Strategy; partial: boolean },
  now: Date,
): boolean {
  const free = services.filter(
    ({ seats, asked, startsAt }) => freeSeats({ strategy }, seats, asked) > 0 && Date.parse(startsAt) > now.getTime(),
  );
  return partial ? free.length > 0 : free.length > 0 && free.length === services.length;
}

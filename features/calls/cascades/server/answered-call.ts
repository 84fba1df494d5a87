import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { cancelReasons, cancelWords } from '../call-words.ts';
import type { CallState } from '../cascade-contract.ts';
import { toldStates } from '../person-call-contract.ts';
import { lockCascadeOfCall, type LockedCascade } from './situation.ts';

/** Who says what becomes of a call: its person, or the office in their name, which may more. */
export type Voice = 'person' | 'office';

export interface AskedService {
  id: string;
  startsAt: string;
  endsAt: string;
  answer: 'accepted' | 'declined' | null;
  /** Seats that nobody has. */
  seats: number;
  /** Others who are being asked for them. */
  asked: number;
}

/** A call whose cascade this transaction has locked. */
export interface AnsweredCall {
  id: string;
  state: CallState;
  reason: string | null;
  resourceId: string;
  name: string;
  /** Of the person. */
  zone: string;
  services: AskedService[];
}

/** Locks first, so that what is read stays true. @throws AppError not_found, also for a person who was never told */
export async function lockCall(
  tx: Tx,
  callId: string,
  voice: Voice,
): Promise<{ cascade: LockedCascade; call: AnsweredCall }> {
  const cascade = await lockCascadeOfCall(tx, callId);
  if (!cascade) throw notFound('This call');
  const [call] = await tx.query<AnsweredCall>(
    `select c.id, c.state, c.reason, c.resource_id as "resourceId", p.name, p.zone,
            coalesce((select json_agg(json_build_object('id', i.id, 'startsAt', iso(i.starts_at), 'endsAt', iso(i.ends_at),
                        'answer', s.answer,
                        'seats', (select count(*) from seats t where t.org_id = c.org_id and t.need_id = c.need_id
                                     and t.schedule_item_id = i.id and t.resource_id is null),
                        'asked', (select count(*) from call_services o join calls oc on oc.org_id = o.org_id and oc.id = o.call_id
                                   where o.org_id = c.org_id and o.schedule_item_id = i.id and o.open
                                     and oc.need_id = c.need_id and oc.id <> c.id)) order by i.starts_at, i.id)
                from call_services s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
               where s.org_id = c.org_id and s.call_id = c.id), '[]'::json) as services
       from calls c join resources p on p.org_id = c.org_id and p.id = c.resource_id
      where c.org_id = $1 and c.id = $2`,
    [tx.scope.orgId, callId],
  );
  const told: readonly string[] = toldStates;
  if (!call || (voice === 'person' && !told.includes(call.state))) throw notFound('This call');
  return { cascade, call };
}

/** Kind and true: why nothing can be said to this call any more. */
export function closedError({ state, reason }: Pick<AnsweredCall, 'state' | 'reason'>): AppError {
  return new AppError('call_closed', { message: closedWords(state, reason), extra: { state, reason } });
}

function closedWords(state: CallState, reason: string | null): string {
  switch (state) {
    case 'cancelled': {
      const why = cancelReasons.find((one) => one === reason);
      return `This call is over: ${why ? cancelWords[why] : 'it was taken back'}. Nothing is to be answered any more.`;
    }
    case 'expired':
      return 'The time to answer is over, and somebody else has the place or is being asked. Please write to the office.';
    case 'declined':
      return 'You declined, and somebody else has the place or is being asked. Please write to the office.';
    case 'withdrawn':
      return 'You withdrew. Please write to the office if you can come after all.';
    default:
      return 'This call can’t be answered.';
  }
}

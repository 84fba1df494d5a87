import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { writeTrail } from '#platform/db/trail.ts';
import { skipWords } from '../call-words.ts';
import { oneAtATime } from '../cascade-rules.ts';
import type { CallState } from '../cascade-contract.ts';
import { reminderOf, timesOf } from '../quiet-rules.ts';
import { advanceLocked } from './advance.ts';
import { lockCall, type AnsweredCall } from './answered-call.ts';
import { closeCalls, instant, send, takeBack } from './carry-out.ts';
import { requireNeed, requireOpenServices } from './candidates.ts';
import { writeLetters } from './letters.ts';
import { callPath } from './link.ts';
import { obstaclesOf } from './obstacles.ts';
import type { LockedCascade } from './situation.ts';
import { requireState } from './steering.ts';

/** @throws AppError wrong_state */
function requireCall(
  { state, name }: Pick<AnsweredCall, 'state' | 'name'>,
  allowed: readonly CallState[],
  what: string,
): void {
  if (!allowed.includes(state)) throw new AppError('wrong_state', { message: `${name} ${what}`, extra: { state } });
}

/** Takes somebody off who was not asked. */
export async function removeCall(tx: Tx, callId: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  requireCall(call, ['planned'], 'was asked already, and stays in the record. Pass them over instead.');
  await tx.query('delete from calls where org_id = $1 and id = $2', [tx.scope.orgId, callId]);
  await advanceLocked(tx, cascade, secret);
}

/**
 * Out of turn and whatever the hour: the office knows why. A round that ran out of people goes on with this one.
 * @throws AppError wrong_state, already_running, not_askable, nothing_open
 */
export async function sendNow(tx: Tx, callId: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  requireState(cascade, ['running', 'paused', 'exhausted'], 'Start another round for the seats that are open.');
  requireCall(call, ['planned', 'skipped', 'expired', 'cancelled'], 'was asked, or has answered, already.');
  const services = await servicesFor(tx, cascade, call);
  const now = tx.scope.now.getTime();
  const startsAt = Math.min(...services.map((service) => service.startsAt));
  const sent = await send(
    tx,
    cascade,
    [
      {
        do: 'send',
        callId,
        services: services.map(({ id }) => id),
        ...timesOf(cascade, call.zone, now, startsAt),
      },
    ],
    secret,
  );
  if (!sent) throw notAskable(call.name, skipWords.already_called);
  await advanceLocked(tx, cascade, secret, cascade.state === 'exhausted' ? 'running' : cascade.state);
}

async function servicesFor(tx: Tx, cascade: LockedCascade, { resourceId, name }: AnsweredCall) {
  const need = await requireNeed(tx, cascade.needId);
  const open = await requireOpenServices(tx, cascade.needId);
  const wanted = { ...need, services: open, cascadeId: cascade.id };
  const found = (await obstaclesOf(tx, wanted, [{ resourceId, byHand: true }])).get(resourceId);
  if (!found) throw notFound('This person');
  if (found.lasting) throw notAskable(name, skipWords[found.lasting]);
  const suits = open.filter(({ id }) => !found.at.has(id));
  const services = oneAtATime(cascade.partial ? suits : open);
  const clash = services.length === 0 ? open[0] : services.find((service) => !suits.includes(service));
  if (clash) throw notAskable(name, skipWords[found.at.get(clash.id) ?? 'committed']);
  return services;
}

function notAskable(name: string, why: string): AppError {
  return new AppError('not_askable', { message: `${name}: ${why}.` });
}

/** Passes somebody over; an open call is taken back, and its person told, but not why: that is for the log. */
export async function skipCall(tx: Tx, callId: string, note: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  requireCall(call, ['planned', 'skipped', 'open'], 'has answered already.');
  if (call.state === 'open') await takeBack(tx, [callId], 'by_hand', '', secret);
  await tx.query(
    `update calls set state = $3, reason = 'by_hand', note = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, callId, call.state === 'open' ? 'cancelled' : 'skipped', note],
  );
  await advanceLocked(tx, cascade, secret);
}

/** More time, or less. @throws AppError wrong_state, invalid_input */
export async function extendCall(tx: Tx, callId: string, deadlineAt: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  requireCall(call, ['open'], 'is not being asked just now.');
  const now = tx.scope.now.getTime();
  const until = Date.parse(deadlineAt);
  if (until <= now) throw invalid('deadlineAt', 'Choose a time that is still ahead.');
  const begins = Math.min(...call.services.map(({ startsAt }) => Date.parse(startsAt)));
  if (until > begins) throw invalid('deadlineAt', 'Choose a time before the first service begins.');
  await tx.query(
    `update calls set deadline_at = $3, remind_at = $4, version = version + 1, updated_at = now() where org_id = $1 and id = $2`,
    [tx.scope.orgId, callId, deadlineAt, instant(reminderOf(cascade, call.zone, now, until))],
  );
  await advanceLocked(tx, cascade, secret);
}

/** The old link ends; who still has something to do there gets the new one. */
export async function renewLink(tx: Tx, callId: string, secret: string): Promise<void> {
  const { call } = await lockCall(tx, callId, 'office');
  requireCall(
    call,
    ['open', 'accepted', 'declined', 'expired', 'cancelled', 'withdrawn'],
    'was not asked, and so has no link.',
  );
  await tx.query(
    'update calls set link_version = link_version + 1, version = version + 1, updated_at = now() where org_id = $1 and id = $2',
    [tx.scope.orgId, callId],
  );
  if (call.state !== 'open' && call.state !== 'accepted') return;
  const kind = call.state === 'open' ? 'call' : 'call_booked';
  await writeLetters(tx, secret, { kind, callIds: [callId], key: `link:${tx.scope.now.toISOString()}` });
}

/**
 * Below the origin, the page on which somebody answers: for those whom mail doesn't reach.
 * @throws AppError not_found; wrong_state where there is nothing left to do on that page
 */
export async function handOutLink(tx: Tx, callId: string, secret: string): Promise<string> {
  const [call] = await tx.query<Pick<AnsweredCall, 'state' | 'name'> & { version: number }>(
    `select c.state, p.name, c.link_version as version
       from calls c join resources p on p.org_id = c.org_id and p.id = c.resource_id where c.org_id = $1 and c.id = $2`,
    [tx.scope.orgId, callId],
  );
  if (!call) throw notFound('This call');
  requireCall(call, ['open', 'accepted'], 'is neither being asked nor coming, and has nothing to do on that page.');
  await writeTrail(tx, { entity: 'calls', entityId: callId, operation: 'looked', after: { fields: ['link'] } });
  return callPath(secret, tx.scope.orgId, { callId, version: call.version });
}

/** Mail to this person comes back from where it still goes: calls that they have not looked at are over, and others are asked. */
export async function passOverUnreachable(tx: Tx, callId: string, secret: string): Promise<void> {
  const { cascade, call } = await lockCall(tx, callId, 'office');
  const [unseen] = await tx.query(
    `select c.id from calls c
       join resources p on p.org_id = c.org_id and p.id = c.resource_id
       join suppressed_addresses s on s.org_id = p.org_id and s.email = lower(p.email) and s.reason = 'bounced'
      where c.org_id = $1 and c.id = $2 and c.state = 'open' and c.opened_at is null limit 1`,
    [tx.scope.orgId, call.id],
  );
  if (!unseen) return;
  await closeCalls(tx, [callId], { state: 'skipped', reason: 'unreachable' });
  await advanceLocked(tx, cascade, secret);
}

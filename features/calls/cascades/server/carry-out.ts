import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { Action } from '../cascade-rules.ts';
import type { CancelReason } from '../call-words.ts';
import { writeLetters } from './letters.ts';
import type { LockedCascade } from './situation.ts';

type Sending = Extract<Action, { do: 'send' }>;

/**
 * Does what a plan says. The cascade is locked.
 * @returns false when somebody could not be asked because another round asked them for that time in this very moment:
 *   plan again
 */
export async function carryOut(
  tx: Tx,
  cascade: Pick<LockedCascade, 'engagementId'>,
  actions: readonly Action[],
  secret: string,
): Promise<boolean> {
  for (const action of actions) if (action.do !== 'send') await carryOutOne(tx, action, secret);
  const sending = actions.filter((action) => action.do === 'send');
  return sending.length === 0 || send(tx, cascade, sending, secret);
}

async function carryOutOne(tx: Tx, action: Exclude<Action, Sending>, secret: string): Promise<void> {
  const { callId } = action;
  const key = [tx.scope.orgId, callId];
  switch (action.do) {
    case 'expire':
      return closeCalls(tx, [callId], { state: 'expired', reason: null });
    case 'cancel':
      return takeBack(tx, [callId], action.reason, '', secret);
    case 'remind':
      await tx.query(
        `update calls set remind_at = null, reminded_at = $3, version = version + 1, updated_at = now()
          where org_id = $1 and id = $2`,
        [...key, tx.scope.now],
      );
      return writeLetters(tx, secret, { kind: 'call_reminder', callIds: [callId] });
    case 'postpone':
      await tx.query('update calls set remind_at = $3, updated_at = now() where org_id = $1 and id = $2', [
        ...key,
        instant(action.remindAt),
      ]);
      return;
    case 'shrink':
      return keepServices(tx, callId, action.services);
    case 'tellChange':
      return tellChange(tx, action, secret);
    case 'skip':
      await tx.query(
        `update calls set state = 'skipped', reason = $3, version = version + 1, updated_at = now()
          where org_id = $1 and id = $2`,
        [...key, action.reason],
      );
  }
}

/** Open calls, and those of people who had accepted, are over: that time of theirs may be asked for again. */
export async function closeCalls(
  tx: Tx,
  callIds: readonly string[],
  { state, reason, note }: { state: string; reason: string | null; note?: string },
): Promise<void> {
  const key = [tx.scope.orgId, callIds];
  await Promise.all([
    tx.query(
      `update calls set state = $3, reason = $4, note = coalesce($5, note), remind_at = null, version = version + 1, updated_at = now()
        where org_id = $1 and id = any($2::uuid[])`,
      [...key, state, reason, note ?? null],
    ),
    tx.query(
      `update call_services set open = false, changed = false, updated_at = now()
        where org_id = $1 and call_id = any($2::uuid[]) and open`,
      key,
    ),
  ]);
  await wakeOthers(tx, callIds);
}

/**
 * Rounds that passed these people over, because they were being called for something else, look at them again. By a job
 * of its own: a transaction that wrote the keys of two rounds would wait for one that wrote them the other way round.
 */
async function wakeOthers(tx: Tx, callIds: readonly string[]): Promise<void> {
  const others = await tx.query<{ cascadeId: string }>(
    `select distinct other.cascade_id as "cascadeId" from calls c
       join calls other on other.org_id = c.org_id and other.resource_id = c.resource_id and other.cascade_id <> c.cascade_id
       join cascades k on k.org_id = other.org_id and k.id = other.cascade_id
      where c.org_id = $1 and c.id = any($2::uuid[]) and other.state = 'skipped' and other.reason = 'already_called'
        and k.state = 'running'`,
    [tx.scope.orgId, callIds],
  );
  if (others.length > 0) await enqueue(tx, 'calls.wake', { cascadeIds: others.map(({ cascadeId }) => cascadeId) });
}

/**
 * To look at a cascade at once, or when something is due: two keys, since a time that a round has reckoned must not take
 * the place of news that came while it was reckoning.
 */
export function enqueueAdvance(tx: Tx, cascadeId: string, runAt?: string): Promise<void> {
  const options = runAt === undefined ? { key: `cascade:${cascadeId}` } : { key: `cascade-due:${cascadeId}`, runAt };
  return enqueue(tx, 'calls.advance', { cascadeId }, options);
}

/** The office needs them no more, and tells them so. */
export async function takeBack(
  tx: Tx,
  callIds: readonly string[],
  reason: CancelReason,
  note: string,
  secret: string,
): Promise<void> {
  await closeCalls(tx, callIds, { state: 'cancelled', reason, ...(note !== '' && { note }) });
  const kind = reason === 'filled' ? 'call_filled' : 'call_cancelled';
  await writeLetters(tx, secret, { kind, callIds, words: { 'call.reason': note } });
}

/** Other services are not asked for any more. */
async function keepServices(tx: Tx, callId: string, services: readonly string[]): Promise<void> {
  const key = [tx.scope.orgId, callId];
  await Promise.all([
    tx.query(
      'delete from call_services where org_id = $1 and call_id = $2 and not schedule_item_id = any($3::uuid[])',
      [...key, services],
    ),
    tx.query(
      'update call_services set changed = false, updated_at = now() where org_id = $1 and call_id = $2 and changed',
      key,
    ),
  ]);
}

async function tellChange(
  tx: Tx,
  { callId, services, deadlineAt }: Extract<Action, { do: 'tellChange' }>,
  secret: string,
): Promise<void> {
  await keepServices(tx, callId, services);
  await tx.query(
    'update calls set deadline_at = $3, version = version + 1, updated_at = now() where org_id = $1 and id = $2',
    [tx.scope.orgId, callId, instant(deadlineAt)],
  );
  await writeLetters(tx, secret, { kind: 'call_changed', callIds: [callId] });
}

/**
 * Asks people. The exclusion constraint is the truth about who is being asked for a time: fewer rows than asked for
 * means that another round was faster, and then nobody of these is asked.
 */
export async function send(
  tx: Tx,
  { engagementId }: Pick<LockedCascade, 'engagementId'>,
  sending: readonly Sending[],
  secret: string,
): Promise<boolean> {
  const { orgId, now } = tx.scope;
  const callIds = sending.map(({ callId }) => callId);
  const asked = sending.flatMap(({ callId, services }) =>
    services.map((service) => ({ id: uuidv7(), call: callId, service })),
  );
  // Of an earlier time that they were asked in this round.
  const cleared = tx.query('delete from call_services where org_id = $1 and call_id = any($2::uuid[])', [
    orgId,
    callIds,
  ]);
  // Sorted by person, so that two rounds meet them in one order.
  const inserted = tx.query(
    `insert into call_services (org_id, id, call_id, engagement_id, schedule_item_id, resource_id, span, open)
     select $1, a.id, c.id, $2, i.id, c.resource_id, tstzrange(i.starts_at, i.ends_at, '[)'), true
       from json_to_recordset($3::json) as a(id uuid, call uuid, service uuid)
       join calls c on c.org_id = $1 and c.id = a.call
       join schedule_items i on i.org_id = $1 and i.id = a.service and i.engagement_id = $2
      order by c.resource_id, i.starts_at
     on conflict do nothing returning id`,
    [orgId, engagementId, JSON.stringify(asked)],
  );
  await cleared;
  if ((await inserted).length < asked.length) {
    await tx.query('delete from call_services where org_id = $1 and call_id = any($2::uuid[])', [orgId, callIds]);
    return false;
  }
  await tx.query(
    `update calls c set state = 'open', reason = null, sent_at = $3, deadline_at = s."deadlineAt", remind_at = s."remindAt",
            reminded_at = null, opened_at = null, answered_at = null, version = version + 1, updated_at = now()
       from json_to_recordset($2::json) as s("callId" uuid, "deadlineAt" timestamptz, "remindAt" timestamptz)
      where c.org_id = $1 and c.id = s."callId"`,
    [
      orgId,
      JSON.stringify(
        sending.map(({ callId, deadlineAt, remindAt }) => ({
          callId,
          deadlineAt: instant(deadlineAt),
          remindAt: instant(remindAt),
        })),
      ),
      now,
    ],
  );
  await writeLetters(tx, secret, { kind: 'call', callIds });
  return true;
}

export function instant(at: number): string;
export function instant(at: number | null): string | null;
export function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

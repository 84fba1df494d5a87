import type { Tx } from '#platform/db/tenant.ts';
import { publish } from '#platform/jobs/task.ts';
import { missedTurn, planCascade, type Plan, type PlannedCall, type ServiceSeats } from '../cascade-rules.ts';
import type { CascadeState } from '../cascade-contract.ts';
import { carryOut, enqueueAdvance, instant } from './carry-out.ts';
import { isLost } from './lost-engagements.ts';
import { obstaclesOf } from './obstacles.ts';
import { callsOf, lockCascade, servicesOf, type CallRow, type LockedCascade } from './situation.ts';

/**
 * Does what is due in a cascade at the instant of the scope: deadlines, reminders, who is asked next, the end. Running
 * it twice, late or at once with others does nothing twice: its row is locked, and what is to be done is planned
 * from what is there.
 *
 * @param secret of the installation, for the links in its letters
 */
export async function advanceCascade(tx: Tx, id: string, secret: string): Promise<void> {
  const cascade = await lockCascade(tx, id);
  if (cascade) await advanceLocked(tx, cascade, secret);
}

/** The same for a cascade that this transaction has locked. @param state it has another one from now on */
export async function advanceLocked(
  tx: Tx,
  cascade: LockedCascade,
  secret: string,
  state: CascadeState = cascade.state,
): Promise<void> {
  for (;;) {
    const plan = await planNow(tx, { ...cascade, state });
    if (!(await carryOut(tx, cascade, plan.actions, secret))) continue;
    return save(tx, cascade, plan);
  }
}

/** Candidates whose obstacles are looked at first: mostly enough, and cheap. */
const lookedAtFirst = 20;

async function planNow(tx: Tx, cascade: LockedCascade): Promise<Plan> {
  const [services, calls, lost] = await Promise.all([
    servicesOf(tx, cascade.needId),
    callsOf(tx, cascade.id),
    isLost(tx, cascade.engagementId),
  ]);
  if (lost && ['running', 'paused', 'halted'].includes(cascade.state)) return takenBack(calls);
  const situation = { now: tx.scope.now.getTime(), state: cascade.state, settings: cascade, services, calls };
  const plan = planCascade({ ...situation, obstacles: new Map() });
  if (!plan.unsure) return plan;
  const turns = inTurn(calls);
  const wanted = services.filter(({ open }) => open > 0);
  for (const some of [turns.slice(0, lookedAtFirst), turns]) {
    const better = planCascade({ ...situation, obstacles: await obstaclesOfCalls(tx, cascade, some, wanted) });
    if (!better.unsure) return better;
  }
  throw new Error('A plan was unsure of candidates that were looked at.');
}

function takenBack(calls: readonly CallRow[]): Plan {
  const open = calls.filter(({ state }) => state === 'open');
  const actions = open.map(({ id: callId }) => ({ do: 'cancel', callId, reason: 'cascade_cancelled' }) as const);
  return { actions, state: 'cancelled', wakeAt: null, unsure: false };
}

/** Open calls at last: theirs may be taken in this very moment, and then it is their turn for what is left. */
function inTurn(calls: readonly CallRow[]): CallRow[] {
  const of = (state: string) => calls.filter((call) => call.state === state);
  return [...of('planned'), ...calls.filter((call) => missedTurn(call)), ...of('open')];
}

async function obstaclesOfCalls(
  tx: Tx,
  cascade: LockedCascade,
  calls: readonly CallRow[],
  services: readonly ServiceSeats[],
) {
  const [need] = await tx.query<{ skill: string; doubles: string[] }>(
    'select skill, doubles from needs where org_id = $1 and id = $2',
    [tx.scope.orgId, cascade.needId],
  );
  const people = calls.map(({ resourceId, grade }) => ({ resourceId, byHand: grade === null }));
  const { skill, doubles } = need ?? { skill: '', doubles: [] };
  const found = await obstaclesOf(tx, { skill, doubles, services, cascadeId: cascade.id }, people);
  return new Map(
    calls.flatMap(({ id, resourceId }: PlannedCall & { resourceId: string }) => {
      const obstacles = found.get(resourceId);
      return obstacles ? [[id, obstacles] as const] : [];
    }),
  );
}

/** The job of the next time is in the queue if and only if the time is in the row. */
async function save(tx: Tx, cascade: LockedCascade, { state, wakeAt }: Plan): Promise<void> {
  const next = instant(wakeAt);
  await tx.query(
    `update cascades set state = $3, wake_at = $4, updated_at = now()
      where org_id = $1 and id = $2 and (state <> $3 or wake_at is distinct from $4::timestamptz)`,
    [tx.scope.orgId, cascade.id, state, next],
  );
  if (next) await enqueueAdvance(tx, cascade.id, next);
  if (state === cascade.state) return;
  if (state === 'done') await tell(tx, 'calls.filled', cascade);
  if (state === 'exhausted') await tell(tx, 'calls.exhausted', cascade);
}

/** For those who run calls: what became of a cascade, in its own words of that moment. */
export async function tell(
  tx: Tx,
  event: 'calls.filled' | 'calls.exhausted' | 'calls.withdrawn' | 'calls.asked' | 'calls.reopened',
  { id, needId, engagementId, startedBy }: Pick<LockedCascade, 'id' | 'needId' | 'engagementId' | 'startedBy'>,
  more: { person?: string; source?: string } = {},
): Promise<void> {
  const [about] = await tx.query<{ need: string; engagement: string }>(
    `select n.title as need, e.title as engagement from needs n join engagements e on e.org_id = n.org_id and e.id = n.engagement_id
      where n.org_id = $1 and n.id = $2`,
    [tx.scope.orgId, needId],
  );
  const source = `${id}:${tx.scope.now.toISOString()}`;
  await publish(tx, event, { ...about, startedBy, engagementId, source, ...more });
}

/** When the next thing is due in any cascade; null when nothing waits for the clock. */
export async function nextWakeTime(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ at: string | null }>(
    'select iso(min(wake_at)) as at from cascades where org_id = $1 and wake_at is not null',
    [tx.scope.orgId],
  );
  return row?.at ?? null;
}

/** Cascades in which something is due, those that wait longest first. */
export function dueCascades(tx: Tx): Promise<{ id: string }[]> {
  return tx.query<{ id: string }>(
    'select id from cascades where org_id = $1 and wake_at <= $2 order by wake_at, id limit 1000',
    [tx.scope.orgId, tx.scope.now],
  );
}

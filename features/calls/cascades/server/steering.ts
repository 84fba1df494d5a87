import type * as z from 'zod';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { cascade as cascadeEntity, CascadeState } from '../cascade-contract.ts';
import { advanceCascade, advanceLocked } from './advance.ts';
import { chosenFor, requireNeed } from './candidates.ts';
import { takeBack } from './carry-out.ts';
import { cascadeShape, getCascade } from './queries.ts';
import { callsOf, lockCascade, servicesOf, type LockedCascade } from './situation.ts';
import { insertCalls, requireSound } from './starting.ts';

const stateWords: Readonly<Record<CascadeState, string>> = {
  running: 'These calls are running.',
  paused: 'These calls are paused.',
  halted: 'These calls were halted for good.',
  cancelled: 'These calls were taken back.',
  done: 'Every seat is filled.',
  exhausted: 'Nobody is left to call.',
};

/** @throws AppError not_found */
export async function requireCascade(tx: Tx, id: string): Promise<LockedCascade> {
  const cascade = await lockCascade(tx, id);
  if (!cascade) throw notFound('This round of calls');
  return cascade;
}

/** @throws AppError wrong_state, with what to do instead */
export function requireState({ state }: LockedCascade, allowed: readonly CascadeState[], remedy: string): void {
  if (allowed.includes(state)) return;
  throw new AppError('wrong_state', { message: `${stateWords[state]} ${remedy}`, extra: { state } });
}

const startAnother = 'Start another round for the seats that are open.';

/** Settings hold for what is sent from now on. @throws AppError not_found, wrong_state, version_conflict */
export async function changeCascade(
  tx: Tx,
  id: string,
  { version, ...changes }: z.output<typeof cascadeEntity.patch>,
  secret: string,
): Promise<void> {
  requireState(await requireCascade(tx, id), ['running', 'paused'], startAnother);
  if (changes.feeMinor !== undefined || changes.feeCurrency !== undefined) await requireFeeUntold(tx, id, changes);
  await patchRow(tx, cascadeShape, id, version, changes);
  requireSound(await getCascade(tx, id));
  await advanceCascade(tx, id, secret);
}

/** An offer stands: whoever was asked for one fee is paid no other by a change of settings. @throws AppError invalid_input */
async function requireFeeUntold(
  tx: Tx,
  id: string,
  changes: { feeMinor?: number | null | undefined; feeCurrency?: string | null | undefined },
): Promise<void> {
  const was = await getCascade(tx, id);
  const next = { ...was, ...changes };
  if (next.feeMinor === was.feeMinor && next.feeCurrency === was.feeCurrency) return;
  const [told] = await tx.query(
    "select from calls where org_id = $1 and cascade_id = $2 and (sent_at is not null or state = 'accepted') limit 1",
    [tx.scope.orgId, id],
  );
  if (told)
    throw invalid(
      'feeMinor',
      'People were asked for this fee already. For another, halt these calls and start a round.',
    );
}

/** Nothing new goes out; open calls, answers and deadlines go on. */
export async function pauseCascade(tx: Tx, id: string, secret: string): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused'], 'There is nothing to pause.');
  await advanceLocked(tx, cascade, secret, 'paused');
}

export async function resumeCascade(tx: Tx, id: string, secret: string): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused'], startAnother);
  await advanceLocked(tx, cascade, secret, 'running');
}

/** For good; who was asked may still answer. */
export async function haltCascade(tx: Tx, id: string, secret: string): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused', 'halted'], 'There is nothing to halt.');
  await advanceLocked(tx, cascade, secret, 'halted');
}

/** For good; who was asked and has not answered is told that they need not. */
export async function cancelCascade(tx: Tx, id: string, note: string, secret: string): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused', 'halted', 'cancelled'], 'There is nothing to take back.');
  const open = (await callsOf(tx, id)).flatMap((call) => (call.state === 'open' ? [call.id] : []));
  await takeBack(tx, open, 'cascade_cancelled', note, secret);
  await advanceLocked(tx, cascade, secret, 'cancelled');
}

/** Behind the others, or next. @throws AppError wrong_state, duplicate by constraint, invalid_input */
export async function addCandidates(
  tx: Tx,
  id: string,
  { resourceIds, next }: { resourceIds: readonly string[]; next: boolean },
  secret: string,
): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused', 'exhausted'], startAnother);
  const need = await requireNeed(tx, cascade.needId);
  const people = await chosenFor(tx, need, await servicesOf(tx, cascade.needId), resourceIds);
  const before = await callsOf(tx, id);
  await insertCalls(tx, cascade, people, 1 + Math.max(0, ...before.map(({ place }) => place)));
  if (next) {
    const known = new Set(before.map((call) => call.id));
    const after = await callsOf(tx, id);
    const [added, waiting, asked] = [
      after.filter((call) => !known.has(call.id)),
      after.filter((call) => known.has(call.id) && call.state === 'planned'),
      after.filter((call) => known.has(call.id) && call.state !== 'planned'),
    ];
    await writeOrder(
      tx,
      [...asked, ...added, ...waiting].map((call) => call.id),
    );
  }
  await advanceLocked(tx, cascade, secret, goingOn(cascade));
}

/** What kept them may be gone: an address was added, a leave ended. Who still can't be asked is passed over again in turn. */
export async function lookAgain(tx: Tx, id: string, secret: string): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused', 'exhausted'], startAnother);
  await tx.query(
    `update calls set state = 'planned', reason = null, version = version + 1, updated_at = now()
      where org_id = $1 and cascade_id = $2 and state = 'skipped' and reason <> 'by_hand'`,
    [tx.scope.orgId, id],
  );
  await advanceLocked(tx, cascade, secret, goingOn(cascade));
}

/** An exhausted one runs again. */
function goingOn({ state }: LockedCascade): CascadeState {
  return state === 'exhausted' ? 'running' : state;
}

/** @throws AppError version_conflict when somebody was asked, added or taken off meanwhile */
export async function reorderCalls(tx: Tx, id: string, callIds: readonly string[]): Promise<void> {
  const cascade = await requireCascade(tx, id);
  requireState(cascade, ['running', 'paused'], startAnother);
  const calls = await callsOf(tx, id);
  const planned = calls.filter(({ state }) => state === 'planned').map((call) => call.id);
  if (planned.length !== callIds.length || !planned.every((one) => callIds.includes(one))) {
    const message = 'Somebody was asked, added or taken off in the meantime. Look at the order again.';
    throw new AppError('version_conflict', { message });
  }
  const rest = calls.filter(({ state }) => state !== 'planned').map((call) => call.id);
  await writeOrder(tx, [...rest, ...callIds]);
}

/** In one statement: places are compared at its end. */
async function writeOrder(tx: Tx, callIds: readonly string[]): Promise<void> {
  await tx.query(
    `update calls c set place = w.place, updated_at = now()
       from unnest($2::uuid[]) with ordinality as w(id, place) where c.org_id = $1 and c.id = w.id and c.place <> w.place`,
    [tx.scope.orgId, callIds],
  );
}

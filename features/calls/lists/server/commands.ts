import { AppError, invalid } from '#platform/contract/errors.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { addDays } from '#platform/time/wall-clock.ts';
import type { lists } from '../contract.ts';
import { validityWords } from '../list-words.ts';
import { lockDraft, lockList, lockOverlapping, requireSeen, type LockedList } from './open-draft.ts';
import { listShape, todayIn } from './queries.ts';
import { requireRanks, type Asker } from './who-sees-ranks.ts';

type Body<R extends keyof (typeof lists)['routes']> =
  RouteInput<(typeof lists)['routes'][R]> extends {
    body: infer B;
  }
    ? B
    : never;

/** @returns the id of the draft. @throws AppError forbidden, own_list */
export async function createList(tx: Tx, asker: Asker, { copyOf, ...input }: Body<'create'>): Promise<string> {
  const skill = await spellingOf(tx, input.skill);
  await requireRanks(tx, asker, { ...input, skill });
  const source = copyOf === undefined ? undefined : await findSource(tx, asker, copyOf);
  const id = await insertRow(tx, listShape, { ...input, skill });
  if (source) await copyPeople(tx, source, id);
  return id;
}

/** One spelling for one skill: that of the lists there are. */
async function spellingOf(tx: Tx, skill: string): Promise<string> {
  const [known] = await tx.query<{ skill: string }>(
    'select skill from ranked_lists where org_id = $1 and lower(skill) = lower($2) order by id limit 1',
    [tx.scope.orgId, skill],
  );
  return known?.skill ?? skill;
}

async function findSource(tx: Tx, asker: Asker, id: string): Promise<string> {
  const [found] = await tx.query<Pick<LockedList, 'id' | 'skill' | 'kind'>>(
    'select id, skill, kind from ranked_lists where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  if (!found) throw invalid('copyOf', 'There is no list with this id.');
  await requireRanks(tx, asker, found);
  return found.id;
}

/** Archived people stay behind. */
async function copyPeople(tx: Tx, from: string, to: string): Promise<void> {
  const people = await tx.query<{ resource_id: string; note: string }>(
    `select e.resource_id, e.note from ranked_entries e join resources p on p.org_id = e.org_id and p.id = e.resource_id
      where e.org_id = $1 and e.list_id = $2 and p.archived_at is null order by e.place`,
    [tx.scope.orgId, from],
  );
  await tx.query(
    `insert into ranked_entries (org_id, id, list_id, resource_id, place, note)
     select $1, w.id, $2, w.resource_id, w.place, w.note
       from json_to_recordset($3::json) as w(id uuid, resource_id uuid, place int, note text)`,
    [tx.scope.orgId, to, JSON.stringify(people.map((one, index) => ({ ...one, id: uuidv7(), place: index + 1 })))],
  );
}

/** @throws AppError not_found, list_approved, version_conflict */
export async function changeList(
  tx: Tx,
  asker: Asker,
  id: string,
  { version, ...changes }: Body<'change'>,
): Promise<void> {
  const before = await lockDraft(tx, asker, id);
  requireDayOrder({ ...before, ...changes });
  await patchRow(tx, listShape, id, version, changes);
}

function requireDayOrder({ validFrom, validTo }: Pick<LockedList, 'validFrom' | 'validTo'>): void {
  if (validTo !== null && validTo < validFrom) throw invalid('validTo', 'The last day must not be before the first.');
}

/** @throws AppError not_found, list_approved */
export async function removeList(tx: Tx, asker: Asker, id: string): Promise<void> {
  await lockDraft(tx, asker, id);
  await tx.query('delete from ranked_lists where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}

/** @throws AppError list_approved, version_conflict; lists_overlap naming the others, unless they are to be ended */
export async function approveList(
  tx: Tx,
  asker: Asker,
  id: string,
  { version, endOthers }: Body<'approve'>,
): Promise<void> {
  await takeApprovalTurn(tx);
  const list = await lockDraft(tx, asker, id);
  requireSeen(list, version);
  const [anybody] = await tx.query('select from ranked_entries where org_id = $1 and list_id = $2 limit 1', [
    tx.scope.orgId,
    id,
  ]);
  if (!anybody) throw invalid('people', 'Nobody stands on this list yet. Add people first.');
  await makeRoom(tx, list, endOthers);
  await setApproval(tx, id, { by: tx.scope.actor, at: tx.scope.now });
}

/** Drafts don't see one another's approval before it is committed; the constraint alone makes many at once deadlock. */
const takeApprovalTurn = (tx: Tx) => takeTurn(tx, 'lists.approval');

/** A list that began before is ended the day before; one from the same day never held and becomes a draft. */
async function makeRoom(tx: Tx, list: LockedList, endOthers: boolean): Promise<void> {
  const others = await lockOverlapping(tx, list);
  if (others.length === 0) return;
  const later = others.filter(({ validFrom }) => validFrom > list.validFrom);
  if (later.length > 0 || !endOthers) refuse(later.length > 0 ? later : others, list, later.length > 0);
  for (const other of others) {
    if (other.validFrom === list.validFrom) await setApproval(tx, other.id, null);
    else await setLastDay(tx, other.id, addDays(list.validFrom, -1));
  }
}

function refuse(others: readonly LockedList[], list: LockedList, later: boolean): never {
  const [first] = others;
  const which = first ? `The approved ${first.grade} list ${validityWords(first)}` : 'Another approved list';
  const more = others.length > 1 ? ` (and ${others.length - 1} more)` : '';
  const remedy = later
    ? `Give this one a last day before ${first?.validFrom ?? 'then'}.`
    : `End it on ${addDays(list.validFrom, -1)}, the day before this one begins.`;
  throw new AppError('lists_overlap', {
    message: `${which}${more} is valid in that time. ${remedy}`,
    fields: [{ field: later ? 'validTo' : 'endOthers', message: remedy }],
    extra: { overlaps: others.map(({ id, validFrom, validTo }) => ({ id, validFrom, validTo })), endable: !later },
  });
}

async function setApproval(tx: Tx, id: string, approval: { by: string; at: Date } | null): Promise<void> {
  await tx.query(
    `update ranked_lists set approved_by = $3, approved_at = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id, approval?.by ?? null, approval?.at ?? null],
  );
}

async function setLastDay(tx: Tx, id: string, validTo: string | null): Promise<void> {
  await tx.query(
    'update ranked_lists set valid_to = $3, version = version + 1, updated_at = now() where org_id = $1 and id = $2',
    [tx.scope.orgId, id, validTo],
  );
}

/** @throws AppError not_found, version_conflict; lists_overlap when a longer validity meets the next list */
export async function endList(tx: Tx, asker: Asker, id: string, { version, validTo }: Body<'end'>): Promise<void> {
  await takeApprovalTurn(tx);
  const list = await lockList(tx, asker, id);
  if (list.approvedAt === null)
    throw invalid('validTo', 'This list is a draft. Change its last day, or remove the draft.');
  requireSeen(list, version);
  const ended = { ...list, validTo };
  requireDayOrder(ended);
  const others = await lockOverlapping(tx, ended);
  if (others.length > 0) refuse(others, ended, true);
  await setLastDay(tx, id, validTo);
}

/** @throws AppError not_found, version_conflict; in_use when people may have been asked from it for days */
export async function takeBackApproval(
  tx: Tx,
  asker: Asker,
  id: string,
  { version }: Body<'takeBack'>,
  zone: string,
): Promise<void> {
  const list = await lockList(tx, asker, id);
  if (list.approvedAt === null) throw invalid('version', 'This list is a draft already.');
  requireSeen(list, version);
  if (list.validFrom < (await todayIn(tx, zone))) {
    throw new AppError('in_use', {
      message:
        'People have been asked from this list since it began, and that must stay known. End it, or draw up a new one from it.',
    });
  }
  await setApproval(tx, id, null);
}

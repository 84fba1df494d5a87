import type * as z from 'zod';
import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { enqueue } from '#platform/jobs/task.ts';
import type { guest, guests } from '../contract.ts';
import { fullWords, placesOf } from '../rules.ts';
import { requireEngagement } from './allotments.ts';
import { getList, givenTo, guestShape } from './queries.ts';

type Routes = (typeof guests)['routes'];
type NewGuest = Omit<z.output<typeof guest.create>, 'allotmentId'>;

/** On whose behalf guests are asked for. */
export interface Asker {
  /** May approve, and add when the list is closed. */
  approves: boolean;
  /** Set: keeps to the allotments given to this account. */
  own: string | undefined;
}

/**
 * Puts guests of one allotment on the list, asked for or approved; all or none.
 * @returns their ids. @throws AppError allotment_full, list_closed, forbidden, not_found, invalid_input
 */
export async function addGuests(
  tx: Tx,
  engagementId: string,
  { allotmentId, rows, approve }: { allotmentId: string; rows: readonly NewGuest[]; approve: boolean },
  asker: Asker,
): Promise<string[]> {
  if (approve && !asker.approves) throw approversOnly('approve guests. Leave “approve” out to ask for them');
  if (!asker.own) await requireEngagement(tx, engagementId);
  const allotment = await lockAllotment(tx, allotmentId, engagementId, asker.own);
  if (!asker.approves) await requireOpen(tx, engagementId);
  if (approve) requireLeft(allotment, rows.map(placesOf));
  const { orgId, actor, now } = tx.scope;
  const made = rows.map((row) => ({ ...row, id: row.id ?? uuidv7() }));
  await tx.query(
    `insert into guests (org_id, id, engagement_id, allotment_id, first_name, last_name, plus, pass_type, email, phone, note,
                         pickup, state, requested_by, decided_by, decided_at)
     select $1, w.id, $2, $3, w."firstName", w."lastName", w.plus, w."passType", w.email, w.phone, w.note, w.pickup, $4, $5, $6, $7
       from json_to_recordset($8::json) as w(id uuid, "firstName" text, "lastName" text, plus int, "passType" text,
                                             email text, phone text, note text, pickup text)`,
    [
      orgId,
      engagementId,
      allotmentId,
      approve ? 'approved' : 'requested',
      actor,
      approve ? actor : null,
      approve ? now : null,
      JSON.stringify(made),
    ],
  );
  const ids = made.map(({ id }) => id);
  if (approve) await tellGuests(tx, ids);
  return ids;
}

interface LockedAllotment {
  id: string;
  name: string;
  places: number;
  approved: number;
}

/** Guests of one allotment are approved one after the other, so that what is checked stays true. */
async function lockAllotment(
  tx: Tx,
  id: string,
  engagementId: string,
  own: string | undefined,
): Promise<LockedAllotment> {
  const [row] = await tx.query<{ name: string; places: number }>(
    `select r.name, r.places from guest_allotments r
      where r.org_id = $1 and r.id = $2 and r.engagement_id = $3 ${own ? `and ${givenTo('$4')}` : ''} for no key update`,
    own ? [tx.scope.orgId, id, engagementId, own] : [tx.scope.orgId, id, engagementId],
  );
  if (!row) throw own ? notFound('This engagement') : invalid('allotmentId', 'There is no allotment with this id.');
  return { id, ...row, approved: await approvedOf(tx, id) };
}

async function approvedOf(tx: Tx, allotmentId: string): Promise<number> {
  const [given] = await tx.query<{ places: number }>(
    `select coalesce(sum(1 + plus), 0)::int as places from guests
      where org_id = $1 and allotment_id = $2 and state = 'approved'`,
    [tx.scope.orgId, allotmentId],
  );
  return given?.places ?? 0;
}

function requireLeft(allotment: LockedAllotment, wanted: readonly number[]): void {
  const sum = wanted.reduce((total, places) => total + places, 0);
  if (allotment.approved + sum <= allotment.places) return;
  throw new AppError('allotment_full', {
    message: fullWords(allotment, sum),
    extra: { allotmentId: allotment.id, left: Math.max(0, allotment.places - allotment.approved) },
  });
}

async function requireOpen(tx: Tx, engagementId: string): Promise<void> {
  const { closesAt } = await getList(tx, engagementId);
  if (closesAt === null || tx.scope.now.toISOString() < closesAt) return;
  throw new AppError('list_closed', {
    message: 'The guest list is closed. Whoever approves guests may still add somebody.',
    extra: { closesAt },
  });
}

function approversOnly(what: string): AppError {
  return new AppError('forbidden', { message: `Only those who approve guests may ${what}.` });
}

interface Held {
  allotmentId: string;
  engagementId: string;
  state: string;
  plus: number;
  passType: string;
  arrived: number;
}

/** @param own only of allotments given to this account. @throws AppError not_found */
async function lockGuest(tx: Tx, id: string, own: string | undefined): Promise<Held> {
  const [held] = await tx.query<Held>(
    `select g.allotment_id as "allotmentId", g.engagement_id as "engagementId", g.state, g.plus,
            g.pass_type as "passType", g.arrived
       from guests g where g.org_id = $1 and g.id = $2
        ${own ? `and g.allotment_id in (select r.id from guest_allotments r where r.org_id = $1 and ${givenTo('$3')})` : ''}`,
    own ? [tx.scope.orgId, id, own] : [tx.scope.orgId, id],
  );
  if (!held) throw notFound('This guest');
  return held;
}

/** @throws AppError version_conflict, allotment_full, list_closed, forbidden */
export async function changeGuest(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['change']>['body'],
  asker: Asker,
): Promise<void> {
  const before = await lockGuest(tx, id, asker.own);
  const plus = changes.plus ?? before.plus;
  const allotmentId = changes.allotmentId ?? before.allotmentId;
  const takesMore = plus > before.plus || allotmentId !== before.allotmentId;
  const passChanges = changes.passType !== undefined && changes.passType !== before.passType;
  if (before.state === 'approved' && !asker.approves && (asker.own || takesMore || passChanges))
    throw approversOnly('change this of somebody who is approved');
  if (takesMore && !asker.approves) await requireOpen(tx, before.engagementId);
  if (takesMore) {
    const allotment = await lockAllotment(tx, allotmentId, before.engagementId, asker.own);
    const held = allotmentId === before.allotmentId ? placesOf(before) : 0;
    if (before.state === 'approved') requireLeft(allotment, [1 + plus - held]);
  }
  await patchRow(tx, guestShape, id, version, changes);
}

/** @throws AppError in_use when they are in already, forbidden */
export async function removeGuest(tx: Tx, id: string, asker: Asker): Promise<void> {
  const held = await lockGuest(tx, id, asker.own);
  if (asker.own && held.state === 'approved') throw approversOnly('take somebody off the list who is approved');
  const gone = await tx.query('delete from guests where org_id = $1 and id = $2 and arrived = 0 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (gone.length === 0) throw inAlready();
}

function inAlready(): AppError {
  return new AppError('in_use', { message: 'They are in already. Take that back at the door first.' });
}

/**
 * Approves or declines guests, all or none, within their allotments.
 * @throws AppError not_found, allotment_full, in_use
 */
export async function decideGuests(
  tx: Tx,
  { ids: given, state }: RouteInput<Routes['decide']>['body'],
): Promise<{ changed: number }> {
  const ids = [...new Set(given)];
  const { orgId, actor, now } = tx.scope;
  // Allotments before guests, and in order: two who decide at once wait for each other, in a row.
  const allotments = await tx.query<LockedAllotment>(
    `select id, name, places, 0 as approved from guest_allotments
      where org_id = $1 and id in (select allotment_id from guests where org_id = $1 and id = any($2::uuid[]))
      order by id for no key update`,
    [orgId, ids],
  );
  const found = await tx.query<Held>(
    `select allotment_id as "allotmentId", state, plus, arrived from guests where org_id = $1 and id = any($2::uuid[])
      order by id for no key update`,
    [orgId, ids],
  );
  if (found.length < ids.length) throw notFound(ids.length === 1 ? 'This guest' : 'One of these guests');
  if (state !== 'approved' && found.some(({ arrived }) => arrived > 0)) throw inAlready();
  if (state === 'approved') {
    for (const allotment of allotments) {
      const its = found.filter((one) => one.allotmentId === allotment.id && one.state !== 'approved');
      requireLeft({ ...allotment, approved: await approvedOf(tx, allotment.id) }, its.map(placesOf));
    }
  }
  const decided = state !== 'requested';
  const changed = await tx.query<{ id: string }>(
    `update guests set state = $3, decided_by = $4, decided_at = $5, version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[]) and state <> $3 returning id`,
    [orgId, ids, state, decided ? actor : null, decided ? now : null],
  );
  if (state === 'approved')
    await tellGuests(
      tx,
      changed.map(({ id }) => id),
    );
  return { changed: changed.length };
}

/** Those whose list says so when they are approved, by a job, as a list may hold hundreds. */
async function tellGuests(tx: Tx, ids: readonly string[]): Promise<void> {
  const told = await tx.query<{ id: string }>(
    `select g.id from guests g join guest_lists l on l.org_id = g.org_id and l.id = g.engagement_id and l.tell_guests
      where g.org_id = $1 and g.id = any($2::uuid[]) and g.email is not null order by g.id`,
    [tx.scope.orgId, ids],
  );
  if (told.length > 0) await enqueue(tx, 'guests.tell', { guestIds: told.map(({ id }) => id) });
}

import * as z from 'zod';
import { claimStatuses, type ClaimStatus } from '#features/scheduling/claims/contract.ts';
import {
  changeClaim,
  moveClaim,
  releaseClaims,
  setRank,
  setStatus,
} from '#features/scheduling/claims/server/commands.ts';
import { insertAll } from '#features/scheduling/claims/server/place.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { asInstant, type RowThen } from '../rules.ts';
import { requireMay, type Undo } from './undo-entry.ts';

const instant = z.preprocess(asInstant, z.string());

/** A claim's columns as the record has them. */
const recorded = z.object({
  resource_id: z.uuid(),
  engagement_id: z.uuid().nullable(),
  status: z.enum(claimStatuses),
  starts_at: instant,
  ends_at: instant,
  units: z.int(),
  expires_at: instant.nullable(),
  note: z.string(),
  version: z.int(),
});
type Recorded = z.output<typeof recorded>;

/** @returns what was done, as a sentence */
export function undoClaim(undo: Undo): Promise<string> {
  switch (undo.entry.operation) {
    case 'insert':
      return releaseAgain(undo);
    case 'delete':
      return placeAgain(undo);
    default:
      return changeBack(undo);
  }
}

async function releaseAgain({ tx, caller, entry, reason }: Undo): Promise<string> {
  const now = await current(tx, entry.entityId);
  requireFor(undoing(now.status), caller);
  await releaseClaims(tx, [entry.entityId], reason);
  return 'It was released again.';
}

/** Under its old name; a hold at the end of the queue, because those behind it have moved up since. */
async function placeAgain({ tx, caller, entry }: Undo): Promise<string> {
  const was = recorded.parse(entry.before);
  requireFor(undoing(was.status), caller);
  const { resource_id: resourceId, starts_at: startsAt, ends_at: endsAt, status, units, note } = was;
  // One that released itself would do so again at once.
  const expiresAt = was.expires_at !== null && was.expires_at > tx.scope.now.toISOString() ? was.expires_at : null;
  const claim = { id: entry.entityId, resourceId, startsAt, endsAt, status, units, note, expiresAt };
  await insertAll(tx, was.engagement_id, [claim]);
  // Versions go on: an editor who still has the old claim open must not change the new one by its number.
  await tx.query('update claims set version = $3 where org_id = $1 and id = $2', [
    tx.scope.orgId,
    entry.entityId,
    was.version + 1,
  ]);
  return status === 'hold' ? 'It is placed again, at the end of its queue.' : 'It is placed again.';
}

async function changeBack({ tx, caller, entry }: Undo): Promise<string> {
  const { entityId: id } = entry;
  const before = recorded.partial().parse(entry.before);
  const now = await current(tx, id);
  const statuses = [now.status, ...(before.status ? [before.status] : [])];
  requireFor(statuses.includes('commit') ? 'commit' : 'hold', caller);
  if (before.starts_at || before.ends_at || before.resource_id) {
    const to = {
      startsAt: before.starts_at ?? now.starts_at,
      endsAt: before.ends_at ?? now.ends_at,
      resourceId: before.resource_id ?? now.resource_id,
    };
    await moveClaim(tx, id, { ...to, version: now.version });
    return now.status === 'hold'
      ? 'It is back at its time; the queue there decides its rank.'
      : 'It is back at its time.';
  }
  if (before.status) {
    await setStatus(tx, id, before.status, now.version);
    await changeDetails(tx, id, before);
    return before.status === 'hold' ? 'It is a hold again, at the end of its queue.' : 'It is what it was before.';
  }
  if (await changeDetails(tx, id, before)) return 'It is as it was before.';
  return rankBack(tx, id, caller, entry.before ?? {});
}

/** Note, units and expiry, where the change touched them. @returns whether it did */
async function changeDetails(tx: Tx, id: string, before: Partial<Recorded>): Promise<boolean> {
  const { note, units, expires_at: was } = before;
  const expiresAt = was && was <= tx.scope.now.toISOString() ? null : was;
  if (note === undefined && units === undefined && expiresAt === undefined) return false;
  const { version } = await current(tx, id);
  await changeClaim(tx, id, { version, note, units, expiresAt });
  return true;
}

async function rankBack(tx: Tx, id: string, caller: Undo['caller'], before: RowThen): Promise<string> {
  const rank = before['rank'];
  if (typeof rank !== 'number') {
    throw new AppError('not_undoable', { message: 'Nothing in this change can be set back by hand.' });
  }
  requireMay(caller, 'claims.commit', 'change the order of holds');
  await setRank(tx, id, rank);
  return 'It has its old place in the queue, as far as the queue goes.';
}

async function current(tx: Tx, id: string): Promise<Recorded> {
  const [found] = await tx.query<{ row: RowThen }>(
    'select to_jsonb(c) as row from claims c where c.org_id = $1 and c.id = $2',
    [tx.scope.orgId, id],
  );
  if (!found) throw notFound('This claim');
  return recorded.parse(found.row);
}

function undoing(status: ClaimStatus): 'hold' | 'commit' {
  return status === 'commit' ? 'commit' : 'hold';
}

function requireFor(what: 'hold' | 'commit', caller: Undo['caller']): void {
  requireMay(caller, 'claims.hold', 'place and release claims');
  if (what === 'commit') requireMay(caller, 'claims.commit', 'commit, or change what is committed');
}

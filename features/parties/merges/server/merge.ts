import { getRow } from '#platform/db/rows.ts';
import { columnOf } from '#platform/contract/entity.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Party } from '#features/parties/contract.ts';
import { partyShape, requireParty } from '#features/parties/server/queries.ts';
import type { merges } from '../contract.ts';
import { choosable, mergedValues } from '../rules.ts';
import type { Kept } from './kept.ts';
import { partyReferences, type PartyReference } from './references.ts';

type MergeBody = RouteInput<(typeof merges)['routes']['merge']>['body'];

/** Columns of a contact that a merge may change. */
const mergedColumns = [...choosable.map(columnOf), 'roles', 'user_id'];

/**
 * Makes two contacts one. Whoever adds to either meanwhile waits for the lock, and then finds the other gone.
 * @param mayLink refuses those who may not say whose account somebody is: what was the one’s is then open to the other’s
 * @throws AppError version_conflict, not_mergeable, merged, not_found, role_too_high
 */
export async function mergeParties(tx: Tx, survivorId: string, choice: MergeBody, mayLink: () => void): Promise<void> {
  const { otherId } = choice;
  if (otherId === survivorId) throw notMergeable('A contact can’t be merged with itself. Choose another one.');
  // Both in order, for those who merge the two the other way round at once.
  const locked = await tx.query<{ id: string; row: Row }>(
    `select id, to_jsonb(r) as row from parties r where org_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.scope.orgId, [survivorId, otherId]],
  );
  const survivor = locked.find(({ id }) => id === survivorId)?.row;
  const other = locked.find(({ id }) => id === otherId)?.row;
  if (!survivor || !other) {
    await requireParty(tx, survivorId);
    await requireParty(tx, otherId);
    throw notMergeable('One of the contacts is gone. Look at them again.');
  }
  requireSeen(survivor, choice.version);
  requireSeen(other, choice.otherVersion);
  requireMergeable(survivor, other);
  if (survivor['user_id'] || other['user_id']) mayLink();
  const { moved, folded } = await moveAll(tx, otherId, survivorId);
  await keepOne(tx, survivorId, otherId, choice, { survivor, other, moved, folded });
}

type Row = Record<string, unknown> & { version: number; name: string; kind: string };

function notMergeable(message: string): AppError {
  return new AppError('not_mergeable', { message });
}

/** Who chose between values saw these; others would be chosen between anew. */
function requireSeen({ name, version }: Row, seen: number): void {
  if (version === seen) return;
  throw new AppError('version_conflict', {
    message: `Somebody changed ${name} in the meantime. Look at both again.`,
    extra: { version },
  });
}

function requireMergeable(survivor: Row, other: Row): void {
  if (survivor.kind !== other.kind)
    throw notMergeable('A person and a company can’t become one. Change the kind of one of them first.');
  if (survivor['user_id'] && other['user_id'])
    throw notMergeable(
      'Each of the two belongs to an account of its own. Untie one in the settings, under members, first.',
    );
}

async function moveAll(tx: Tx, from: string, to: string): Promise<Pick<Kept, 'moved' | 'folded'>> {
  const moved: Kept['moved'] = [];
  const folded: Kept['folded'] = [];
  for (const reference of partyReferences) {
    const { table, column } = reference;
    const rows = await fold(tx, reference, from, to);
    if (rows.length > 0) folded.push({ table, column, rows });
    if (reference.ends) continue;
    const ids = await pointTo(tx, reference, { from, to });
    if (ids.length > 0) moved.push({ table, column, ids });
  }
  return { moved, folded };
}

/** Takes away the rows that the survivor has as well, or that would tie it to itself. @throws AppError not_mergeable */
async function fold(tx: Tx, { table, column, once, ends, refuses }: PartyReference, from: string, to: string) {
  if (!once && !ends) return [];
  const same = (once ?? []).map((each) => `s.${each} = r.${each}`).join(' and ');
  if (refuses) {
    const [clash] = await tx.query(
      `select from ${table} r join ${table} s on s.org_id = r.org_id and s.${column} = $3 and ${same}
        where r.org_id = $1 and r.${column} = $2 limit 1`,
      [tx.scope.orgId, from, to],
    );
    if (clash) throw notMergeable(refuses);
    return [];
  }
  const tiesToItself = table === 'party_people' ? `or r.${once?.[0]} = $3` : '';
  const which = ends
    ? '$3::uuid is not null'
    : `(exists (select from ${table} s where s.org_id = $1 and s.${column} = $3 and ${same}) ${tiesToItself})`;
  const gone = await tx.query<{ row: { id: string } }>(
    `delete from ${table} r where r.org_id = $1 and r.${column} = $2 and ${which} returning to_jsonb(r) as row`,
    [tx.scope.orgId, from, to],
  );
  return gone.map(({ row }) => row);
}

/** @param ids only these; all when absent. @returns the ids of the rows that point elsewhere now */
export async function pointTo(
  tx: Tx,
  { table, column, versioned }: PartyReference,
  { from, to, ids }: { from: string; to: string; ids?: readonly string[] },
): Promise<string[]> {
  const noticed = versioned ? ', version = version + 1, updated_at = now()' : '';
  const values = [tx.scope.orgId, from, to];
  const rows = await tx.query<{ id: string }>(
    `update ${table} set ${column} = $3${noticed} where org_id = $1 and ${column} = $2
      ${ids ? 'and id = any($4::uuid[])' : ''} returning id`,
    ids ? [...values, ids] : values,
  );
  return rows.map(({ id }) => id);
}

interface Merging extends Pick<Kept, 'moved' | 'folded'> {
  survivor: Row;
  other: Row;
}

/** The other goes first: references and accounts are unique. */
async function keepOne(
  tx: Tx,
  survivorId: string,
  otherId: string,
  choice: MergeBody,
  { survivor, other, moved, folded }: Merging,
): Promise<void> {
  const { orgId, actor, now } = tx.scope;
  const key = [orgId, survivorId];
  const [mine, theirs] = await Promise.all([
    getRow<Party>(tx, partyShape, survivorId),
    getRow<Party>(tx, partyShape, otherId),
  ]);
  const values = mergedValues(mine, theirs, choice);
  await tx.query('delete from parties where org_id = $1 and id = $2', [orgId, otherId]);
  const [after] = await tx.query<{ row: Row }>(
    `update parties r set name = $3, email = $4, phone = $5, address = $6, website = $7, notes = $8, external_ref = $9,
            roles = $10, user_id = coalesce(user_id, $11), version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 returning to_jsonb(r) as row`,
    [
      ...key,
      values.name,
      values.email,
      values.phone,
      values.address,
      values.website,
      values.notes,
      values.externalRef,
      values.roles,
      other['user_id'] ?? null,
    ],
  );
  const changed = changedColumns(survivor, after?.row ?? survivor);
  const keptNow: Kept = { merged: { ...other, id: otherId }, changed, moved, folded };
  await tx.query(
    `insert into party_merges (org_id, id, survivor_id, merged_id, merged_name, kept, merged_by, merged_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
    [orgId, uuidv7(), survivorId, otherId, other.name, JSON.stringify(keptNow), actor, now],
  );
}

function changedColumns(before: Row, after: Row): Kept['changed'] {
  const same = (column: string) => JSON.stringify(before[column]) === JSON.stringify(after[column]);
  return Object.fromEntries(
    mergedColumns
      .filter((column) => !same(column))
      .map((column) => [column, { before: before[column], after: after[column] }]),
  );
}

import { actorNames } from '#features/identity/server/actor-names.ts';
import type { Party } from '#features/parties/contract.ts';
import { partyShape, getParty, requireParty } from '#features/parties/server/queries.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { rowJson } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { DuplicatePair, PartyMerge } from '../contract.ts';
import { findDuplicates, pairKey, type Comparable } from '../../duplicate-rules.ts';
import { undoDays } from '../rules.ts';
import { partyReferences } from './references.ts';
import { undoableSince } from './undo.ts';

/** Pairs told at once: whoever merges a hundred looks again. */
const pairsShown = 100;
/** The newest so many contacts are compared. */
const compared = 10_000;

export async function listDuplicates(tx: Tx): Promise<{ items: DuplicatePair[]; total: number }> {
  const key = [tx.scope.orgId];
  const [all, said] = await Promise.all([
    tx.query<Comparable>(
      `select id, kind, name, email, phone from parties where org_id = $1 order by created_at desc limit ${compared}`,
      key,
    ),
    tx.query<{ a: string; b: string }>(
      'select first_id as a, second_id as b from party_distinctions where org_id = $1',
      key,
    ),
  ]);
  const pairs = findDuplicates(all, new Set(said.map(({ a, b }) => pairKey(a, b))));
  const shown = pairs.slice(0, pairsShown);
  const rows = await tx.query<{ row: Party }>(
    `select ${rowJson(partyShape)} as row from parties r where r.org_id = $1 and r.id = any($2::uuid[])`,
    [tx.scope.orgId, [...new Set(shown.flatMap(({ first, second }) => [first, second]))]],
  );
  const byId = new Map(rows.map(({ row }) => [row.id, row]));
  const items = shown.flatMap(({ reasons, ...pair }) => {
    const [first, second] = [byId.get(pair.first), byId.get(pair.second)];
    return first && second ? [{ first, second, reasons }] : [];
  });
  return { items, total: pairs.length };
}

/** @throws AppError invalid_input, not_found, duplicate */
export async function distinguish(tx: Tx, a: string, b: string): Promise<void> {
  if (a === b) throw invalid('secondId', 'Choose two contacts.');
  await requireParty(tx, a);
  await requireParty(tx, b);
  const [first, second] = a.toLowerCase() < b.toLowerCase() ? [a, b] : [b, a];
  await tx.query('insert into party_distinctions (org_id, id, first_id, second_id) values ($1, $2, $3, $4)', [
    tx.scope.orgId,
    uuidv7(),
    first,
    second,
  ]);
}

/** Both contacts, and what of the other would move. @throws AppError not_found, merged */
export async function comparePair(tx: Tx, survivorId: string, otherId: string) {
  const survivor = await getParty(tx, survivorId);
  const other = await getParty(tx, otherId);
  const moving = partyReferences.filter(({ ends }) => !ends);
  const counts = await Promise.all(
    moving.map(({ table, column }) =>
      tx.query<{ count: number }>(`select count(*)::int as count from ${table} where org_id = $1 and ${column} = $2`, [
        tx.scope.orgId,
        otherId,
      ]),
    ),
  );
  const moves = moving.flatMap(({ words: [one, many] }, index) => {
    const count = counts[index]?.[0]?.count ?? 0;
    return count > 0 ? [{ words: count === 1 ? one : many, count }] : [];
  });
  return { survivor, other, moves };
}

/** @throws AppError not_found */
export async function listMerges(
  tx: Tx,
  control: Databases['control'],
  partyId: string,
): Promise<{ items: PartyMerge[] }> {
  await requireParty(tx, partyId);
  const rows = await tx.query<PartyMerge>(
    `select id, merged_name as "mergedName", merged_by as "mergedBy", iso(merged_at) as "mergedAt",
            case when kept is not null and merged_at > $3
              then iso(merged_at + make_interval(days => ${undoDays})) end as "undoableUntil",
            iso(undone_at) as "undoneAt"
       from party_merges where org_id = $1 and survivor_id = $2 order by merged_at desc, id limit 100`,
    [tx.scope.orgId, partyId, undoableSince(tx.scope.now)],
  );
  const names = await actorNames(
    control,
    tx.scope.orgId,
    rows.map(({ mergedBy }) => mergedBy),
  );
  return { items: rows.map((row) => ({ ...row, mergedBy: names.get(row.mergedBy) ?? row.mergedBy })) };
}

import type { Tx } from './tenant.ts';

/**
 * Transactions of one organisation that take the same turn go one after the other: what is read after it is
 * what the one before has committed. For checks that no constraint makes, and before writes that an exclusion
 * constraint would let deadlock. Take it before locking rows.
 * @param what in words of the feature, with whatever narrows it: `files.tree`, `per-diems 0190…`
 */
export async function takeTurn(tx: Tx, what: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))", [tx.scope.orgId, what]);
}

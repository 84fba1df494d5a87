import { AppError } from '#platform/contract/errors.ts';
import type { Sealer } from '#platform/crypto/seal.ts';
import { columnsChangedSince } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { writeTrail } from '#platform/db/trail.ts';
import { masked } from '../account-rules.ts';
import { openDetails, openField, placeOf, readSealed, sealedColumn, type SealedRow } from './queries.ts';

/** What an editor sends: the fields that they changed; null removes one. */
export type Changes = Readonly<Record<string, string | null | undefined>>;

/**
 * Seals what changed. As everywhere, fields that nobody else touched since `version` are merged; for the others the
 * answer is `version_conflict`, with the other side's value masked: seeing it is a look of its own.
 */
export async function changeDetails(tx: Tx, sealer: Sealer, id: string, version: number, sent: Changes): Promise<void> {
  // The person's row is locked, because the details' own may not be there yet.
  const row = await readSealed(tx, id, true);
  const mine = Object.entries(sent).filter((entry): entry is [string, string | null] => entry[1] !== undefined);
  // Sealing the same text anew would look like a change.
  const changed = mine.filter(([field, value]) => value !== openField(tx, sealer, row, field));
  if (version !== row.version) await requireUntouched(tx, sealer, id, version, row, changed);
  if (changed.length === 0) return;
  const columns = changed.map(([field]) => sealedColumn(field));
  const values = changed.map(([field, value]) => {
    const column = sealedColumn(field);
    return value === null ? null : sealer.seal(value, placeOf(tx, column));
  });
  await tx.query(
    `insert into personal_details (org_id, id, ${columns.join(', ')})
     values ($1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})
     on conflict (org_id, id) do update set version = personal_details.version + 1, updated_at = now(),
       ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [tx.scope.orgId, id, ...values],
  );
}

async function requireUntouched(
  tx: Tx,
  sealer: Sealer,
  id: string,
  version: number,
  row: SealedRow,
  changed: readonly (readonly [string, string | null])[],
): Promise<void> {
  if (version > row.version) {
    throw new AppError('version_conflict', {
      message: 'These details were erased in the meantime. Open them again.',
      extra: { version: row.version, conflicts: {} },
    });
  }
  const touched = version === 0 ? undefined : await columnsChangedSince(tx, 'personal_details', id, version);
  const conflicts = changed
    .filter(([field]) => touched?.has(sealedColumn(field)) ?? row.sealed[sealedColumn(field)] !== null)
    .map(([field, yours]) => {
      const theirs = openField(tx, sealer, row, field);
      return [field, { yours, theirs: theirs === null ? null : masked(field, theirs) }] as const;
    });
  if (conflicts.length === 0) return;
  throw new AppError('version_conflict', {
    message: `Somebody else changed ${conflicts.map(([field]) => field).join(', ')} in the meantime. Decide which value stays.`,
    extra: { version: row.version, conflicts: Object.fromEntries(conflicts) },
  });
}

/** Shows values in full, in the transaction that records who looked at which. */
export async function revealDetails(tx: Tx, sealer: Sealer, id: string, fields: readonly string[]) {
  const opened = await openDetails(tx, sealer, id, fields);
  await writeTrail(tx, { entity: 'personal_details', entityId: id, operation: 'looked', after: { fields } });
  return opened;
}

/** Nothing of it stays: history never held a value. */
export async function eraseDetails(tx: Tx, id: string): Promise<void> {
  await readSealed(tx, id, true);
  await tx.query('delete from personal_details where org_id = $1 and id = $2', [tx.scope.orgId, id]);
}

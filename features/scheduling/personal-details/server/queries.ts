import { columnOf } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { SealError, type Sealer, type SealPlace } from '#platform/crypto/seal.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { masked } from '../account-rules.ts';
import { groups, type Group, type MaskedDetails } from '../contract.ts';

/** A person's row as it lies in the database; version 0 where there is none yet. */
export interface SealedRow {
  version: number;
  updatedAt: string | null;
  /** By column. */
  sealed: Record<string, string | null>;
}

/** `account` → `sealed_account`. */
export function sealedColumn(field: string): string {
  return `sealed_${columnOf(field)}`;
}

export function fieldsOf(group: Group): string[] {
  return Object.keys(groups[group]);
}

const allColumns = [...fieldsOf('emergency'), ...fieldsOf('identity')].map(sealedColumn);

/** @throws AppError not_found for whatever isn't a person */
export async function readSealed(tx: Tx, id: string, lock = false): Promise<SealedRow> {
  const [row] = await tx.query<{ version: number | null; updatedAt: string | null } & Record<string, string | null>>(
    `select d.version, iso(d.updated_at) as "updatedAt", ${allColumns.map((column) => `d.${column}`).join(', ')}
       from resources r left join personal_details d on d.org_id = r.org_id and d.id = r.id
      where r.org_id = $1 and r.id = $2 and r.kind = 'person' ${lock ? 'for no key update of r' : ''}`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This person');
  const { version, updatedAt, ...sealed } = row;
  return { version: version ?? 0, updatedAt, sealed };
}

export function placeOf(tx: Tx, column: string): SealPlace {
  return { orgId: tx.scope.orgId, column: `personal_details.${column}` };
}

/** @throws AppError unavailable when the key is missing or the value was tampered with */
export function openField(tx: Tx, sealer: Sealer, row: SealedRow, field: string): string | null {
  const column = sealedColumn(field);
  const sealed = row.sealed[column] ?? null;
  if (sealed === null) return null;
  try {
    return sealer.open(sealed, placeOf(tx, column));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new AppError('unavailable', {
      message: `The encrypted ${field} can’t be opened. Tell whoever runs Holdfast: a key is missing, or it was altered.`,
      cause: error,
    });
  }
}

export async function getMasked(tx: Tx, sealer: Sealer, id: string, group: Group): Promise<MaskedDetails> {
  const row = await readSealed(tx, id);
  const fields = fieldsOf(group).map((field) => {
    const value = openField(tx, sealer, row, field);
    return [field, value === null ? null : masked(field, value)] as const;
  });
  return { version: row.version, updatedAt: row.updatedAt, fields: Object.fromEntries(fields) };
}

/** In full. Whoever calls it sees to it that the look is recorded, or that people read only what is their own. */
export async function openDetails(
  tx: Tx,
  sealer: Sealer,
  id: string,
  fields: readonly string[],
): Promise<{ version: number; fields: Record<string, string | null> }> {
  const row = await readSealed(tx, id);
  const opened = fields.map((field) => [field, openField(tx, sealer, row, field)] as const);
  return { version: row.version, fields: Object.fromEntries(opened) };
}

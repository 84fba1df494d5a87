import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { RowThen } from '../rules.ts';

/** A recorded change that is to be taken back. */
export interface Entry {
  id: number;
  entity: string;
  entityId: string;
  operation: string;
  before: RowThen | null;
  after: RowThen | null;
  actor: string;
  at: string;
}

/** What the undo of one entry works with. */
export interface Undo {
  tx: Tx;
  caller: Caller;
  entry: Entry;
  /** What the record will say; the undo is a change like any other, and may be undone. */
  reason: string;
}

/** @throws AppError forbidden */
export function requireMay(caller: Caller, permission: string, may: string): void {
  if (caller.can(permission)) return;
  throw new AppError('forbidden', {
    message: `Your role (${caller.roleName}) doesn’t allow you to ${may}, so you can’t undo it either.`,
    extra: { permission },
  });
}

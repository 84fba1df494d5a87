import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import type { PlannedSeat, SeatChange } from '../need-plan-rules.ts';
import { writeSeats } from './write-seats.ts';

interface Removal {
  /** Frees the time of whoever sits there. */
  release: boolean;
  reason: string;
}

/** Names of those who would lose a seat, each once. */
export async function namesOf(tx: Tx, seats: readonly PlannedSeat[]): Promise<string[]> {
  const ids = seats.flatMap(({ resourceId }) => resourceId ?? []);
  if (ids.length === 0) return [];
  const rows = await tx.query<{ name: string }>(
    'select name from resources where org_id = $1 and id = any($2::uuid[]) order by name, id',
    [tx.scope.orgId, [...new Set(ids)]],
  );
  return rows.map(({ name }) => name);
}

/**
 * Takes seats away.
 * @throws AppError in_use, naming who sits there, unless `release` says that they leave
 */
export async function removeSeats(tx: Tx, seats: readonly PlannedSeat[], { release, reason }: Removal): Promise<void> {
  if (seats.length === 0) return;
  const ids = seats.map(({ id }) => id);
  // Locked and read again: somebody may have sat down since they were looked at.
  const held = await tx.query<PlannedSeat & { claimId: string | null }>(
    `select id, schedule_item_id as "scheduleItemId", number, resource_id as "resourceId", claim_id as "claimId"
       from seats where org_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.scope.orgId, ids],
  );
  const taken = held.filter(({ resourceId }) => resourceId !== null);
  if (taken.length > 0 && !release) throw await inUse(tx, taken);
  // Gone before the claims: the trigger that opens a seat finds none, and nobody sees it open in between.
  await tx.query('delete from seats where org_id = $1 and id = any($2::uuid[])', [tx.scope.orgId, ids]);
  await releaseClaims(
    tx,
    taken.flatMap(({ claimId }) => claimId ?? []),
    reason,
    true,
  );
}

async function inUse(tx: Tx, taken: readonly PlannedSeat[]): Promise<AppError> {
  const names = await namesOf(tx, taken);
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  const [has, seats] = [names.length === 1 ? 'has' : 'have', taken.length === 1 ? 'a seat' : 'seats'];
  return new AppError('in_use', {
    message: `${shown}${more} ${has} ${seats} that would go. Take them off first, or say that their seats go as well.`,
    extra: { people: names, seats: taken.length },
  });
}

/** Adds and takes a need's seats. @throws AppError in_use */
export async function applySeatChange(
  tx: Tx,
  engagementId: string,
  needId: string,
  { add, remove }: SeatChange,
  removal: Removal,
): Promise<void> {
  await removeSeats(tx, remove, removal);
  await writeSeats(
    tx,
    engagementId,
    add.map((seat) => ({ ...seat, needId })),
  );
}

import { membersWho } from '#features/organisations/server/members-who.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Services } from '#platform/http/services.ts';

/** Roles that are told of new inquiries until they say otherwise. */
const watchAnyway = new Set(['owner', 'manager']);

/** Accounts of the members who may open the inbox and want to be told of what is new there. */
export async function watchers(tx: Tx, services: Services): Promise<string[]> {
  const members = await membersWho(tx, services, 'intake.read');
  const said = await tx.query<{ userId: string; watching: boolean }>(
    'select user_id as "userId", watching from inquiry_watchers where org_id = $1',
    [tx.scope.orgId],
  );
  const choices = new Map(said.map(({ userId, watching }) => [userId, watching]));
  return members.filter(({ userId, role }) => choices.get(userId) ?? watchAnyway.has(role)).map(({ userId }) => userId);
}

export async function isWatching(tx: Tx, userId: string | undefined, role: string): Promise<boolean> {
  if (!userId) return false;
  const [row] = await tx.query<{ watching: boolean }>(
    'select watching from inquiry_watchers where org_id = $1 and user_id = $2',
    [tx.scope.orgId, userId],
  );
  return row?.watching ?? watchAnyway.has(role);
}

/** @throws AppError invalid_input for a program, which has no bell */
export async function setWatching(tx: Tx, userId: string | undefined, watching: boolean): Promise<void> {
  if (!userId) throw invalid('watching', 'Only a signed-in person has notices, not a program.');
  await tx.query(
    `insert into inquiry_watchers (org_id, id, user_id, watching) values ($1, $2, $3, $4)
     on conflict (org_id, user_id) do update set watching = excluded.watching`,
    [tx.scope.orgId, uuidv7(), userId, watching],
  );
}

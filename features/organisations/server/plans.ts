import { sql } from 'kysely';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { ControlServices } from './control-services.ts';

type Control = Databases['control'];

export interface Plan {
  title: string;
  /** Members and open invitations, at most; null: no limit. */
  people: number | null;
  /** Engagements that are not over, at most; null: no limit. */
  projects: number | null;
}

/** @throws AppError not_found */
export async function getPlan(control: Control, organisationId: string): Promise<Plan> {
  const plan = await control
    .selectFrom('organisations as o')
    .innerJoin('plans as p', 'p.name', 'o.plan')
    .select(['p.title', 'p.people', 'p.projects'])
    .where('o.id', '=', organisationId)
    .executeTakeFirst();
  if (!plan) throw notFound('This organisation');
  return plan;
}

/** Members, and invitations that may still be accepted. */
export async function countPeople(
  control: Control,
  organisationId: string,
): Promise<{ members: number; open: number }> {
  const { rows } = await sql<{ members: number; open: number }>`
    select (select count(*)::int from memberships where organisation_id = ${organisationId}) as members,
           (select count(*)::int from invitations where organisation_id = ${organisationId}
               and accepted_at is null and revoked_at is null and expires_at > now()) as open`.execute(control);
  return rows[0] ?? { members: 0, open: 0 };
}

/** For one more: under the organisation's lock, so that of many at once none slips past. @throws AppError limit_reached */
export async function requireRoom(trx: Control, organisationId: string, one: 'invitation' | 'member'): Promise<void> {
  const { people, title } = await getPlan(trx, organisationId);
  if (people === null) return;
  const { members, open } = await countPeople(trx, organisationId);
  // Whoever accepts was counted as an open invitation.
  if ((one === 'invitation' ? members + open : members) < people) return;
  throw new AppError('limit_reached', {
    message:
      one === 'invitation'
        ? `The plan ${title} has room for ${people} people, open invitations included. Remove somebody, withdraw an invitation, or ask the operator of this installation for a larger plan.`
        : `The organisation has ${people} members, as many as its plan has room for. Ask an owner to make room.`,
  });
}

/** For operators. What is there beyond the new limits stays; nothing is added. @throws AppError invalid_input, not_found */
export async function setPlan(
  services: ControlServices,
  by: Doer,
  organisationId: string,
  plan: string,
): Promise<void> {
  await withControl(services, by, async (trx) => {
    const plans = await trx.selectFrom('plans').select('name').orderBy('name').execute();
    if (!plans.some(({ name }) => name === plan))
      throw invalid('plan', `There is no such plan. The plans are ${plans.map(({ name }) => name).join(', ')}.`);
    const changed = await trx
      .updateTable('organisations')
      .set({ plan })
      .where('id', '=', organisationId)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw notFound('This organisation');
  });
  services.authenticator?.forget();
}

import { sql } from 'kysely';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { ControlServices } from './control-services.ts';

/** Days in which operators can open a closed organisation again; then it may be erased. */
export const reopenDays = 30;

/**
 * Nobody works in it until it is resumed; its data stays. For operators.
 * @param reason in words, for its members to read: a sentence
 * @throws AppError not_found when it isn't active
 */
export async function suspendOrganisation(
  services: ControlServices,
  by: Doer,
  id: string,
  reason: string,
): Promise<void> {
  const text = reason.trim();
  if (!text) throw invalid('reason', 'Say why: its members read it.');
  const suspended_reason = /[.!?]$/.test(text) ? text : `${text}.`;
  await change(services, by, id, 'active', { status: 'suspended', suspended_reason });
}

/** For operators. @throws AppError not_found when it isn't suspended */
export function resumeOrganisation(services: ControlServices, by: Doer, id: string): Promise<void> {
  return change(services, by, id, 'suspended', { status: 'active', suspended_reason: null });
}

/** From then on it looks like a missing one to everybody. @throws AppError invalid_input when the short name isn't its own */
export async function closeOrganisation(
  services: ControlServices,
  by: Doer,
  { id, slug }: { id: string; slug: string },
  typed: string,
): Promise<void> {
  if (typed.trim().toLowerCase() !== slug) throw invalid('slug', `Type ${slug} to close the organisation.`);
  await withControl(services, by, async (trx) => {
    const closed = await trx
      .updateTable('organisations')
      .set({ status: 'closed', closed_at: sql<string>`now()` })
      .where('id', '=', id)
      .where('status', '<>', 'closed')
      .executeTakeFirst();
    if (closed.numUpdatedRows === 0n) throw notFound('This organisation');
  });
  services.authenticator?.forget();
}

/** For operators. One that was suspended before is active again. @throws AppError too_late after 30 days, not_found */
export async function reopenOrganisation(services: ControlServices, by: Doer, id: string): Promise<void> {
  const { control } = services.databases;
  if ((await dueForErasure(control)).includes(id)) {
    throw new AppError('too_late', {
      message: `It was closed more than ${reopenDays} days ago and may be erased at any time. Restore it from an export instead.`,
    });
  }
  await change(services, by, id, 'closed', { status: 'active', suspended_reason: null, closed_at: null });
}

/** Organisations closed so long ago that nobody opens them again, the oldest first. */
export async function dueForErasure(control: Databases['control']): Promise<string[]> {
  const rows = await control
    .selectFrom('organisations')
    .select('id')
    .where('status', '=', 'closed')
    .where('closed_at', '<', sql<string>`now() - ${reopenDays} * interval '1 day'`)
    .orderBy('closed_at')
    .execute();
  return rows.map(({ id }) => id);
}

async function change(
  services: ControlServices,
  by: Doer,
  id: string,
  from: 'active' | 'suspended' | 'closed',
  to: { status: 'active' | 'suspended'; suspended_reason: string | null; closed_at?: null },
): Promise<void> {
  await withControl(services, by, async (trx) => {
    const changed = await trx
      .updateTable('organisations')
      .set(to)
      .where('id', '=', id)
      .where('status', '=', from)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n)
      throw new AppError('not_found', { message: `There is no ${from} organisation with this id.` });
  });
  services.authenticator?.forget();
}

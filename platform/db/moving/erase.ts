import { AppError, invalid } from '../../contract/errors.ts';
import type { Doer } from '../control.ts';
import type { Databases } from '../databases.ts';
import { carryOut } from './carry-out.ts';
import { freeze } from './gates.ts';
import type { OnProgress } from './operation.ts';
import { asOwner, placeOf } from './place.ts';
import { countRows, tenantTables } from './tables.ts';

export interface Erase {
  organisationId: string;
  /** Its short name again, by whoever wants it; not needed for one that is closed. */
  confirm?: string | undefined;
  by: Doer;
  onProgress?: OnProgress;
}

export interface Erased {
  rows: number;
  /** False: nobody can get at it any more, and the rest of its rows is removed later. */
  settled: boolean;
}

/**
 * Removes one organisation for good: its rows, its jobs, and what the control database knows of it. Accounts stay, they
 * are people's own. That it was erased, when and by whom stays in `tenant_operations`, and a gate stays in its database,
 * so that nothing under way elsewhere can write a row of it there again.
 *
 * @throws AppError not_found, invalid_input (not confirmed), unavailable
 */
export async function eraseOrganisation(databases: Databases, erase: Erase): Promise<Erased> {
  const { organisationId, by, onProgress } = erase;
  const { result, settled } = await carryOut(
    databases,
    organisationId,
    async () => ({ kind: 'erase', fromDatabaseId: await requireConsent(databases, erase), by, onProgress }),
    async (operation) => {
      const { row, signal } = operation;
      const place = await placeOf(databases, row.fromDatabaseId ?? '');
      return asOwner(
        place,
        async (client) => {
          await operation.step('freezing');
          await freeze(client, organisationId, row.id);
          const rows = await countOf(client, organisationId);
          operation.expect(rows);
          await operation.step('erasing');
          return rows;
        },
        signal,
      );
    },
  );
  return { rows: result, settled };
}

async function countOf(client: Parameters<typeof tenantTables>[0], orgId: string): Promise<number> {
  await client.query("select set_config('app.org_id', $1, false)", [orgId]);
  return countRows(client, await tenantTables(client), orgId);
}

/** @returns where it lives */
async function requireConsent({ control }: Databases, { organisationId, confirm }: Erase): Promise<string> {
  const found = await control
    .selectFrom('organisations')
    .select(['slug', 'status', 'tenant_database_id as databaseId'])
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (!found) throw new AppError('not_found', { message: 'This organisation was not found.' });
  if (confirm === undefined && found.status === 'closed') return found.databaseId;
  if (confirm === found.slug) return found.databaseId;
  throw invalid(
    'confirm',
    `Erasing can’t be undone. Confirm it with the short name of the organisation, ${found.slug}.`,
  );
}

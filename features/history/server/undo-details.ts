import { setDetails } from '#features/engagements/details/server/commands.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { RowThen } from '../rules.ts';
import { requireMay, type Undo } from './undo-entry.ts';

/** By the command that writes a field, which refuses what somebody else wrote there since. @returns what was done, as a sentence */
export async function undoDetail({ tx, caller, entry }: Undo): Promise<string> {
  requireMay(caller, 'details.write', 'write down what is known of an engagement');
  const { engagement_id: engagementId, key } = {
    ...(await rowNow(tx, entry.entityId)),
    ...entry.before,
    ...entry.after,
  };
  if (typeof engagementId !== 'string' || typeof key !== 'string') throw notFound('This detail');
  await setDetails(tx, engagementId, [{ key, from: value(entry.after), to: value(entry.before) }]);
  return entry.before ? 'It says again what it said before.' : 'It says nothing again.';
}

/** An update records what it changed, which is neither the field nor the engagement. */
async function rowNow(tx: Undo['tx'], id: string): Promise<RowThen | undefined> {
  const [row] = await tx.query<RowThen>(
    'select engagement_id, key from engagement_details where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  return row;
}

const value = (row: RowThen | null) => (typeof row?.['value'] === 'string' ? row['value'] : null);

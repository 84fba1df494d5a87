import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RosterSettings } from '../contract.ts';

/** Eleven hours: what the European Working Time Directive asks between two days of work. */
const usual: RosterSettings = { groupNames: {}, contactsShared: false, restMinutes: 660, version: 0 };

export async function getRosterSettings(tx: Tx): Promise<RosterSettings> {
  const [found] = await tx.query<RosterSettings>(
    `select group_names as "groupNames", contacts_shared as "contactsShared", rest_minutes as "restMinutes", version
       from roster_settings where org_id = $1`,
    [tx.scope.orgId],
  );
  return found ?? usual;
}

/** @throws AppError version_conflict when somebody else changed them since */
export async function setRosterSettings(tx: Tx, { version, ...wanted }: RosterSettings): Promise<void> {
  const values = [tx.scope.orgId, JSON.stringify(wanted.groupNames), wanted.contactsShared, wanted.restMinutes];
  if (version === 0) {
    await tx.query(
      `insert into roster_settings (org_id, id, group_names, contacts_shared, rest_minutes) values ($1, $1, $2, $3, $4)`,
      values,
    );
    return;
  }
  const [changed] = await tx.query(
    `update roster_settings set group_names = $2, contacts_shared = $3, rest_minutes = $4, version = version + 1, updated_at = now()
      where org_id = $1 and version = $5 returning id`,
    [...values, version],
  );
  if (!changed)
    throw new AppError('version_conflict', {
      message: 'Somebody else changed this in the meantime. Look at it again.',
    });
}

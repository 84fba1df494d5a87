import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** Who in the organisation an account is: one of its people, or one of its contacts. */
export type PersonTable = 'resources' | 'parties';

/**
 * Says which member a person or a contact is, whoever it was before.
 * @throws AppError not_found, invalid_input; account_linked by constraint when the account is another one already
 */
export async function setAccount(
  tx: Tx,
  control: Databases['control'],
  table: PersonTable,
  id: string,
  userId: string | null,
): Promise<void> {
  const { orgId } = tx.scope;
  await requirePerson(tx, table, id);
  if (userId !== null && !(await isMember(control, orgId, userId)))
    throw invalid('userId', 'This account does not belong to the organisation. Invite them first.');
  await tx.query(
    `update ${table} set user_id = $3, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and user_id is distinct from $3::uuid`,
    [orgId, id, userId],
  );
}

/** As invited. Where somebody was quicker, who is whom stays as they said. @returns whether it is so now */
export async function linkAccount(tx: Tx, table: PersonTable, id: string, userId: string): Promise<boolean> {
  const key = [tx.scope.orgId, id, userId];
  await tx.query(
    `update ${table} r set user_id = $3, version = version + 1, updated_at = now()
      where r.org_id = $1 and r.id = $2 and r.user_id is null
        and not exists (select from ${table} other where other.org_id = $1 and other.user_id = $3)`,
    key,
  );
  const [linked] = await tx.query(`select from ${table} where org_id = $1 and id = $2 and user_id = $3`, key);
  return linked !== undefined;
}

/** Somebody that an account can be, and isn't yet. @throws AppError invalid_input at `field` */
export async function requireUnlinked(tx: Tx, table: PersonTable, id: string, field: string): Promise<void> {
  const [row] = await tx.query<{ person: boolean; linked: boolean }>(
    `select ${isPerson[table]} as person, user_id is not null as linked from ${table} where org_id = $1 and id = $2`,
    [tx.scope.orgId, id],
  );
  if (!row?.person) throw invalid(field, `There is no ${words[table]} with this id.`);
  if (row.linked) throw invalid(field, `This ${words[table]} has an account already. Choose another, or none.`);
}

const words = { resources: 'person', parties: 'contact' } as const;
const isPerson = { resources: "kind = 'person' and archived_at is null", parties: 'true' } as const;

async function requirePerson(tx: Tx, table: PersonTable, id: string): Promise<void> {
  const [row] = await tx.query<{ person: boolean }>(
    `select ${table === 'resources' ? "kind = 'person'" : 'true'} as person from ${table}
      where org_id = $1 and id = $2 for no key update`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound(table === 'resources' ? 'This person' : 'This contact');
  if (!row.person) throw invalid('id', 'Only a person can have an account.');
}

/** Members stand in the control database, where no foreign key reaches. @throws AppError invalid_input at `field` */
export async function requireMember(
  tx: Tx,
  control: Databases['control'],
  userId: string | null | undefined,
  field: string,
): Promise<void> {
  if (userId && !(await isMember(control, tx.scope.orgId, userId)))
    throw invalid(field, 'There is no member with this account.');
}

async function isMember(control: Databases['control'], organisationId: string, userId: string): Promise<boolean> {
  const row = await control
    .selectFrom('memberships')
    .select('user_id')
    .where('organisation_id', '=', organisationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

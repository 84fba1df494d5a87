import { roles, type Role } from '#platform/contract/contract.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { lockOrganisation, type Grant } from '#features/organisations/server/grants.ts';

/** Roles that a key can have: it is nobody whose own things it could see. */
const keyRoles: readonly string[] = ['owner', 'manager', 'staff'];

/** @throws AppError invalid_input naming the roles there are */
export function requireRole(given: string): Role {
  const role = roles.find((candidate) => candidate === given);
  if (!role) throw invalid('role', `The role must be ${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}.`);
  return role;
}

/** One of the seven roles, or one of the organisation's own by its name. @throws AppError invalid_input naming those there are */
export async function requireGrant(
  { control }: Databases,
  organisationId: string,
  given: string,
  among: readonly string[] = roles,
): Promise<Grant> {
  const role = roles.find((candidate) => candidate === given);
  if (role && among.includes(role)) return { role, customRoleId: null };
  const own = await control
    .selectFrom('custom_roles')
    .select(['id', 'name'])
    .where('organisation_id', '=', organisationId)
    .orderBy('name')
    .execute();
  const custom = own.find(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (custom) return { role: 'custom', customRoleId: custom.id };
  const names = [...among, ...own.map(({ name }) => name)];
  throw invalid('role', `The role must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`);
}

export function requireKeyGrant(databases: Databases, organisationId: string, given: string): Promise<Grant> {
  return requireGrant(databases, organisationId, given, keyRoles);
}

/** @throws AppError user_unknown saying how to make them */
export async function requireUser(
  { control }: Databases,
  address: string,
): Promise<{ id: string; name: string; email: string }> {
  const user = await control
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('email', '=', address.toLowerCase())
    .executeTakeFirst();
  if (user) return user;
  throw new AppError('user_unknown', {
    message: `No user has the address ${address}. Make them with: npm run holdfast -- user create --email ${address} --name "…"`,
  });
}

/**
 * A member already keeps their membership, with the role given now.
 * @throws AppError last_owner where that would leave none
 */
export async function addMember(
  databases: Databases,
  organisationId: string,
  userId: string,
  { role, customRoleId }: Grant,
): Promise<void> {
  await withControl({ databases }, byCommand(), async (trx) => {
    await lockOrganisation(trx, organisationId);
    const owners = await trx
      .selectFrom('memberships')
      .select('user_id')
      .where('organisation_id', '=', organisationId)
      .where('role', '=', 'owner')
      .execute();
    const [only] = owners;
    if (role !== 'owner' && owners.length === 1 && only?.user_id === userId) {
      throw new AppError('last_owner', {
        message: 'The organisation would have no owner left. Make somebody else owner first.',
      });
    }
    const held = { role, custom_role_id: customRoleId };
    await trx
      .insertInto('memberships')
      .values({ organisation_id: organisationId, user_id: userId, ...held })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'user_id']).doUpdateSet(held))
      .execute();
  });
}

/** Who acts when the operator's command does. */
export function byCommand(): { actor: string; requestId: string } {
  return { actor: 'command', requestId: `command:${uuidv7()}` };
}

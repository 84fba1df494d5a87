import * as z from 'zod';
import { roles, type Role } from '#platform/contract/contract.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';

/** @throws AppError invalid_input naming the roles there are */
export function requireRole(given: string): Role {
  const role = z.enum(roles).safeParse(given);
  if (!role.success) throw invalid('role', `The role must be ${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}.`);
  return role.data;
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

/** A member already keeps their membership, with the role given now. */
export async function addMember(
  { control }: Databases,
  organisationId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await control
    .insertInto('memberships')
    .values({ organisation_id: organisationId, user_id: userId, role })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'user_id']).doUpdateSet({ role }))
    .execute();
}

import * as z from 'zod';
import { heldRoles, type HeldRole } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Services } from '#platform/http/services.ts';

/**
 * Members who have a permission, and not only for things of their own: for jobs, which tell nobody of what they may not see.
 * @param only among these accounts; all members when absent
 */
export async function membersWho(
  tx: Tx,
  { databases, policy }: Pick<Services, 'databases' | 'policy'>,
  permission: string,
  only?: readonly string[],
): Promise<{ userId: string; role: HeldRole }[]> {
  if (only?.length === 0) return [];
  const members = await databases.control
    .selectFrom('memberships as m')
    .leftJoin('custom_roles as c', 'c.id', 'm.custom_role_id')
    .select(['m.user_id as userId', 'm.role', 'c.permissions'])
    .where('m.organisation_id', '=', tx.scope.orgId)
    .$if(only !== undefined, (query) => query.where('m.user_id', 'in', [...(only ?? [])]))
    .execute();
  return members
    .map(({ role, ...member }) => ({ ...member, role: z.enum(heldRoles).parse(role) }))
    .filter(({ role, permissions }) => policy.ofHeld(role, permissions).can(permission))
    .map(({ userId, role }) => ({ userId, role }));
}

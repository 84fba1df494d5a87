import type { Access, Policy } from '#platform/contract/access.ts';
import { roleNames, type HeldRole } from '#platform/contract/contract.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Caller } from '#platform/http/feature.ts';

type Control = Databases['control'];

/** What somebody is or is to be. */
export interface Grant {
  role: HeldRole;
  customRoleId: string | null;
}

/** A grant with what it lets somebody do. */
export interface Granted extends Grant {
  roleName: string;
  access: Access;
}

/** Who grants or takes: a member, or a key. */
export type Granter = Pick<Caller, 'access' | 'role'>;

/**
 * What a grant means in an organisation. A role of its own can't be deleted until the transaction ends.
 * @throws AppError invalid_input for a custom role that isn't there
 */
export async function readGrant(
  trx: Control,
  policy: Policy,
  organisationId: string,
  { role, customRoleId }: Grant,
): Promise<Granted> {
  if (role !== 'custom') {
    if (customRoleId !== null) throw invalid('customRoleId', 'Only with the role “custom”.');
    return { role, customRoleId, roleName: roleNames[role], access: policy.ofHeld(role, null) };
  }
  const custom = await trx
    .selectFrom('custom_roles')
    .select(['name', 'permissions'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', customRoleId ?? nobody)
    .forKeyShare()
    .executeTakeFirst();
  if (!custom) throw invalid('customRoleId', 'There is no such role. Choose one of the organisation’s own roles.');
  return { role, customRoleId, roleName: custom.name, access: policy.ofHeld(role, custom.permissions) };
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Nobody grants what they lack, and only an owner makes an owner. The one rule for members, invitations, API
 * keys and roles.
 * @throws AppError role_too_high
 */
export function requireMayGrant(granter: Granter, granted: Pick<Granted, 'role' | 'access'>): void {
  if (granted.role === 'owner' && granter.role !== 'owner')
    throw new AppError('role_too_high', { message: 'Only an owner makes somebody an owner.' });
  if (!granter.access.covers(granted.access)) {
    throw new AppError('role_too_high', {
      message: 'This role may do more than you may. Give one that may do less, or ask an owner.',
    });
  }
}

/**
 * Nobody changes or removes what somebody has who may more than they do.
 * @param whose as people read it: `Ada Byron`, `This role`
 * @throws AppError role_too_high
 */
export function requireMayChange(granter: Granter, held: Pick<Granted, 'role' | 'access'>, whose: string): void {
  const above = held.role === 'owner' && granter.role !== 'owner';
  if (!above && granter.access.covers(held.access)) return;
  throw new AppError('role_too_high', { message: `${whose} may do more than you may. Ask an owner to change that.` });
}

/**
 * Who says which person or contact an account is opens to it what is that one's own: so they must be allowed all of
 * that themselves, or they would open it to their own account.
 * @throws AppError role_too_high
 */
export function requireMayLink(granter: Granter, policy: Policy): void {
  const lacking = policy.clauses.find(({ permission, ownable }) => ownable && !granter.access.can(permission));
  if (!lacking) return;
  throw new AppError('role_too_high', {
    message: `Whose account somebody is opens their own things to it, and you may not ${lacking.may}. Ask an owner to say it.`,
  });
}

/** Changes of who belongs to an organisation follow one another. Others may still refer to it meanwhile. */
export async function lockOrganisation(trx: Control, organisationId: string): Promise<void> {
  await trx.selectFrom('organisations').select('id').where('id', '=', organisationId).forNoKeyUpdate().execute();
}

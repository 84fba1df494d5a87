import type { Policy } from '#platform/contract/access.ts';
import { roles } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { withControl, type Doer } from '#platform/db/control.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import type { CustomRole, PolicyClause } from '../contract.ts';
import { lockOrganisation, requireMayChange, requireMayGrant } from './grants.ts';

type Control = Databases['control'];

/** Every permission as a clause, in the contracts' order. */
export function listClauses(policy: Policy): PolicyClause[] {
  const common = new Set(policy.common);
  return policy.clauses.map((clause) => ({ ...clause, common: common.has(clause.permission) }));
}

export function listBuiltIn(policy: Policy) {
  return roles.map((role) => ({ role, permissions: policy.ofRole(role).toList() }));
}

/** The organisation's own roles by name, with everybody who has them. */
export async function listRoles(control: Control, organisationId: string): Promise<CustomRole[]> {
  const [items, holders] = await Promise.all([
    control
      .selectFrom('custom_roles')
      .select(['id', 'name', 'permissions', 'version'])
      .where('organisation_id', '=', organisationId)
      .orderBy('name')
      .execute(),
    holdersOf(control, organisationId),
  ]);
  return items.map((role) => ({ ...role, holders: holders.get(role.id) ?? [] }));
}

/** @throws AppError not_found */
export async function getRole(control: Control, organisationId: string, id: string): Promise<CustomRole> {
  const role = (await listRoles(control, organisationId)).find((candidate) => candidate.id === id);
  if (!role) throw notFound('This role');
  return role;
}

interface RoleInput {
  name: string;
  permissions: readonly string[];
}

/** @returns the id. @throws AppError role_too_high, invalid_input; duplicate by constraint */
export async function createRole(services: Services, by: Doer, caller: Caller, input: RoleInput): Promise<string> {
  requireOwnName(input.name);
  const permissions = knownPermissions(services.policy, input.permissions);
  requireMayGrant(caller, { role: 'custom', access: services.policy.ofPermissions(permissions) });
  const id = uuidv7();
  const organisation_id = caller.organisation.id;
  await withControl(services, by, (trx) =>
    trx.insertInto('custom_roles').values({ id, organisation_id, name: input.name, permissions }).execute(),
  );
  return id;
}

/**
 * Nobody gives a role, nor takes from it, what they lack.
 * @throws AppError not_found, role_too_high, version_conflict, invalid_input; duplicate by constraint
 */
export async function changeRole(
  services: Services,
  by: Doer,
  caller: Caller,
  id: string,
  { version, name, permissions }: { version: number; name?: string | undefined; permissions?: string[] | undefined },
): Promise<void> {
  const { policy } = services;
  if (name !== undefined) requireOwnName(name);
  const wanted = permissions && knownPermissions(policy, permissions);
  await withControl(services, by, async (trx) => {
    const role = await lockRole(trx, caller.organisation.id, id);
    requireMayChange(caller, { role: 'custom', access: policy.ofPermissions(role.permissions) }, 'This role');
    if (wanted) requireMayGrant(caller, { role: 'custom', access: policy.ofPermissions(wanted) });
    if (role.version !== version)
      throw new AppError('version_conflict', { message: 'Somebody else changed this role. Look at it again.' });
    await trx
      .updateTable('custom_roles')
      .set({ ...(name !== undefined && { name }), ...(wanted && { permissions: wanted }), version: version + 1 })
      .set({ updated_at: new Date().toISOString() })
      .where('id', '=', id)
      .execute();
  });
  services.authenticator.forget();
}

/** @throws AppError not_found, role_too_high, role_in_use naming who has it */
export async function removeRole(services: Services, by: Doer, caller: Caller, id: string): Promise<void> {
  const { id: organisationId } = caller.organisation;
  await withControl(services, by, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const role = await lockRole(trx, organisationId, id);
    const access = services.policy.ofPermissions(role.permissions);
    requireMayChange(caller, { role: 'custom', access }, 'This role');
    const holders = (await holdersOf(trx, organisationId)).get(id) ?? [];
    if (holders.length > 0) {
      throw new AppError('role_in_use', {
        message: `“${role.name}” is what ${listed(holders)} ${holders.length === 1 ? 'has' : 'have'}. Give them another role first.`,
        extra: { holders },
      });
    }
    await forgetRole(trx, organisationId, id);
    await trx.deleteFrom('custom_roles').where('id', '=', id).execute();
  });
}

async function lockRole(trx: Control, organisationId: string, id: string) {
  const role = await trx
    .selectFrom('custom_roles')
    .select(['name', 'permissions', 'version'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!role) throw notFound('This role');
  return role;
}

/** Revoked keys and invitations that are over survive the role that they had. */
async function forgetRole(trx: Control, organisationId: string, id: string): Promise<void> {
  await trx
    .updateTable('invitations')
    .set({ revoked_at: new Date().toISOString() })
    .where('custom_role_id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
  for (const table of ['invitations', 'api_keys'] as const) {
    await trx
      .updateTable(table)
      .set({ custom_role_id: null })
      .where('organisation_id', '=', organisationId)
      .where('custom_role_id', '=', id)
      .execute();
  }
}

/** Role → members, open invitations and keys in use, as people know them. */
async function holdersOf(control: Control, organisationId: string): Promise<Map<string, string[]>> {
  const rows = await control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.custom_role_id as role', 'u.name as holder'])
    .where('m.organisation_id', '=', organisationId)
    .where('m.custom_role_id', 'is not', null)
    .unionAll((eb) =>
      eb
        .selectFrom('invitations as i')
        .select(['i.custom_role_id as role', 'i.email as holder'])
        .where('i.organisation_id', '=', organisationId)
        .where('i.custom_role_id', 'is not', null)
        .where('i.accepted_at', 'is', null)
        .where('i.revoked_at', 'is', null)
        .where((inner) => inner('i.expires_at', '>', inner.fn<string>('now', []))),
    )
    .unionAll((eb) =>
      eb
        .selectFrom('api_keys as k')
        .select(['k.custom_role_id as role', 'k.name as holder'])
        .where('k.organisation_id', '=', organisationId)
        .where('k.custom_role_id', 'is not', null)
        .where('k.revoked_at', 'is', null),
    )
    .execute();
  const holders = new Map<string, string[]>();
  for (const { role, holder } of rows) if (role) holders.set(role, [...(holders.get(role) ?? []), holder]);
  return holders;
}

/** “Ada, Ben and 3 more”. */
function listed(names: readonly string[]): string {
  const [first = '', second = '', ...more] = names;
  if (names.length === 1) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}

function requireOwnName(name: string): void {
  if (roles.some((role) => role.replace('_', ' ') === name.toLowerCase()))
    throw invalid('name', `${name} is a role that every organisation has. Choose another name.`);
}

/** What everybody may is part of every role. @throws AppError invalid_input for what no contract knows, or never is one's own */
function knownPermissions(policy: Policy, wanted: readonly string[]): string[] {
  const clauses = new Map(policy.clauses.map((clause) => [clause.permission, clause]));
  for (const permission of wanted) {
    const [name = '', own] = permission.split(':');
    const clause = clauses.get(name);
    if (!clause) throw invalid('permissions', `There is no permission ${name}.`);
    if (own && !clause.ownable)
      throw invalid('permissions', `${name} can’t be had for one’s own things only. Give it whole, or not.`);
  }
  return policy.ofPermissions([...policy.common, ...wanted]).toList();
}

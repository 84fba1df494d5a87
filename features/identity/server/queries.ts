import * as z from 'zod';
import type { Access } from '#platform/contract/access.ts';
import { heldRoles, roleNames, type HeldRole } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Identity } from '#platform/http/feature.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

type Control = Databases['control'];

const packs = z.array(z.enum(packNames));
const role = z.enum(heldRoles);

export async function isSetUp(control: Control): Promise<boolean> {
  return (await control.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** The asker and their organisations, by name; an API key has exactly one. */
export async function getMe(
  control: Control,
  who: Identity,
  accessOf: (role: HeldRole, custom: readonly string[] | null) => Access,
) {
  const user = who.userId
    ? await control
        .selectFrom('users')
        .select(['id', 'name', 'email'])
        .where('id', '=', who.userId)
        .executeTakeFirstOrThrow()
    : null;
  const query = control
    .selectFrom('organisations as o')
    .select(['o.id', 'o.slug', 'o.name', 'o.packs', 'o.zone', 'o.currency'])
    .where('o.status', '=', 'active')
    .orderBy('o.name');
  const { apiKey } = who;
  const rows = apiKey
    ? await query
        .leftJoin('custom_roles as c', (join) => join.on('c.id', '=', apiKey.customRoleId))
        .select((eb) => [eb.val(apiKey.role).as('role'), 'c.name as customName', 'c.permissions as custom'])
        .where('o.id', '=', apiKey.organisationId)
        .execute()
    : await query
        .innerJoin('memberships as m', 'm.organisation_id', 'o.id')
        .leftJoin('custom_roles as c', 'c.id', 'm.custom_role_id')
        .select(['m.role', 'c.name as customName', 'c.permissions as custom'])
        .where('m.user_id', '=', who.userId ?? '')
        .execute();
  return {
    user,
    organisations: rows.map(({ custom, customName, ...row }) => {
      const held = role.parse(row.role);
      return {
        ...row,
        role: held,
        roleName: customName ?? roleNames[held],
        packs: packs.parse(row.packs),
        permissions: accessOf(held, custom).toList(),
      };
    }),
  };
}

export async function listApiKeys(control: Control, organisationId: string) {
  const rows = await control
    .selectFrom('api_keys')
    .select(['id', 'name', 'role', 'prefix', 'created_at as createdAt', 'revoked_at as revokedAt'])
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ ...row, role: role.parse(row.role) }));
}

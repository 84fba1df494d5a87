import * as z from 'zod';
import type { Access } from '#platform/contract/access.ts';
import { heldRoles, roleNames, type HeldRole } from '#platform/contract/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Identity } from '#platform/http/feature.ts';
import { factors, ways } from '../sign-in-rules.ts';
import { proofsOf } from './step-up.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

type Control = Databases['control'];

const packs = z.array(z.enum(packNames));
const role = z.enum(heldRoles);

export async function isSetUp(control: Control): Promise<boolean> {
  return (await control.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Of the person that asks. @throws AppError forbidden for an API key, which is nobody's */
export function requirePerson({ userId, sessionId }: Identity): { userId: string; sessionId: string } {
  if (userId && sessionId) return { userId, sessionId };
  throw new AppError('forbidden', { message: 'An API key belongs to an organisation. Sign in to do this.' });
}

/** The asker and their organisations, by name: none before the second factor. An API key has exactly one. */
export async function getMe(
  control: Control,
  who: Identity,
  accessOf: (role: HeldRole, custom: readonly string[] | null) => Access,
) {
  const [user, session] = await Promise.all([getUser(control, who), getSession(control, who)]);
  if (who.pending || (!who.userId && !who.apiKey)) return { user, session, organisations: [] };
  const query = control
    .selectFrom('organisations as o')
    .select(['o.id', 'o.slug', 'o.name', 'o.packs', 'o.zone', 'o.currency', 'o.requires_second_factor as asksFactor'])
    .select((eb) =>
      eb.case().when('o.status', '=', 'suspended').then(eb.ref('o.suspended_reason')).end().as('suspended'),
    )
    .where('o.status', 'in', ['active', 'suspended'])
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
    session,
    organisations: rows.map(({ custom, customName, asksFactor, ...row }) => {
      const held = role.parse(row.role);
      return {
        ...row,
        role: held,
        roleName: customName ?? roleNames[held],
        packs: packs.parse(row.packs),
        permissions: accessOf(held, custom).toList(),
        needsFactor: asksFactor && who.userId !== undefined && !who.factor,
        support: null,
      };
    }),
  };
}

async function getUser(control: Control, { userId }: Identity) {
  if (!userId) return null;
  const user = await control
    .selectFrom('users')
    .select(['id', 'name', 'email', 'operator'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!user) throw new AppError('unauthenticated', { message: 'This account is no more.' });
  return user;
}

async function getSession(control: Control, { userId, sessionId }: Identity) {
  if (!userId || !sessionId) return null;
  const [row, proofs] = await Promise.all([
    control
      .selectFrom('sessions')
      .select(['id', 'pending', 'way', 'factor', 'proved_at as provedAt'])
      .where('id', '=', sessionId)
      .executeTakeFirst(),
    proofsOf(control, userId),
  ]);
  if (!row) throw new AppError('unauthenticated', { message: 'This session has ended. Sign in again.' });
  return { ...row, way: z.enum(ways).parse(row.way), factor: z.enum(factors).nullable().parse(row.factor), ...proofs };
}

export async function listApiKeys(control: Control, organisationId: string) {
  const rows = await control
    .selectFrom('api_keys as k')
    .leftJoin('custom_roles as c', 'c.id', 'k.custom_role_id')
    .select(['k.id', 'k.name', 'k.role', 'k.custom_role_id as customRoleId', 'c.name as customName', 'k.prefix'])
    .select(['k.created_at as createdAt', 'k.revoked_at as revokedAt'])
    .where('k.organisation_id', '=', organisationId)
    .orderBy('k.created_at')
    .execute();
  return rows.map(({ customName, ...row }) => {
    const held = role.parse(row.role);
    return { ...row, role: held, roleName: customName ?? roleNames[held] };
  });
}

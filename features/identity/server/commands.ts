import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import pg from 'pg';
import type { HeldRole } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { hashKey } from './authenticator.ts';

export interface NewUser {
  name: string;
  email: string;
  password: string;
}

export interface NewOrganisation {
  name: string;
  slug: string;
  packs: string[];
  zone: string;
  currency: string;
}

type Control = Databases['control'];

/** @returns the new user's id. @throws AppError invalid_input when the address has a user already */
export async function createUser(control: Control, { name, email, password }: NewUser): Promise<string> {
  const id = uuidv7();
  const hash = await hashPassword(password);
  try {
    await control.transaction().execute((trx) => insertUser(trx, { id, name, email, hash }));
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'users_email_key') {
      throw new AppError('invalid_input', {
        message: 'This address has a user already.',
        fields: [{ field: 'email', message: 'This address has a user already.' }],
      });
    }
    throw error;
  }
  return id;
}

/** In a transaction of the caller's, for an address that is known to be theirs. @throws users_email_key */
export async function insertUser(
  trx: Control,
  { id, name, email, hash }: { id: string; name: string; email: string; hash: string },
): Promise<void> {
  // Nobody signs up by themselves: who makes a user vouches for the address. (Unverified, the first sign-in
  // by a mailed link would delete the password, as one that a stranger might have set.)
  // Whoever comes first runs the installation.
  const operator = sql<boolean>`not exists (select from users)`;
  await trx
    .insertInto('users')
    .values({ id, name, email: email.toLowerCase(), email_verified: true, operator })
    .execute();
  await trx
    .insertInto('accounts')
    .values({ id: uuidv7(), user_id: id, account_id: id, provider_id: 'credential', password: hash })
    .execute();
}

/**
 * Makes an organisation, in the emptiest shared database unless another one is named.
 * @throws on a taken slug, worded by its constraint
 */
export async function createOrganisation(
  databases: Databases,
  organisation: NewOrganisation & { plan?: string },
  ownerId: string | undefined,
  { id = uuidv7(), databaseId }: { id?: string; databaseId?: string } = {},
): Promise<string> {
  const tenant_database_id = databaseId ?? (await databases.emptiest());
  await databases.control.transaction().execute(async (trx) => {
    await trx
      .insertInto('organisations')
      .values({ id, ...organisation, tenant_database_id })
      .execute();
    if (ownerId)
      await trx.insertInto('memberships').values({ organisation_id: id, user_id: ownerId, role: 'owner' }).execute();
  });
  return id;
}

/**
 * The first user and organisation; organisations that the operator made before there was anybody become
 * theirs too. An advisory lock makes two first visits at once one after the other. @returns the user
 * @throws AppError already_set_up
 */
export async function setUpInstallation(
  databases: Databases,
  user: NewUser,
  organisation: NewOrganisation,
): Promise<string> {
  const client = await databases.controlPool.connect();
  try {
    await client.query('select pg_advisory_lock(7262)');
    const { rows } = await client.query('select from users limit 1');
    if (rows.length > 0)
      throw new AppError('already_set_up', { message: 'This installation has its first user. Sign in.' });
    const userId = await createUser(databases.control, user);
    try {
      await createOrganisation(databases, organisation, userId);
    } catch (error) {
      await databases.control.deleteFrom('users').where('id', '=', userId).execute();
      throw error;
    }
    await client.query(
      `insert into memberships (organisation_id, user_id, role) select o.id, $1, 'owner' from organisations o
        where not exists (select from memberships m where m.organisation_id = o.id)`,
      [userId],
    );
    return userId;
  } finally {
    await client.query('select pg_advisory_unlock(7262)').catch(() => undefined);
    client.release();
  }
}

/** @returns the stored key's description and the key itself, which nobody can read again. */
export async function createApiKey(
  control: Control,
  organisationId: string,
  {
    name,
    role,
    customRoleId = null,
    createdBy,
  }: { name: string; role: HeldRole; customRoleId?: string | null; createdBy: string | null },
) {
  const key = `hf_${randomBytes(32).toString('base64url')}`;
  const apiKey = await control
    .insertInto('api_keys')
    .values({
      id: uuidv7(),
      organisation_id: organisationId,
      name,
      role,
      custom_role_id: customRoleId,
      key_hash: hashKey(key),
      prefix: key.slice(0, 9),
      created_by: createdBy,
    })
    .returning(['id', 'name', 'role', 'custom_role_id as customRoleId', 'prefix'])
    .returning(['created_at as createdAt', 'revoked_at as revokedAt'])
    .executeTakeFirstOrThrow();
  return { key, apiKey };
}

export async function revokeApiKey(control: Control, organisationId: string, id: string): Promise<void> {
  const result = await control
    .updateTable('api_keys')
    .set({ revoked_at: new Date().toISOString() })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw notFound('This API key');
}

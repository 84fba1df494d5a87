import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { digest } from '#features/identity/server/digest.ts';
import { operatorKeyPrefix } from '#features/identity/server/operator-access.ts';
import { byCommand, writeEvent } from './operator-log.ts';

type Control = Databases['control'];

/** A key for a program that runs the installation. @returns the key itself, which nobody can read again */
export async function createOperatorKey(control: Control, name: string): Promise<{ id: string; key: string }> {
  const id = uuidv7();
  const key = `${operatorKeyPrefix}${randomBytes(32).toString('base64url')}`;
  await control.transaction().execute(async (trx) => {
    await trx
      .insertInto('operator_keys')
      .values({ id, name, key_hash: digest(key), prefix: key.slice(0, 10) })
      .execute();
    await writeEvent(trx, byCommand(), { action: 'createKey', detail: { name } }, 'ok');
  });
  return { id, key };
}

export function listOperatorKeys(control: Control) {
  return control
    .selectFrom('operator_keys')
    .select(['id', 'name', 'prefix', 'created_at as createdAt', 'revoked_at as revokedAt'])
    .orderBy('created_at')
    .execute();
}

/** It stops working within five seconds. @param which its id, or the first characters of the key */
export async function revokeOperatorKey(control: Control, which: string): Promise<{ id: string; name: string }> {
  return control.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('operator_keys')
      .select(['id', 'name'])
      .where((eb) => eb.or([eb('prefix', '=', which), eb(sql<string>`id::text`, '=', which)]))
      .where('revoked_at', 'is', null)
      .execute();
    const [found] = rows;
    if (!found || rows.length > 1) {
      throw new AppError('not_found', {
        message: 'There is no such key in use. See them with: npm run holdfast -- operator key list',
      });
    }
    await trx
      .updateTable('operator_keys')
      .set({ revoked_at: sql<string>`now()` })
      .where('id', '=', found.id)
      .execute();
    await writeEvent(trx, byCommand(), { action: 'revokeKey', detail: { name: found.name } }, 'ok');
    return found;
  });
}

import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { digest } from './digest.ts';

type Control = Databases['control'];

const howMany = 10;
/** Without letters and digits that look alike: 16 of 30 are 78 bits. */
const letters = 'abcdefghjkmnpqrstvwxyz23456789';
const length = 16;

/** New codes in place of the old ones. They can't be read again: only their hashes are kept. */
export async function renewRecoveryCodes(control: Control, userId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode);
  await control.transaction().execute(async (trx) => {
    // Two renewals at once follow one another, so that the codes of one remain.
    await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
    await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
    await trx
      .insertInto('recovery_codes')
      .values(codes.map((code) => ({ id: uuidv7(), user_id: userId, code_hash: hashOf(userId, code) })))
      .execute();
  });
  return codes;
}

/** Uses a code up. @returns whether it was one, unused */
export async function useRecoveryCode(control: Control, userId: string, code: string): Promise<boolean> {
  const used = await control
    .updateTable('recovery_codes')
    .set({ used_at: sql<string>`now()` })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashOf(userId, code))
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

export async function recoveryCodesLeft(control: Control, userId: string): Promise<number> {
  const { left } = await control
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<string>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** Four groups of four: `k7mq-…`. */
function newCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return code.match(/.{4}/g)?.join('-') ?? code;
}

/** As it was typed, without what people add or change. */
function hashOf(userId: string, code: string): Buffer {
  return digest(`${userId} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);
}

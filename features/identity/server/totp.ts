import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Services } from '#platform/http/services.ts';

type Control = Databases['control'];
type TotpServices = Pick<Services, 'databases' | 'sealer'>;

/** RFC 6238 as every authenticator app has it. */
const shape = { issuer: 'Holdfast', algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that a clock may be off, either way. */
const window = 1;
/** RFC 4226 recommends 160 bits. */
const secretBytes = 20;
const place = { orgId: null, column: 'totp_secrets.secret' };

export async function totpSince(control: Control, userId: string): Promise<string | undefined> {
  const row = await control
    .selectFrom('totp_secrets')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.confirmed_at ?? undefined;
}

/** A new secret that counts for nothing before its first code. @throws AppError totp_active */
export async function startTotp(
  { databases: { control }, sealer }: TotpServices,
  user: { id: string; email: string },
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: secretBytes });
  const sealed = sealer.seal(secret.base32, place);
  const { numInsertedOrUpdatedRows: written } = await control
    .insertInto('totp_secrets')
    .values({ user_id: user.id, secret: sealed })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret: sealed, last_step: 0, created_at: sql<string>`now()` })
        .where('totp_secrets.confirmed_at', 'is', null),
    )
    .executeTakeFirstOrThrow();
  if (!written) throw alreadyActive();
  const uri = new TOTP({ ...shape, secret, label: user.email }).toString();
  return { secret: secret.base32, uri };
}

/** Takes the first code. @throws AppError code_wrong, totp_inactive (not started), totp_active */
export async function confirmTotp(services: TotpServices, userId: string, code: string): Promise<void> {
  const { control } = services.databases;
  const row = await control
    .selectFrom('totp_secrets')
    .select(['secret', 'confirmed_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row) throw new AppError('totp_inactive', { message: 'Start with a new secret and scan it first.' });
  if (row.confirmed_at) throw alreadyActive();
  const step = stepOf(services, row.secret, code);
  const confirmed =
    step !== undefined &&
    (await control
      .updateTable('totp_secrets')
      .set({ confirmed_at: sql<string>`now()`, last_step: step })
      .where('user_id', '=', userId)
      .where('secret', '=', row.secret)
      .where('confirmed_at', 'is', null)
      .returning('user_id')
      .executeTakeFirst());
  if (!confirmed) throw codeWrong('This is not the code that the app shows now. Check the clock of your device.');
}

/** Uses a code up: each works once, however many send it at once. @returns whether it was right and unused */
export async function useTotp(services: TotpServices, userId: string, code: string): Promise<boolean> {
  const { control } = services.databases;
  const row = await control
    .selectFrom('totp_secrets')
    .select('secret')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  const step = row && stepOf(services, row.secret, code);
  if (!row || step === undefined) return false;
  const moved = await control
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('secret', '=', row.secret)
    .where('last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst();
  return moved !== undefined;
}

/** @returns whether there was one */
export async function removeTotp(control: Control, userId: string): Promise<boolean> {
  const removed = await control
    .deleteFrom('totp_secrets')
    .where('user_id', '=', userId)
    .returning('confirmed_at')
    .executeTakeFirst();
  await control.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  return removed?.confirmed_at != null;
}

/** The time step that a code is of; undefined when it is of none near now. */
function stepOf({ sealer }: TotpServices, sealed: string, code: string): number | undefined {
  const totp = new TOTP({ ...shape, secret: Secret.fromBase32(sealer.open(sealed, place)) });
  const timestamp = Date.now();
  const token = code.replaceAll(/\s/g, '');
  // The library throws for characters of more than one byte.
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totp.validate({ token, timestamp, window });
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / shape.period) + delta;
}

export function codeWrong(message: string, extra?: Record<string, unknown>): AppError {
  return new AppError('code_wrong', { message, fields: [{ field: 'code', message }], ...(extra && { extra }) });
}

function alreadyActive(): AppError {
  return new AppError('totp_active', { message: 'You have an authenticator app already. Remove it first.' });
}

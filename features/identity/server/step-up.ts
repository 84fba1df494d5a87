import { randomInt } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Services } from '#platform/http/services.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { signIn } from '../sign-in-contract.ts';
import type { Factor, Proof } from '../sign-in-rules.ts';
import { digest } from './digest.ts';
import { limits, withinLimit } from './limits.ts';
import { forgive, takeTry } from './locks.ts';
import { mailCode } from './mails.ts';
import { unknownPasskey, usePasskey, type UsedPasskey } from './passkeys.ts';
import { hasPassword, provePassword } from './passwords.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';
import { proveTotp } from './second-factor.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn } from './sign-in-log.ts';
import { codeWrong, totpSince } from './totp.ts';

type Control = Databases['control'];
type Given = z.output<typeof signIn.routes.stepUp.body>;

interface Person {
  userId: string;
  sessionId: string;
}

/** What a user can prove themselves by, and the second factors they have. */
export async function proofsOf(control: Control, userId: string): Promise<{ proofs: Proof[]; factors: Factor[] }> {
  const [password, totp, codes, passkey] = await Promise.all([
    hasPassword(control, userId),
    totpSince(control, userId),
    recoveryCodesLeft(control, userId),
    control.selectFrom('passkeys').select('id').where('user_id', '=', userId).limit(1).executeTakeFirst(),
  ]);
  const factors: Factor[] = [
    ...(totp ? (['totp'] as const) : []),
    ...(totp && codes > 0 ? (['recovery'] as const) : []),
    ...(passkey ? (['passkey'] as const) : []),
  ];
  const proofs: Proof[] = [
    ...(password ? (['password'] as const) : []),
    ...(totp ? (['totp'] as const) : []),
    ...(passkey ? (['passkey'] as const) : []),
  ];
  // A mailbox proves least, so it counts only where there is nothing else.
  return { factors, proofs: proofs.length > 0 ? proofs : ['mail'] };
}

/** Proves who is there and makes the session fresh, with a new token. A second factor counts from then on. */
export async function stepUp(
  services: Services,
  sessions: Sessions,
  who: Person,
  given: Given,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { control } = services.databases;
  const log = (outcome: 'stepped_up' | 'step_up_refused') =>
    logSignIn(control, request, { userId: who.userId, sessionId: who.sessionId, way: given.by, outcome });
  try {
    await prove(services, who, given, request, reply);
  } catch (error) {
    if (error instanceof AppError) await log('step_up_refused');
    throw error;
  }
  await sessions.renew(request, reply, given.by === 'totp' || given.by === 'passkey' ? given.by : undefined);
  await log('stepped_up');
}

/** @throws AppError rate_limited; forbidden for those who have something better than their mailbox */
export async function mailStepUpCode(services: Services, who: Person): Promise<void> {
  const { control } = services.databases;
  await requireMailProof(control, who.userId);
  await withinLimit(control, limits.mailbox, `step-up:${who.userId}`);
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  await control
    .insertInto('sign_in_flows')
    .values({
      id: uuidv7(),
      kind: 'step_up_mail',
      secret_hash: digest(`${who.sessionId} ${code}`),
      user_id: who.userId,
      data: '{}',
      expires_at: sql<string>`now() + interval '10 minutes'`,
    })
    .execute();
  const { email } = await control
    .selectFrom('users')
    .select('email')
    .where('id', '=', who.userId)
    .executeTakeFirstOrThrow();
  await mailCode(services, email, code);
}

async function prove(
  services: Services,
  who: Person,
  given: Given,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { control } = services.databases;
  switch (given.by) {
    case 'password':
      return provePassword(control, who.userId, given.password);
    case 'totp':
      return proveTotp(services, who.userId, given.code);
    case 'passkey':
      return provePasskey(services, who, given.response, request, reply);
    case 'mail':
      return proveMail(control, who, given.code);
  }
}

/** The challenge names the user who began; the cookie that holds it may be another account's. */
async function provePasskey(
  services: Services,
  { userId }: Person,
  response: UsedPasskey,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if ((await usePasskey(services, request, reply, 'step_up_passkey', response)) !== userId) throw unknownPasskey();
}

async function proveMail(control: Control, { userId, sessionId }: Person, code: string): Promise<void> {
  await requireMailProof(control, userId);
  const key = `step-up:${userId}`;
  await takeTry(control, key, 'sign out and in again');
  const used = await control
    .deleteFrom('sign_in_flows')
    .where('kind', '=', 'step_up_mail')
    .where('user_id', '=', userId)
    .where('secret_hash', '=', digest(`${sessionId} ${code.replaceAll(/\s/g, '')}`))
    .where('expires_at', '>', sql<string>`now()`)
    .returning('id')
    .executeTakeFirst();
  if (!used) throw codeWrong('This code is wrong or has expired. Look at the newest mail, or ask for another one.');
  await forgive(control, key);
}

async function requireMailProof(control: Control, userId: string): Promise<void> {
  const { proofs } = await proofsOf(control, userId);
  if (!proofs.includes('mail'))
    throw new AppError('forbidden', { message: `Confirm with your ${proofs.join(' or ')} instead.` });
}

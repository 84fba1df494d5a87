import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Identity } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { forgive, takeTry } from './locks.ts';
import { mailNotice } from './mails.ts';
import { recoveryCodesLeft, useRecoveryCode } from './recovery-codes.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn, type Outcome } from './sign-in-log.ts';
import { codeWrong, useTotp } from './totp.ts';

type Control = Databases['control'];

/** Wrong codes in one pending session, of either kind, before it ends. */
const triesAtMost = 5;

export interface FactorProof {
  by: 'totp' | 'recovery';
  code: string;
}

/** @throws AppError code_wrong with the tries left; unauthenticated when there are none; sign_in_locked */
export async function passFactor(
  services: Services,
  sessions: Sessions,
  who: Identity & { userId: string; sessionId: string },
  proof: FactorProof,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (!who.pending) return;
  const { control } = services.databases;
  const log = (outcome: Outcome) =>
    logSignIn(control, request, { userId: who.userId, sessionId: who.sessionId, way: proof.by, outcome });
  try {
    await takeTry(control, factorKey(who.userId), 'sign in with a passkey');
  } catch (error) {
    await log('locked');
    throw error;
  }
  const tries = await countTry(control, who.sessionId);
  if (tries === undefined) throw ended();
  if (await proves(services, who.userId, proof)) {
    await forgive(control, factorKey(who.userId));
    await sessions.renew(request, reply, proof.by);
    await log('factor_ok');
    return;
  }
  await log('factor_refused');
  if (tries >= triesAtMost) {
    await sessions.giveUp(who.sessionId, reply);
    throw ended();
  }
  const left = triesAtMost - tries;
  const again = `${left} ${left === 1 ? 'try is' : 'tries are'} left`;
  throw codeWrong(
    proof.by === 'totp'
      ? `This code is wrong or was used already. Wait for the next one; ${again}.`
      : `This is none of your unused recovery codes; ${again}.`,
    { triesLeft: left },
  );
}

/** For a step-up: the account's lock only, because this session is somebody's who has signed in. */
export async function proveTotp(services: Services, userId: string, code: string): Promise<void> {
  const { control } = services.databases;
  await takeTry(control, factorKey(userId), 'confirm in another way');
  if (!(await useTotp(services, userId, code)))
    throw codeWrong('This code is wrong or was used already. Wait for the next one.');
  await forgive(control, factorKey(userId));
}

export function factorKey(userId: string): string {
  return `factor:${userId}`;
}

async function proves(services: Services, userId: string, { by, code }: FactorProof): Promise<boolean> {
  if (by === 'totp') return useTotp(services, userId, code);
  const { control } = services.databases;
  if (!(await useRecoveryCode(control, userId, code))) return false;
  const left = await recoveryCodesLeft(control, userId);
  const { email } = await control
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const remaining = left === 0 ? 'It was the last one: make new ones now.' : `You have ${left} left.`;
  await mailNotice(
    services,
    email,
    'A recovery code of your Holdfast account was used',
    `Somebody signed in to your account with a recovery code. ${remaining}`,
  );
  return true;
}

/** Before the code is looked at, so that guesses sent at once are counted. @returns undefined when all are used up */
async function countTry(control: Control, sessionId: string): Promise<number | undefined> {
  const counted = await control
    .updateTable('sessions')
    .set({ factor_failures: sql<number>`factor_failures + 1` })
    .where('id', '=', sessionId)
    .where('pending', '=', true)
    .where('factor_failures', '<', triesAtMost)
    .returning('factor_failures')
    .executeTakeFirst();
  return counted?.factor_failures;
}

function ended(): AppError {
  return new AppError('unauthenticated', { message: 'Too many wrong codes. Sign in again.' });
}

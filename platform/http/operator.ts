import type { Identity } from './feature.ts';

/** Whether they may act as operator now: a program by its key, a person with a second factor that this session passed. */
export function isProvenOperator({ operator, userId, factor }: Identity): boolean {
  return operator === true && (userId === undefined || factor === 'totp' || factor === 'passkey');
}

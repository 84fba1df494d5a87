import type { FastifyRequest } from 'fastify';
import type { Databases } from '#platform/db/databases.ts';

type Control = Databases['control'];

/** What a sign-in came to, and what happened to a session, in the words of the account's page. */
export const outcomes = {
  ok: 'Signed in',
  pending: 'Signed in, second factor still to come',
  refused: 'Refused',
  locked: 'Refused after too many wrong tries',
  factor_ok: 'Second factor passed',
  factor_refused: 'Second factor refused',
  stepped_up: 'Confirmed who they are',
  step_up_refused: 'Confirmation refused',
  signed_out: 'Signed out',
  revoked: 'Signed out from another device',
} as const;
export type Outcome = keyof typeof outcomes;

export interface SignInEvent {
  userId?: string | null | undefined;
  sessionId?: string | null | undefined;
  way: string;
  outcome: Outcome;
  detail?: string;
}

/** Every attempt, of unknown addresses too: those without the address, which may be a mistyped password. */
export async function logSignIn(control: Control, request: FastifyRequest, event: SignInEvent): Promise<void> {
  await control
    .insertInto('sign_in_events')
    .values({
      user_id: event.userId ?? null,
      session_id: event.sessionId ?? null,
      way: event.way,
      outcome: event.outcome,
      detail: event.detail ?? null,
      ip_address: request.ip,
      user_agent: userAgentOf(request),
    })
    .execute();
}

export function userAgentOf(request: FastifyRequest): string {
  return (request.headers['user-agent'] ?? '').slice(0, 400);
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import type { Services } from '#platform/http/services.ts';
import { connect, userOf } from './connections.ts';
import { beginFlow, endFlow } from './flows.ts';
import { mailNotice } from './mails.ts';
import type { Providers } from './providers.ts';
import type { Sessions } from './sessions.ts';
import { logSignIn } from './sign-in-log.ts';

const departure = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string().nullable(),
  invitation: z.string().nullable(),
  /** The session that connects the provider; null for signing in. */
  session: z.string().nullable(),
});

export interface DepartureOptions {
  to?: string | undefined;
  invitation?: string | undefined;
  /** Connects the provider with this user instead of signing in. */
  connects?: { userId: string; sessionId: string };
}

/** @returns the provider's address to send the browser to */
export async function departTo(
  services: Services,
  providers: Providers,
  reply: FastifyReply,
  id: string,
  { to, invitation, connects }: DepartureOptions,
): Promise<{ url: string }> {
  const { url, ...secrets } = await providers.depart(providers.require(id));
  const data = {
    ...secrets,
    provider: id,
    to: to ?? null,
    invitation: invitation ?? null,
    session: connects?.sessionId ?? null,
  };
  await beginFlow(services, reply, 'provider', data, connects?.userId ?? null);
  return { url };
}

/** Back from a provider: signs in, or connects it with the account that began. */
export async function arriveFrom(
  services: Services,
  providers: Providers,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  search: string,
): Promise<{ pending: boolean; connected: boolean; to: string | null }> {
  const { control } = services.databases;
  const provider = providers.require(id);
  const flow = await endFlow(services, request, reply, 'provider', departure);
  if (!flow || flow.data.provider !== id)
    throw new AppError('provider_refused', {
      message: `This sign-in with ${provider.name} was not begun in this browser, or it took too long. Begin again.`,
    });
  const { to, invitation, session: connecting } = flow.data;
  try {
    const stranger = await providers.arrive(provider, search, flow.data);
    if (flow.userId === null) {
      const userId = await userOf(control, stranger, invitation);
      const { pending } = await sessions.open(userId, 'oidc', request, reply);
      return { pending, connected: false, to };
    }
    const here = await sessions.find(request);
    if (!here || here.id !== connecting || here.pending)
      throw new AppError('provider_refused', { message: 'You are signed in differently now. Connect it once more.' });
    await connect(control, flow.userId, stranger);
    await tell(services, flow.userId, provider.name);
    return { pending: false, connected: true, to: '/account' };
  } catch (error) {
    await logSignIn(control, request, { userId: flow.userId, way: 'oidc', outcome: 'refused', detail: provider.name });
    throw error;
  }
}

async function tell(services: Services, userId: string, name: string): Promise<void> {
  const { email } = await services.databases.control
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await mailNotice(
    services,
    email,
    `${name} was connected with your Holdfast account`,
    `From now on your ${name} sign-in lets you into your account.`,
  );
}

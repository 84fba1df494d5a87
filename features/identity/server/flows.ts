import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import * as z from 'zod';
import type { Services } from '#platform/http/services.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { BrowserCookie } from './browser-cookie.ts';
import { digest, newSecret } from './digest.ts';

/** Seconds: time to find a key, or to type a password at another provider. */
const flowAge = { passkey: 300, new_passkey: 300, step_up_passkey: 300, provider: 600 } as const;
export type FlowKind = keyof typeof flowAge;

type FlowServices = Pick<Services, 'config' | 'databases'>;

/** Remembers what the second step of a sign-in needs, for the browser that began it and nobody else. */
export async function beginFlow(
  { config, databases }: FlowServices,
  reply: FastifyReply,
  kind: FlowKind,
  data: Record<string, string | null>,
  userId: string | null = null,
): Promise<void> {
  const secret = newSecret();
  const id = uuidv7();
  await databases.control
    .insertInto('sign_in_flows')
    .values({
      id,
      kind,
      secret_hash: digest(secret),
      user_id: userId,
      data: JSON.stringify(data),
      expires_at: sql<string>`now() + ${flowAge[kind]} * interval '1 second'`,
    })
    .execute();
  cookieOf(config, kind).write(reply, `${id}.${secret}`);
}

/** Ends a flow of this browser: it works once. @returns undefined when there is none (any more) */
export async function endFlow<T extends z.ZodType>(
  { config, databases }: FlowServices,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: FlowKind,
  shape: T,
): Promise<{ data: z.output<T>; userId: string | null } | undefined> {
  const cookie = cookieOf(config, kind);
  const [id, secret] = (cookie.read(request) ?? '').split('.');
  cookie.clear(reply);
  if (!z.uuid().safeParse(id).success || !id || !secret) return undefined;
  const flow = await databases.control
    .deleteFrom('sign_in_flows')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('secret_hash', '=', digest(secret))
    .where('expires_at', '>', sql<string>`now()`)
    .returning(['data', 'user_id as userId'])
    .executeTakeFirst();
  return flow && { data: shape.parse(flow.data), userId: flow.userId };
}

function cookieOf(config: FlowServices['config'], kind: FlowKind): BrowserCookie {
  return new BrowserCookie(config, kind, flowAge[kind]);
}

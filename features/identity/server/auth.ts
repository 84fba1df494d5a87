import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import type { setSessionCookie } from 'better-auth/cookies';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import * as z from 'zod';
import type { Config } from '#platform/config.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

/** Seconds a session may last in all, however busy it is. */
const sessionAge = 30 * 86_400;

/** `__Host-`: over https, from this very host, for all of its paths; no other site can set it. */
export function sessionCookieName({ origin }: Config): string {
  return `${origin.startsWith('https:') ? '__Host-' : ''}holdfast.session_token`;
}

/** Called by the server only: no path, so no request reaches them. */
const sessionDoor = {
  id: 'session-door',
  endpoints: {
    beginSession: createAuthEndpoint.serverOnly(
      {
        method: 'POST',
        body: z.object({ userId: z.string(), way: z.string(), ipAddress: z.string(), userAgent: z.string() }),
      },
      async (ctx) => {
        const { userId, ...rest } = ctx.body;
        const session = await ctx.context.internalAdapter.createSession(userId, false, rest);
        await setCookie(ctx, session.token, sessionAge);
        return session;
      },
    ),
    /** A new token for a session that goes on; 0 seconds take the cookie away. */
    giveCookie: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ token: z.string(), seconds: z.number() }) },
      async (ctx) => {
        await setCookie(ctx, ctx.body.token, ctx.body.seconds);
      },
    ),
  },
} satisfies BetterAuthPlugin;

type EndpointContext = Parameters<typeof setSessionCookie>[0];

async function setCookie(ctx: EndpointContext, token: string, maxAge: number): Promise<void> {
  const { name, attributes } = ctx.context.authCookies.sessionToken;
  await ctx.setSignedCookie(name, token, ctx.context.secret, { ...attributes, maxAge });
}

/**
 * Better Auth over our control database: it makes and finds sessions and signs their cookie. None of its own
 * endpoints is mounted (decision 040): each way in is ours and ends in `Sessions.open`.
 */
export function createAuth(config: Config, controlUrl: string) {
  // A pool of its own: Better Auth wants timestamps as Date, ours leave the driver as text.
  const pool = new pg.Pool({
    connectionString: controlUrl,
    max: 4,
    connectionTimeoutMillis: 5_000,
    application_name: 'holdfast-auth',
  });
  pool.on('error', () => undefined);
  const secure = config.origin.startsWith('https:');
  const auth = betterAuth({
    baseURL: config.origin,
    basePath: '/auth',
    secret: config.secret,
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { operator: { type: 'boolean', required: true, input: false } },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        way: { type: 'string', required: true },
        factor: { type: 'string', required: false, input: false },
        pending: { type: 'boolean', required: false, input: false },
        provedAt: { type: 'date', required: false, input: false, fieldName: 'proved_at' },
        lastSeenAt: { type: 'date', required: false, input: false, fieldName: 'last_seen_at' },
      },
      expiresIn: sessionAge,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'holdfast',
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: sessionCookieName(config),
          attributes: { secure },
        },
      },
      database: { generateId: () => uuidv7() },
    },
    plugins: [sessionDoor],
  });
  return { auth, close: () => pool.end() };
}

export type Auth = ReturnType<typeof createAuth>['auth'];

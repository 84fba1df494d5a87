import { betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Config } from '#platform/config.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Mailer } from '#platform/http/services.ts';

/** Seconds a session may last in all, and a mailed link. */
const sessionAge = 30 * 86_400;
const linkAge = 600;

/**
 * Better Auth over our control database. Only `/session` routes call it: its own endpoints are not
 * mounted, because a GET there uses up a mailed link (mail scanners prefetch), and each way in must pass
 * the same gate.
 */
export function createAuth(config: Config, controlUrl: string, mailer: Mailer) {
  // A pool of its own: Better Auth wants timestamps as Date, ours leave the driver as text.
  const pool = new pg.Pool({ connectionString: controlUrl, max: 4, application_name: 'holdfast-auth' });
  pool.on('error', () => undefined);
  const secure = config.origin.startsWith('https:');
  const auth = betterAuth({
    baseURL: config.origin,
    basePath: '/auth',
    secret: config.secret,
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
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
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limits',
      fields: { lastRequest: 'last_request' },
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-in/magic-link': { window: 60, max: 5 },
        '/magic-link/verify': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'holdfast',
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: secure ? '__Host-holdfast.session_token' : 'holdfast.session_token',
          attributes: { secure },
        },
      },
      ipAddress: { ipAddressHeaders: ['x-holdfast-client'] },
      database: { generateId: () => uuidv7() },
    },
    plugins: [
      magicLink({
        expiresIn: linkAge,
        disableSignUp: true,
        storeToken: 'hashed',
        async sendMagicLink({ email, token }) {
          // Asked for by anybody; mailed to users only. The answer is the same.
          const { rowCount } = await pool.query('select from users where email = $1', [email.toLowerCase()]);
          if (!rowCount) return;
          await mailer.send({
            to: email,
            subject: 'Your sign-in link for Holdfast',
            text: `Open this page and press the button to sign in. The link works once, for ten minutes.\n\n${config.origin}/sign-in/link?token=${encodeURIComponent(token)}\n\nIf you did not ask for it, nothing happens without you.\n`,
          });
        },
      }),
    ],
  });
  return { auth, close: () => pool.end() };
}

export type Auth = ReturnType<typeof createAuth>['auth'];

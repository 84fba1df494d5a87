import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import type { Services } from '#platform/http/services.ts';
import { deviceWords } from '../device-words.ts';
import { factors, ways, type Factor, type Way } from '../sign-in-rules.ts';
import { sessionCookieName, type Auth } from './auth.ts';
import { newSecret } from './digest.ts';
import { KnownBrowsers } from './known-browsers.ts';
import { mailNotice } from './mails.ts';
import { logSignIn, userAgentOf, type Outcome } from './sign-in-log.ts';

/** Milliseconds without a request after which a session ends. It ends after 30 days in any case (auth.ts). */
const idleAge = 7 * 86_400_000;
/** Milliseconds in which a second factor must come. */
const pendingAge = 15 * 60_000;
/** `last_seen_at` is written at most so often, in milliseconds. */
const seenEvery = 60_000;

const found = z.object({
  id: z.string(),
  userId: z.string(),
  token: z.string(),
  way: z.enum(ways),
  factor: z.enum(factors).nullable(),
  pending: z.boolean(),
  provedAt: z.date(),
  lastSeenAt: z.date(),
  createdAt: z.date(),
});

export type Session = z.output<typeof found> & { operator: boolean };

/** The one kind of session that all ways in end in: Better Auth's row and signed cookie. */
export class Sessions {
  readonly #auth: Auth;
  readonly #services: Pick<Services, 'config' | 'databases' | 'mailer'>;
  readonly #known: KnownBrowsers;
  readonly #cookieName: string;

  constructor(auth: Auth, services: Pick<Services, 'config' | 'databases' | 'mailer'>) {
    this.#auth = auth;
    this.#services = services;
    this.#known = new KnownBrowsers(services.config);
    this.#cookieName = sessionCookieName(services.config);
  }

  /** The value of our cookie in a request: what names its session. */
  cookieOf(request: FastifyRequest): string | undefined {
    return request.cookies[this.#cookieName];
  }

  /** The session of a request, unless it was left alone for too long. */
  async find(request: FastifyRequest): Promise<Session | undefined> {
    const value = this.cookieOf(request);
    if (!value) return undefined;
    const answer = await this.#lookUp(`${this.#cookieName}=${encodeURIComponent(value)}`);
    if (!answer) return undefined;
    const session = found.parse(answer.session);
    const now = Date.now();
    const unused = now - session.lastSeenAt.getTime();
    if (unused > idleAge || (session.pending && now - session.createdAt.getTime() > pendingAge)) {
      await this.#control.deleteFrom('sessions').where('id', '=', session.id).execute();
      return undefined;
    }
    if (unused > seenEvery) await this.#seen(session.id);
    return { ...session, operator: answer.user.operator };
  }

  /**
   * Signs a user in; every way in ends here. The session is pending where the user has a second factor that
   * this way doesn't include (the database decides), and replaces the one that the browser had.
   */
  async open(
    userId: string,
    way: Way,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ sessionId: string; pending: boolean }> {
    const before = await this.find(request);
    const { headers, response } = await this.#auth.api.beginSession({
      body: { userId, way, ipAddress: request.ip, userAgent: userAgentOf(request) },
      returnHeaders: true,
    });
    passCookies(headers, reply);
    if (before) await this.#control.deleteFrom('sessions').where('id', '=', before.id).execute();
    const { id: sessionId, pending } = z.object({ id: z.string(), pending: z.boolean() }).parse(response);
    if (!pending) await this.#greet(userId, request, reply);
    await this.#log(request, { userId, id: sessionId, way }, pending ? 'pending' : 'ok');
    return { sessionId, pending };
  }

  /**
   * After a proof of who is there: a new token, fresh from now on, the factor passed. Of several at once one works.
   * @throws AppError unauthenticated when the session has ended meanwhile
   */
  async renew(request: FastifyRequest, reply: FastifyReply, factor?: Factor): Promise<void> {
    const session = await this.find(request);
    const token = newSecret();
    const kept = session && (await this.#replaceToken(session, token, factor));
    if (!session || !kept) throw new AppError('unauthenticated', { message: 'This session has ended. Sign in again.' });
    const seconds = Math.floor((Date.parse(kept.expires_at) - Date.now()) / 1_000);
    await this.#giveCookie(reply, token, seconds);
    if (session.pending) await this.#greet(session.userId, request, reply);
  }

  /** Signs out of this browser. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const session = await this.find(request);
    await this.#giveCookie(reply, '', 0);
    if (!session) return;
    await this.#control.deleteFrom('sessions').where('id', '=', session.id).execute();
    await this.#log(request, session, 'signed_out');
  }

  /** Ends a pending session whose tries are used up. */
  async giveUp(sessionId: string, reply: FastifyReply): Promise<void> {
    await this.#control.deleteFrom('sessions').where('id', '=', sessionId).execute();
    await this.#giveCookie(reply, '', 0);
  }

  async #lookUp(cookie: string) {
    try {
      return await this.#auth.api.getSession({ headers: new Headers({ cookie }) });
    } catch (cause) {
      // The library words every failure alike; what can fail there is its database.
      throw new AppError('unavailable', { message: 'Who you are cannot be looked up now. Try again shortly.', cause });
    }
  }

  #replaceToken({ id, token: old }: Session, token: string, factor: Factor | undefined) {
    return this.#control
      .updateTable('sessions')
      .set({
        token,
        pending: false,
        factor_failures: 0,
        proved_at: sql<string>`now()`,
        updated_at: sql<string>`now()`,
        last_seen_at: sql<string>`now()`,
        ...(factor && { factor }),
      })
      .where('id', '=', id)
      .where('token', '=', old)
      .returning('expires_at')
      .executeTakeFirst();
  }

  async #giveCookie(reply: FastifyReply, token: string, seconds: number): Promise<void> {
    const { headers } = await this.#auth.api.giveCookie({ body: { token, seconds }, returnHeaders: true });
    passCookies(headers, reply);
  }

  async #seen(id: string): Promise<void> {
    await this.#control
      .updateTable('sessions')
      .set({ last_seen_at: sql<string>`now()` })
      .where('id', '=', id)
      .where('last_seen_at', '<', sql<string>`now() - ${seenEvery} * interval '1 millisecond'`)
      .execute();
  }

  /** Tells users of a sign-in with a browser that they never used; of their very first sign-in they know. */
  async #greet(userId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#known.greet(userId, request, reply)) return;
    const user = await this.#control
      .selectFrom('users as u')
      .select(['u.email', 'u.created_at'])
      .where('u.id', '=', userId)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('sign_in_events as e')
            .select('e.id')
            .whereRef('e.user_id', '=', 'u.id')
            .where('e.outcome', 'in', ['ok', 'factor_ok']),
        ),
      )
      .executeTakeFirst();
    if (!user) return;
    const device = deviceWords(request.headers['user-agent']);
    await mailNotice(
      this.#services,
      user.email,
      'New sign-in to your Holdfast account',
      `Somebody signed in to your account with a browser that was not used before: ${device}, from the address ${request.ip}.`,
    );
  }

  #log(request: FastifyRequest, { userId, id, way }: Pick<Session, 'userId' | 'id' | 'way'>, outcome: Outcome) {
    return logSignIn(this.#control, request, { userId, sessionId: id, way, outcome });
  }

  get #control() {
    return this.#services.databases.control;
  }
}

function passCookies(headers: Headers, reply: FastifyReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}

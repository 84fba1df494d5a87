import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform/config.ts';
import { BrowserCookie } from './browser-cookie.ts';

/** A browser that isn't used for so long is new again, in seconds. */
const age = 365 * 86_400;
/** Users of one browser that are remembered. */
const most = 8;

/**
 * Which users have signed in with a browser before. It carries a mark for each that only we can make: an
 * attacker with the same kind of browser is new, and nothing need be kept here.
 */
export class KnownBrowsers {
  readonly #cookie: BrowserCookie;
  readonly #secret: string;

  constructor(config: Config) {
    this.#cookie = new BrowserCookie(config, 'known', age);
    this.#secret = config.secret;
  }

  /** Remembers the user in this browser. @returns whether they were known in it */
  greet(userId: string, request: FastifyRequest, reply: FastifyReply): boolean {
    const marks = (this.#cookie.read(request) ?? '').split('.').filter(Boolean);
    const mark = createHmac('sha256', this.#secret).update(`known-browser:${userId}`).digest('base64url');
    const others = marks.filter((one) => !equal(one, mark));
    this.#cookie.write(reply, [mark, ...others].slice(0, most).join('.'));
    return others.length < marks.length;
  }
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

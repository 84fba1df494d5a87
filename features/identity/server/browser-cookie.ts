import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform/config.ts';

/** A cookie that only our own pages send, and scripts can't read. Beside the session's, which the library sets. */
export class BrowserCookie {
  readonly #name: string;
  readonly #secure: boolean;
  readonly #seconds: number;

  constructor(config: Config, name: string, seconds: number) {
    this.#secure = config.origin.startsWith('https:');
    this.#name = `${this.#secure ? '__Host-' : ''}holdfast.${name}`;
    this.#seconds = seconds;
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  write(reply: FastifyReply, value: string): void {
    this.#set(reply, value, this.#seconds);
  }

  clear(reply: FastifyReply): void {
    this.#set(reply, '', 0);
  }

  #set(reply: FastifyReply, value: string, maxAge: number): void {
    reply.setCookie(this.#name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure, maxAge });
  }
}

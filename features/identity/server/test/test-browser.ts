import { WebSocket } from 'undici';
import { createClient, type Client } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { account } from '../../account-contract.ts';
import { identity } from '../../contract.ts';
import { signIn } from '../../sign-in-contract.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A browser as the server sees one: it keeps cookies and says its own origin. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  /** Every `set-cookie` line that came. */
  readonly setCookies: string[] = [];
  readonly #baseUrl: string;
  readonly #userAgent: string;

  constructor(baseUrl: string, userAgent = firefox) {
    this.#baseUrl = baseUrl;
    this.#userAgent = userAgent;
  }

  of<C extends Contract>(contract: C): Client<C> {
    return createClient(contract, { baseUrl: this.#baseUrl, fetch: (url, init) => this.fetch(String(url), init) });
  }

  get signIn(): Client<typeof signIn> {
    return this.of(signIn);
  }

  get account(): Client<typeof account> {
    return this.of(account);
  }

  get identity(): Client<typeof identity> {
    return this.of(identity);
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('origin', this.#baseUrl);
    headers.set('user-agent', this.#userAgent);
    if (this.cookies.size > 0) headers.set('cookie', this.cookie);
    const response = await fetch(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** The live socket of an organisation: settles once it speaks, fails when it is refused. */
  follow(org: string): Promise<WebSocket> {
    const url = `${this.#baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`;
    const socket = new WebSocket(url, { headers: { cookie: this.cookie } });
    return new Promise((resolve, reject) => {
      socket.onmessage = () => resolve(socket);
      socket.onerror = () => reject(new Error('The socket was refused.'));
    });
  }

  /** As a Cookie header. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same cookies in a browser of their own, as a thief would have them. */
  copy(): TestBrowser {
    const other = new TestBrowser(this.#baseUrl, this.#userAgent);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  #keep(line: string): void {
    this.setCookies.push(line);
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '' || /max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

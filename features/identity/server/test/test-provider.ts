import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';

const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

export interface ProviderPerson {
  subject: string;
  email: string;
  emailVerified: boolean;
  name: string;
}

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in there next; undefined: they turn back. */
  person: ProviderPerson | undefined;
  stop(): Promise<void>;
}

/** What the provider hands to `loadExistingGrant`, as far as we look at it. */
interface GrantContext {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } };
  };
}

/** A real OpenID Connect provider on a port of its own, whose people sign in at once. */
export async function startTestProvider(redirectUris: string[]): Promise<TestProvider> {
  const server = createServer();
  const port = await listen(server);
  const issuer = `http://127.0.0.1:${port}`;
  const test: TestProvider = {
    issuer,
    clientId: 'holdfast',
    clientSecret: 'a secret that both know',
    person: undefined,
    stop: () => new Promise((done) => void server.close(() => done())),
  };
  const people = new Map<string, ProviderPerson>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: test.clientId, client_secret: test.clientSecret, redirect_uris: redirectUris }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['of the test'] },
    jwks: { keys: [{ ...signingKey, use: 'sig', kid: 'test' }] },
    // Said, because the package warns of each default. Seconds.
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, subject: string) => ({
      accountId: subject,
      claims: () => claimsOf(people.get(subject), subject),
    }),
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return handle(request, response);
    const { person } = test;
    if (person) people.set(person.subject, person);
    const result = person
      ? { login: { accountId: person.subject } }
      : { error: 'access_denied', error_description: 'They turned back.' };
    void provider.interactionFinished(request, response, result);
  });
  return test;
}

/** Walks from the address that we send the browser to, to the one that the provider sends it back to. */
export async function walkThrough(url: string, ownOrigin: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(url);
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`The provider stopped at ${at.href}: ${await response.text()}`);
    at = new URL(location, at);
    if (at.origin === ownOrigin) return at;
  }
  throw new Error('The provider goes in circles.');
}

function claimsOf(person: ProviderPerson | undefined, subject: string): Record<string, unknown> {
  if (!person) return { sub: subject };
  return { sub: subject, email: person.email, email_verified: person.emailVerified, name: person.name };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('The provider has no port.'));
    });
  });
}

import { onTestFinished } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import { roles, type Contract, type Role } from '#platform/contract/contract.ts';
import { cloneDatabases, type TestDatabases } from '#platform/test/databases.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { createApiKey, createOrganisation } from '#features/identity/server/commands.ts';
import { startApp, type RunningApp } from '../start.ts';

export interface TestOrganisation {
  id: string;
  slug: string;
  /** One API key per role. */
  keys: Record<Role, string>;
}

export interface TestApp extends TestDatabases {
  app: RunningApp;
  baseUrl: string;
  /** The organisation that most tests work in. */
  org: TestOrganisation;
  /** Another organisation and its keys; the same shape as `org`. */
  addOrganisation(slug: string): Promise<TestOrganisation>;
  /** A typed client with the API key of a role, of `org` unless another one is given. */
  client<C extends Contract>(contract: C, role?: Role, org?: TestOrganisation): Client<C>;
  /** A transaction in the scope of `org`, as the app's role. */
  inTenant<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** The whole server on a port of its own, over databases of its own. Call in `beforeAll`; stop in `afterAll`. */
export async function startTestApp(env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const cloned = await cloneDatabases(env);
  const app = await startApp(cloned.config, cloned.databases);
  // Any free one, unless the test says which: what it builds links with must be known before.
  await app.http.listen({ port: cloned.config.port, host: '127.0.0.1' });
  const address = app.http.server.address();
  if (!address || typeof address === 'string') throw new Error('The server has no port.');
  const baseUrl = `http://127.0.0.1:${address.port}`;
  const addOrganisation = async (slug: string) => {
    const made = await makeOrganisation(cloned, slug);
    // What was made of it is in its record before anybody counts there.
    await app.relay.settled();
    return made;
  };
  const org = await addOrganisation('test');
  return {
    ...cloned,
    app,
    baseUrl,
    org,
    addOrganisation,
    client: (contract, role = 'owner', of = org) =>
      createClient(contract, { baseUrl, headers: { authorization: `Bearer ${of.keys[role]}` } }),
    inTenant: (work) =>
      withTenant(cloned.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), work),
    stop: () => app.stop(),
  };
}

async function makeOrganisation({ databases }: TestDatabases, slug: string): Promise<TestOrganisation> {
  const organisation = { name: slug, slug, packs: ['orchestra'], zone: 'Europe/Berlin', currency: 'EUR' };
  const id = await createOrganisation(databases, organisation, undefined);
  const keyOf = async (role: Role) =>
    (await createApiKey(databases.control, id, { name: role, role, createdBy: null })).key;
  const keys = await Promise.all(roles.map(async (role) => [role, await keyOf(role)] as const));
  return { id, slug, keys: Object.fromEntries(keys) as Record<Role, string> };
}

/** For a test that needs a server of its own. */
export async function ownTestApp(env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const test = await startTestApp(env);
  onTestFinished(() => test.stop());
  return test;
}

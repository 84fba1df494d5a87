import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '#platform/contract/contract.ts';
import { checksumOf, plant, relayed } from './canaries.ts';
import { requests } from './generate.ts';
import { addPerson, type Person } from './people.ts';
import { allRoutes, ask, scopeOfRoute, type Credential } from './routes.ts';
import { startTestApp, type TestApp, type TestOrganisation } from './test-app.ts';

/** Bar 4: whatever one organisation's people and programs send, nothing of another gets out or changes. */
const canary = 'CANARY-4X';
const runs = Number(process.env['CROSS'] ?? 1_000);

let app: TestApp;
let other: TestOrganisation;
let ids: string[];
let people: Person[];
let credentials: Credential[];

beforeAll(async () => {
  app = await startTestApp();
  other = await app.addOrganisation('other');
  const foreign = Object.values(await plant(app, other.id, canary));
  const own = Object.values(await plant(app, app.org.id, 'own'));
  ids = [...foreign, ...foreign, ...own, other.id, randomUUID()];
  people = [];
  for (const role of roles) people.push(await addPerson(app, { role }));
  credentials = [...people, ...roles.map((role) => ({ key: app.org.keys[role] })), undefined];
  await relayed(app);
});
afterAll(() => app.stop());

const routes = allRoutes
  .filter((one) => scopeOfRoute(one) === 'org')
  // They would end the organisation that asks.
  .filter(({ name }) => !/closeOrganisation|leave|Season$/i.test(name))
  .map(({ route }) => route);

test(`${runs} requests with foreign ids everywhere`, { timeout: 60_000 + runs * 40 }, async () => {
  const before = await checksumOf(app.adminUrl.tenant, other.id);
  const asked = fc.oneof(
    { weight: 5, arbitrary: requests(routes, 'test', ids) },
    { weight: 1, arbitrary: requests(routes, 'other', ids) },
    { weight: 1, arbitrary: requests(routes, other.id, ids) },
  );
  await fc.assert(
    fc.asyncProperty(asked, fc.nat(), async (made, who) => {
      const credential = credentials[who % credentials.length];
      const { status, body, headers } = await ask(app.baseUrl, made, credential);
      const what = `${made.method} ${made.path} ${JSON.stringify(made.body)}\n${status} ${body}`;
      expect(body + headers, what).not.toContain(canary);
      expect(status, what).toBeLessThan(500);
    }),
    { numRuns: runs },
  );
  expect(await checksumOf(app.adminUrl.tenant, other.id)).toBe(before);
});

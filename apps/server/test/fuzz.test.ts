import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { requests } from './generate.ts';
import { addPerson, type Person } from './people.ts';
import { allRoutes, ask, scopeOfRoute } from './routes.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
let owner: Person;
/** Ids of things that exist, so that requests get past the look-up. */
let ids: string[];
beforeAll(async () => {
  app = await startTestApp();
  owner = await addPerson(app, { role: 'owner' });
  const made = await Promise.all(
    ['person', 'place', 'thing'].map((kind) =>
      app.client(resources).create({ org: 'test', body: { kind: kind as 'person', name: kind } }),
    ),
  );
  const body = { title: 'Fuzzed', startsAt: '2029-03-01T10:00:00Z', endsAt: '2029-03-01T12:00:00Z' };
  ids = [...made.map(({ id }) => id), (await app.client(engagements).create({ org: 'test', body })).id];
});
afterAll(() => app.stop());

/** Left out: they would end the session or the organisation that the others work with, or take minutes. */
const sparing = allRoutes
  .filter((one) => ['org', 'account'].includes(scopeOfRoute(one)))
  .filter(({ name }) => !/signOut|revokeSession|eraseAccount|closeOrganisation|leave|nyphil|Season$/i.test(name))
  .map(({ route }) => route);
const open = allRoutes.filter((one) => scopeOfRoute(one) === 'public').map(({ route }) => route);
const runs = Number(process.env['FUZZ'] ?? 1_500);

const timeout = 60_000 + runs * 40;

test(`${runs} generated requests: no answer is our fault`, { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(requests(sparing, 'test', ids), async (made) => {
      const { status, body } = await ask(app.baseUrl, made, owner);
      expect(status, `${made.method} ${made.path} ${JSON.stringify(made.body)}\n${body}`).toBeLessThan(500);
    }),
    { numRuns: runs },
  );
});

test(`${Math.ceil(runs / 5)} generated requests of nobody: no answer is our fault`, { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(requests(open, 'test', ids), async (made) => {
      const { status, body } = await ask(app.baseUrl, made, undefined);
      expect(status, `${made.method} ${made.path} ${JSON.stringify(made.body)}\n${body}`).toBeLessThan(500);
    }),
    { numRuns: Math.ceil(runs / 5) },
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { contention } from './contention.ts';
import { groups } from './groups.ts';
import { moves } from './moves.ts';
import { restores } from './restores.ts';
import { retries } from './retries.ts';
import { season } from './season.ts';
import { tampering } from './tampering.ts';
import type { World } from './world.ts';

/** The bars at a size for every day; `npm run bench -- bars` runs them whole. */
let app: TestApp;
let world: World;
let neighbour: World;
beforeAll(async () => {
  app = await startTestApp();
  world = worldOf(app, app.org);
  neighbour = worldOf(app, await app.addOrganisation('neighbour'));
});
afterAll(() => app.stop());

test('bar 1: one winner per slot under contention', async () => {
  expect(await contention(world, 600, 20, 50)).toMatchObject({ winners: 20, conflicts: 580 });
});

test('bar 2: groups are confirmed whole or not at all, while claims move', async () => {
  const figures = await groups(world, 120, 120, 16);
  expect(figures.confirmed).toBeGreaterThan(0);
  expect(figures.moved).toBeGreaterThan(0);
});

test('bar 7: retries and cut connections have one effect each', async () => {
  expect(await retries(world, 150, 16)).toMatchObject({ effects: 150 });
});

test('a season of calls by a simulated clock', { timeout: 180_000 }, async () => {
  const orchestra = worldOf(app, await app.addOrganisation('orchestra'));
  const { databases, config } = app;
  const size = { projects: 2, services: 8, substitutes: 90 };
  const { seats } = await season({ world: orchestra, databases, secret: config.secret }, size);
  expect(seats).toMatchObject({ call: expect.any(Number), roster: expect.any(Number) });
});

test('an organisation moves between databases under load without losing a write', { timeout: 120_000 }, async () => {
  const figures = await moves(world, neighbour, app.databases, 2, 8);
  expect(figures.moves).toBe(4);
  expect(figures.acknowledged).toBeGreaterThan(100);
});

test('bar 12: exported, erased and restored, it is what it was, and the others are untouched', async () => {
  const figures = await restores(world, [neighbour], app.databases);
  expect(figures.rows).toBeGreaterThan(100);
});

test('bar 15: each tampering with the record of changes is found and named', { timeout: 120_000 }, async () => {
  expect(await tampering(app.databases, app.adminUrl, 250)).toMatchObject({ attempts: 250 });
});

function worldOf({ baseUrl, adminUrl }: TestApp, { id, slug, keys }: TestOrganisation): World {
  return { baseUrl, org: slug, orgId: id, key: keys.owner, tenantUrl: adminUrl.tenant };
}

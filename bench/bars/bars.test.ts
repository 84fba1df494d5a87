import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { contention } from './contention.ts';
import { groups } from './groups.ts';
import { retries } from './retries.ts';
import type { World } from './world.ts';

/** The bars at a size for every day; `npm run bench -- bars` runs them whole. */
let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startTestApp();
  world = {
    baseUrl: app.baseUrl,
    org: app.org.slug,
    orgId: app.org.id,
    key: app.org.keys.owner,
    tenantUrl: app.adminUrl.tenant,
  };
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

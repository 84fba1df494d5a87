import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { identity } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('an API key sees its one organisation with its permissions', async () => {
  const me = await app.client(identity, 'staff').me({});
  expect(me.user).toBeNull();
  expect(me.organisations).toHaveLength(1);
  expect(me.organisations[0]).toMatchObject({ slug: 'test', role: 'staff' });
});

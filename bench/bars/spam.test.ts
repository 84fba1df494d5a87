import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { spam } from './spam.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_PROXIES: '1' });
});
afterAll(() => app.stop());

test('spam of every shape stays out of the inbox, and people come through', { timeout: 120_000 }, async () => {
  const { baseUrl, adminUrl, org, config } = app;
  const world = { baseUrl, org: org.slug, orgId: org.id, key: org.keys.owner, tenantUrl: adminUrl.tenant };
  const attacked = { world, secret: config.secret, memory: () => process.memoryUsage().rss };
  const figures = await spam(attacked, 152, 8);
  expect(figures).toMatchObject({ 'spam through': 0 });
  expect(figures['kept apart']).toBeGreaterThan(20);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { advance } from '../../contract.ts';
import { advancePath } from '../../server/link.ts';
import { outsideAdvance } from '../contract.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

test('whoever writes without end is stopped: each word is told to somebody', async () => {
  const times = { startsAt: '2039-05-01T18:00:00.000Z', endsAt: '2039-05-01T21:00:00.000Z' };
  const { id } = await app.client(engagements).create({ org, body: { title: 'Talkative', ...times } });
  const office = app.client(advance);
  const ask = (title: string) => office.addItem({ org, params: { id }, body: { title } });
  const [one, other] = [await ask('Load-in'), await ask('Power')];
  const link = await office.send({ org, params: { id }, body: { name: 'Vera', email: 'vera@venue.example' } });
  const path = advancePath(app.app.services.config.secret, app.org.id, { linkId: link.id, version: 1 });
  const at = { orgId: app.org.id, token: path.split('/').at(-1) ?? '' };
  const outside = createClient(outsideAdvance, { baseUrl: app.baseUrl });
  const write = (itemId: string) => outside.comment({ params: { ...at, itemId }, body: { body: 'And another thing' } });
  for (let count = 0; count < 30; count++) await write(one.id);
  await expect(write(other.id)).rejects.toMatchObject({ status: 429, code: 'rate_limited' });
  await outside.answer({ params: { ...at, itemId: one.id }, body: { version: one.version, answer: '14:00' } });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'undici';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { revokeApiKey } from '#features/identity/server/commands.ts';
import { parties } from '#features/parties/contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Message {
  type: string;
  changes?: { entity: string; id: string; operation: string }[];
}

function follow(org: string, key: string) {
  const received: Message[] = [];
  const socket = new WebSocket(`${app.baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`, {
    headers: { authorization: `Bearer ${key}` },
  });
  socket.addEventListener('message', ({ data }) => received.push(JSON.parse(String(data)) as Message));
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code));
  });
  return { socket, received, closed };
}

test('followers hear what changed in their organisation, and nothing of another', async () => {
  const other = await app.addOrganisation('elsewhere');
  const [mine, theirs] = [follow('test', app.org.keys.owner), follow('elsewhere', other.keys.owner)];
  await expect.poll(() => [mine.received.length, theirs.received.length]).toEqual([1, 1]);
  const { id } = await app.client(parties).create({ org: 'test', body: { name: 'Ada' } });
  await expect
    .poll(() => mine.received.at(-1))
    .toEqual({ type: 'changes', changes: [{ entity: 'parties', id, version: 1, operation: 'insert' }] });
  expect(theirs.received).toEqual([{ type: 'resync' }]);
  mine.socket.close();
  theirs.socket.close();
});

test('a socket ends when its credential does, and none opens without one', async () => {
  const refused = follow('test', 'hf_nobody');
  expect(await refused.closed).toBe(1006);
  const foreign = follow('elsewhere', app.org.keys.owner);
  expect(await foreign.closed).toBe(1006);
  const guest = await app.addOrganisation('guests');
  const socket = follow('guests', guest.keys.staff);
  await expect.poll(() => socket.received.length).toBe(1);
  const { id } = await app.databases.control
    .selectFrom('api_keys')
    .select('id')
    .where('organisation_id', '=', guest.id)
    .where('role', '=', 'staff')
    .executeTakeFirstOrThrow();
  await revokeApiKey(app.databases.control, guest.id, id);
  expect(await socket.closed).toBe(4401);
});

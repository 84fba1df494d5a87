import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { defineContract } from '../contract/contract.ts';
import { createClient } from './client.ts';
import { onProofNeeded, onTurnedAway, type TurnedAway } from './who-asks.ts';

const contract = defineContract({
  name: 'things',
  permissions: {},
  routes: {
    change: { method: 'POST', path: '/things', scope: 'account', summary: '', body: z.object({ name: z.string() }) },
    list: { method: 'GET', path: '/things', scope: 'account', summary: '' },
  },
});

/** A server that answers each request by the next of these codes, `ok` for 200. */
function answering(...codes: string[]) {
  const keys: (string | null)[] = [];
  const client = createClient(contract, {
    fetch: async (_, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      const code = codes.shift() ?? 'ok';
      return Response.json({ code }, { status: code === 'ok' ? 200 : code === 'unauthenticated' ? 401 : 403 });
    },
  });
  return { client, keys };
}

const away: TurnedAway[] = [];
onTurnedAway((reason) => void away.push(reason));
let takeBack = () => {};
afterEach(() => {
  takeBack();
  away.length = 0;
});

test('a call that needs a proof waits for it and is sent once more, with its key', async () => {
  takeBack = onProofNeeded(async () => true);
  const { client, keys } = answering('step_up_required', 'ok');
  await client.change({ body: { name: 'a' } });
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('calls that are refused together share one question', async () => {
  let questions = 0;
  takeBack = onProofNeeded(async () => {
    questions += 1;
    await new Promise((done) => setTimeout(done, 20));
    return true;
  });
  const { client } = answering('step_up_required', 'step_up_required', 'ok', 'ok');
  await Promise.all([client.change({ body: { name: 'a' } }), client.list({})]);
  expect(questions).toBe(1);
});

test('without a proof the call fails as it was refused, and it is asked but once', async () => {
  takeBack = onProofNeeded(async () => false);
  const closed = answering('step_up_required', 'ok');
  await expect(closed.client.change({ body: { name: 'a' } })).rejects.toMatchObject({ code: 'step_up_required' });
  expect(closed.keys).toHaveLength(1);
  takeBack = onProofNeeded(async () => true);
  const stubborn = answering('step_up_required', 'step_up_required', 'ok');
  await expect(stubborn.client.change({ body: { name: 'a' } })).rejects.toMatchObject({ code: 'step_up_required' });
  expect(stubborn.keys).toHaveLength(2);
});

test('a call that was on its way while the cookie changed is sent once more; who is signed out is led away', async () => {
  const { client, keys } = answering('ok', 'unauthenticated', 'ok', 'unauthenticated', 'unauthenticated');
  await client.list({});
  await client.list({});
  expect(away).toEqual([]);
  await expect(client.list({})).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(keys).toHaveLength(5);
  expect(away).toEqual(['unauthenticated']);
  // Known to be signed out: nothing is tried twice.
  const stranger = answering('unauthenticated', 'ok');
  await expect(stranger.client.list({})).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(stranger.keys).toHaveLength(1);
});

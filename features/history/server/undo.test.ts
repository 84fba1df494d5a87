import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import type { ApiError } from '#platform/client/client.ts';
import { history, type Change } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const evening = { startsAt: '2026-05-01T17:30:00.000Z', endsAt: '2026-05-01T20:00:00.000Z' };
const later = { startsAt: '2026-05-02T17:30:00.000Z', endsAt: '2026-05-02T20:00:00.000Z' };
const org = 'test';

/** The newest entry of this kind. */
async function entry(query: { entityId: string }, operation: Change['operation']): Promise<Change> {
  const { items } = await app.client(history).list({ org, query: { ...query, operation, limit: 1 } });
  if (!items[0]) throw new Error(`No ${operation} of ${query.entityId}.`);
  return items[0];
}

const undo = (change: Change, role: 'owner' | 'manager' = 'owner') =>
  app.client(history, role).undo({ org, params: { changeId: change.id }, body: {} });
const refusal = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: ApiError) => error,
  );

const make = async (title: string) => app.client(engagements).create({ org, body: { title, ...evening } });
const room = async (name: string) => (await app.client(resources).create({ org, body: { kind: 'place', name } })).id;
const read = (id: string) => app.client(engagements).get({ org, params: { id } });

async function place(
  resourceId: string,
  status: 'hold' | 'commit',
  engagementId: string | null = null,
  times = evening,
) {
  const body = { engagementId, claims: [{ resourceId, status, ...times }] };
  const [claim] = (await app.client(claims).place({ org, body })).claims;
  if (!claim) throw new Error('Nothing was placed.');
  return claim;
}
const claimOf = async (resourceId: string) => (await app.client(claims).list({ org, query: { resourceId } })).items;

test('a field: set back, told with its reason, and the undo undone', async () => {
  const { id } = await make('First');
  await app.client(engagements).change({ org, params: { id }, body: { version: 1, title: 'Second', notes: 'N' } });
  await undo(await entry({ entityId: id }, 'update'));
  expect((await read(id)).engagement).toMatchObject({ title: 'First', notes: '', version: 3 });
  const undone = await entry({ entityId: id }, 'update');
  expect(undone.reason).toMatch(/^Undo of change \d+, by API key “owner”$/);
  await undo(undone);
  expect((await read(id)).engagement).toMatchObject({ title: 'Second', notes: 'N' });
});

test('what was changed since is refused with who and when; other fields don’t matter', async () => {
  const { id } = await make('One');
  const api = app.client(engagements, 'manager');
  await api.change({ org, params: { id }, body: { version: 1, title: 'Two' } });
  const renamed = await entry({ entityId: id }, 'update');
  await api.change({ org, params: { id }, body: { version: 2, notes: 'Other field' } });
  await undo(renamed);
  expect((await read(id)).engagement).toMatchObject({ title: 'One', notes: 'Other field' });
  const error = await refusal(undo(renamed));
  expect(error).toMatchObject({ status: 409, code: 'changed_since' });
  expect(error.message).toMatch(/^Since then title was changed by API key “owner” on \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/);
});

test('a decision goes back through the pipeline', async () => {
  const { id } = await make('Decided');
  await app.client(engagements).setStage({ org, params: { id }, body: { version: 1, stage: 'held' } });
  await undo(await entry({ entityId: id }, 'update'));
  const { engagement, decisions } = await read(id);
  expect(engagement.stage).toBe('planned');
  expect(decisions.at(-1)).toMatchObject({
    fromStage: 'held',
    toStage: 'planned',
    reason: expect.stringMatching('Undo'),
  });
});

test('a deleted engagement comes back with its contacts and decisions', async () => {
  const { id } = await make('Lost and found');
  const { id: partyId } = await app.client(parties).create({ org, body: { name: 'Ann' } });
  await app.client(engagements).addParty({ org, params: { id }, body: { partyId, role: 'agent' } });
  await app.client(engagements).setStage({ org, params: { id }, body: { version: 1, stage: 'held' } });
  const before = await read(id);
  await app.client(engagements).remove({ org, params: { id } });
  const removal = await entry({ entityId: id }, 'delete');
  await undo(removal);
  const after = await read(id);
  expect(after.parties).toEqual(before.parties);
  expect(after.decisions).toEqual(before.decisions);
  const { version: _, updatedAt: __, createdAt: ___, ...fields } = before.engagement;
  expect(after.engagement).toMatchObject({ ...fields, version: 3 });
  expect(await refusal(undo(removal))).toMatchObject({ code: 'changed_since' });
});

test('a new engagement is deleted again, unless something hangs on it', async () => {
  const empty = await make('Empty');
  const held = await make('Held');
  await place(await room('Of the held one'), 'hold', held.id);
  await undo(await entry({ entityId: empty.id }, 'insert'));
  await expect(read(empty.id)).rejects.toMatchObject({ status: 404 });
  expect(await refusal(undo(await entry({ entityId: held.id }, 'insert')))).toMatchObject({ code: 'in_use' });
});

test('claims: released and placed again, at the end of the queue', async () => {
  const resourceId = await room('Queue');
  const [first, second] = [await place(resourceId, 'hold'), await place(resourceId, 'hold')];
  await app.client(claims).release({ org, body: { claimIds: [first.id], reason: 'Mistake' } });
  await undo(await entry({ entityId: first.id }, 'delete'));
  const ranks = () => claimOf(resourceId).then((list) => Object.fromEntries(list.map(({ id, rank }) => [id, rank])));
  expect(await ranks()).toEqual({ [second.id]: 1, [first.id]: 2 });
  expect((await claimOf(resourceId)).find(({ id }) => id === first.id)?.version).toBe(2);
  await undo(await entry({ entityId: first.id }, 'insert'));
  expect(await ranks()).toEqual({ [second.id]: 1 });
});

test('claims: moved back, or refused in words when the time was taken', async () => {
  const resourceId = await room('Moved');
  const claim = await place(resourceId, 'commit');
  await app.client(claims).move({ org, params: { id: claim.id }, body: { version: 1, ...later } });
  const moved = await entry({ entityId: claim.id }, 'update');
  const inTheWay = await place(resourceId, 'commit');
  const error = await refusal(undo(moved));
  expect(error).toMatchObject({ status: 409, code: 'conflict' });
  expect(error.message).toContain('Moved is committed to');
  await app.client(claims).release({ org, body: { claimIds: [inTheWay.id] } });
  await undo(moved);
  expect(await claimOf(resourceId)).toMatchObject([{ id: claim.id, ...evening }]);
});

test('claims: status, note and rank', async () => {
  const resourceId = await room('Changed');
  const claim = await place(resourceId, 'hold');
  const api = app.client(claims);
  await api.change({ org, params: { id: claim.id }, body: { version: 1, note: 'Bring a key' } });
  await undo(await entry({ entityId: claim.id }, 'update'));
  expect(await claimOf(resourceId)).toMatchObject([{ note: '', version: 3 }]);
  await api.setStatus({ org, params: { id: claim.id }, body: { version: 3, status: 'commit' } });
  await undo(await entry({ entityId: claim.id }, 'update'));
  expect(await claimOf(resourceId)).toMatchObject([{ status: 'hold', rank: 1 }]);
  const second = await place(resourceId, 'hold');
  await api.setRank({ org, params: { id: second.id }, body: { version: 1, rank: 1 } });
  await undo(await entry({ entityId: second.id }, 'update'));
  expect((await claimOf(resourceId)).find(({ id }) => id === second.id)?.rank).toBe(2);
});

test('other records, other people’s records and other roles', async () => {
  const id = await room('A place');
  expect(await refusal(undo(await entry({ entityId: id }, 'insert')))).toMatchObject({ code: 'not_undoable' });
  const other = await app.addOrganisation('other');
  const foreign = await app
    .client(engagements, 'owner', other)
    .create({ org: 'other', body: { title: 'X', ...evening } });
  const api = app.client(history, 'owner', other);
  const { items } = await api.list({ org: 'other', query: { entityId: foreign.id } });
  const params = { changeId: items[0]?.id ?? 0 };
  expect(await refusal(app.client(history).undo({ org, params, body: {} }))).toMatchObject({ status: 404 });
  expect(await refusal(app.client(history, 'staff').undo({ org, params, body: {} }))).toMatchObject({ status: 403 });
});

test('two undo the same at once: one does', async () => {
  const { id } = await make('Raced');
  await app.client(engagements).change({ org, params: { id }, body: { version: 1, title: 'Again' } });
  const change = await entry({ entityId: id }, 'update');
  const answers = await Promise.allSettled([undo(change), undo(change), undo(change, 'manager')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect((await read(id)).engagement.title).toBe('Raced');
});

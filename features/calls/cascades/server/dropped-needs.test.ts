import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallWorld } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { reports } from '#features/calls/reports/contract.ts';
import { calls } from '../contract.ts';
import { cancelCascade } from './steering.ts';

/** A need that goes though people were asked for it. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const evening = ['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z'] as const;

async function asked(slug: string) {
  const org = await app.addOrganisation(slug);
  const w = await new CallWorld(app, org, '2027-05-01T10:00:00.000Z').build([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  const cascadeId = await w.start();
  const api = app.client(needs, 'owner', org);
  const remove = (release = 'false') => api.remove({ org: slug, params: { id: w.needId }, query: { release } });
  const grid = () => api.grid({ org: slug, params: { id: w.engagementId } });
  return { w, org, api, cascadeId, remove, grid };
}

test('it waits for whoever was asked, and then leaves its log of calls behind', async () => {
  const { w, org, api, cascadeId, remove, grid } = await asked('dropped');
  await expect(remove()).rejects.toMatchObject({ code: 'in_use', message: expect.stringContaining('Halt and cancel') });
  expect((await grid()).seats).toHaveLength(1);
  await w.decline('Ada');
  await w.at((tx) => cancelCascade(tx, cascadeId, '', w.secret));
  await remove();
  expect(await grid()).toMatchObject({ needs: [], seats: [] });
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea cancelled cascade_cancelled']);
  const listed = await app.client(calls, 'owner', org).listCascades({ org: org.slug, query: {} });
  expect(listed.items).toMatchObject([{ id: cascadeId, state: 'cancelled', needDropped: true, seats: 0 }]);
  const { rows } = await app
    .client(reports, 'owner', org)
    .fairness({ org: org.slug, query: { from: '2027-01-01', to: '2027-12-31' } });
  expect(rows.map(({ name, sent }) => [name, sent]).toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual(
    [
      ['Ada', 1],
      ['Bea', 1],
    ],
  );

  // It is gone for whoever works on needs; its title is free again.
  const params = { id: w.needId };
  await expect(remove()).rejects.toMatchObject({ status: 404 });
  await expect(api.change({ org: org.slug, params, body: { version: 1, quantity: 2 } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(w.start()).rejects.toMatchObject({ code: 'not_found' });
  const again = await api.create({
    org: org.slug,
    params: { id: w.engagementId },
    body: { skill: 'fl', title: 'Second flute', kind: 'section', quantity: 1 },
  });
  expect((await grid()).needs).toMatchObject([{ id: again.id }]);
});

test('a round that still runs ends with it, and whoever had the seat is told', async () => {
  const { w, cascadeId, remove } = await asked('dropped-running');
  await w.accept('Ada');
  await expect(remove()).rejects.toMatchObject({ code: 'in_use', problem: { people: ['Ada'] } });
  await remove('true');
  await w.advance(cascadeId);
  expect(await w.wake()).toBe(null);
  expect(await w.log()).toEqual(['Ada accepted', 'Bea planned']);
  expect(await w.sql('select id from claims where org_id = $1')).toEqual([]);
});

test('one for which nobody was tried yet goes for good', async () => {
  const { w, remove } = await asked('dropped-unasked');
  const other = await w.need('Third flute', 1);
  await app.client(needs, 'owner', w.org).remove({ org: w.org.slug, params: { id: other }, query: {} });
  expect(await w.sql('select id from needs where org_id = $1 and title = $2', 'Third flute')).toEqual([]);
  await w.decline('Ada');
  await w.decline('Bea');
  await remove();
  expect(await w.sql('select dropped_at is null as there from needs where org_id = $1')).toEqual([{ there: false }]);
});

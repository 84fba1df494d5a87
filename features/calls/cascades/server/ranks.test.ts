import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { CallWorld, hour } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { calls } from '../contract.ts';

/** Whoever runs calls and stands on the list that they are made from: nothing tells them where. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let count = 0;
/** Mia keeps the calls, and is second of four on the list. */
async function stage() {
  const org = await app.addOrganisation(`ranks-${++count}`);
  const day = new Date(Date.now() + 30 * 24 * hour).toISOString().slice(0, 10);
  const w = new CallWorld(app, org, new Date().toISOString());
  await w.build([[`${day}T17:00:00Z`, `${day}T19:30:00Z`]]);
  const people = await w.people(['Zoe', 'Mia', 'Bea', 'Ada']);
  await w.list(people);
  const { userId, cookie } = await addPerson(app, { role: 'manager', name: 'Mia', org });
  await w.sql("update resources set user_id = $2 where org_id = $1 and name = 'Mia'", userId);
  const mia = createClient(calls, { baseUrl: app.baseUrl, headers: { cookie, origin: app.baseUrl } });
  return { w, people, mia, slug: org.slug, awake: { quietFrom: 0, quietTo: 0 } };
}
const nothing = { grade: null, place: null };

test('asking for everybody but oneself tells no gap', async () => {
  const { w, people, mia, slug } = await stage();
  const others = people.filter((_, index) => index !== 1);
  const { items } = await mia.candidates({ org: slug, params: { id: w.needId }, query: { ids: others } });
  expect(items).toMatchObject([
    { name: 'Ada', ...nothing },
    { name: 'Bea', ...nothing },
    { name: 'Zoe', ...nothing },
  ]);
});

test('taking oneself off a round tells no gap either', async () => {
  const { w, mia, slug, awake } = await stage();
  const { cascade } = await mia.start({ org: slug, params: { id: w.needId }, body: awake });
  await mia.remove({ org: slug, params: { id: await w.callId('Mia') } });
  const { calls: left } = await mia.getCascade({ org: slug, params: { id: cascade.id } });
  // Who was asked comes first, by time; the others by name.
  expect(left).toMatchObject([
    { name: 'Zoe', ...nothing },
    { name: 'Ada', ...nothing },
    { name: 'Bea', ...nothing },
  ]);
  expect((await mia.listCalls({ org: slug, query: {} })).items).toMatchObject([{ name: 'Zoe', ...nothing }]);
  expect((await mia.getCall({ org: slug, params: { id: left[0]?.id ?? '' } })).call).toMatchObject(nothing);
});

test('other chairs are shown to them as to everybody who sees ranks', async () => {
  const { w, people, mia, slug, awake } = await stage();
  await w.sql("update needs set kind = 'principal' where org_id = $1 and id = $2", w.needId);
  const others = people.filter((_, index) => index !== 1);
  const { calls: shown } = await mia.start({
    org: slug,
    params: { id: w.needId },
    body: { ...awake, resourceIds: others },
  });
  expect(shown.map(({ name, place }) => [name, place])).toEqual([
    ['Zoe', 1],
    ['Bea', 2],
    ['Ada', 3],
  ]);
});

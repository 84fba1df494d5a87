import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { CallWorld } from './test/call-world.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let count = 0;
/** A world of its own, its clock at noon in Berlin three weeks before a concert. */
async function world(
  services: readonly (readonly [string, string])[] = [['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z']],
  quantity = 1,
  now = '2027-05-01T10:00:00.000Z',
) {
  const org = await app.addOrganisation(`calls-${++count}`);
  return new CallWorld(app, org, now).build(services, quantity);
}

test('one at a time: down the list, by deadline and by answer, until the seat is taken', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea', 'Cy', 'Dot']));
  const id = await w.start();
  expect(await w.log()).toEqual(['Ada open', 'Bea planned', 'Cy planned', 'Dot planned']);
  expect(await w.calls()).toMatchObject([
    { deadlineAt: '2027-05-02T10:00:00.000Z', remindAt: '2027-05-02T06:00:00.000Z', services: w.serviceIds },
    {},
    {},
    {},
  ]);
  expect(await w.wake()).toBe('2027-05-02T06:00:00.000Z');
  expect(await w.wake()).toBe('2027-05-02T10:00:00.000Z');
  expect(await w.log()).toEqual(['Ada expired', 'Bea open', 'Cy planned', 'Dot planned']);
  await w.decline('Bea');
  expect(await w.log()).toEqual(['Ada expired', 'Bea declined engaged', 'Cy open', 'Dot planned']);
  await w.accept('Cy');
  expect(await w.log()).toEqual(['Ada expired', 'Bea declined engaged', 'Cy accepted', 'Dot planned']);
  expect([await w.state(id), await w.wakeAt(id), await w.wake()]).toEqual(['done', null, null]);
  expect(await w.seated()).toEqual([['Cy']]);
  expect(await w.mails()).toEqual(['call → Ada', 'call_reminder → Ada', 'call → Bea', 'call → Cy', 'call_booked → Cy']);
});

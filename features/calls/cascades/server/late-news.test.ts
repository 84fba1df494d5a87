import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallWorld } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '#platform/test/connection.ts';
import { moveSeat } from '#features/calls/needs/server/seat-by-hand.ts';
import { callCalendar } from './call-calendar.ts';
import { skipCall } from './call-steering.ts';
import { cascade } from '../cascade-contract.ts';
import { enqueueAdvance } from './carry-out.ts';
import { readCallForPerson } from './person-call.ts';
import { startCascade } from './starting.ts';
import { changeCascade } from './steering.ts';
import { withdrawCall } from './withdrawing.ts';

/** What changes between looking and doing. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let count = 0;
async function world(services: readonly (readonly [string, string])[]) {
  const org = await app.addOrganisation(`late-news-${++count}`);
  return new CallWorld(app, org, '2027-05-01T10:00:00.000Z').build(services);
}
const evening = ['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z'] as const;
const matinee = ['2027-05-23T09:30:00Z', '2027-05-23T12:00:00Z'] as const;

test('a round that reckons its next time leaves the news standing that came meanwhile', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start();
  // News of a seat, and then the time that a round saves which had not read it.
  await w.sql(
    `insert into seats (org_id, id, engagement_id, need_id, schedule_item_id, number)
     values ($1, gen_random_uuid(), $2, $3, $4, 2)`,
    w.engagementId,
    w.needId,
    w.serviceIds[0],
  );
  await w.at((tx) => enqueueAdvance(tx, id, '2027-05-02T10:00:00.000Z'));
  const { rows } = await withClient(app.adminUrl.tenant, (db) =>
    db.query('select run_at <= now() as due from graphile_worker.jobs where key like $1 order by run_at', [
      `${w.org.id}:cascade%${id}`,
    ]),
  );
  expect(rows).toEqual([{ due: true }, { due: false }]);
});

test('nobody accepts services that they were not asked for, because theirs are gone', async () => {
  const w = await world([evening, matinee]);
  const [first = '', second = ''] = w.serviceIds;
  const need = await w.need('Third flute', 1, [first]);
  await w.list(await w.people(['Ada']));
  await w.start({}, need);
  await w.sql(
    `insert into seats (org_id, id, engagement_id, need_id, schedule_item_id, number)
     values ($1, gen_random_uuid(), $2, $3, $4, 1)`,
    w.engagementId,
    need,
    second,
  );
  const call = await w.callId('Ada', need);
  await w.sql('delete from schedule_items where org_id = $1 and id = $2', first);
  await expect(w.answer(call, { accept: 'all' })).rejects.toMatchObject({
    code: 'call_closed',
    details: { extra: { reason: 'service_gone' } },
  });
  expect(await w.seated(need)).toEqual([[null]]);
});

test('nobody accepts times that they did not see', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada']));
  await w.start();
  const ada = await w.callId('Ada');
  const look = () => w.at((tx) => readCallForPerson(tx, ada));
  const { seen } = await look();
  await w.sql("update schedule_items set starts_at = starts_at - interval '2 hours' where org_id = $1");
  await expect(w.answer(ada, { accept: 'all', seen })).rejects.toMatchObject({ code: 'call_changed' });
  expect(await w.seated()).toEqual([[null]]);
  await w.answer(ada, { accept: 'all', seen: (await look()).seen });
  expect(await w.seated()).toEqual([['Ada']]);
});

test('a fee that somebody was asked for stays as it was offered', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start({ feeMinor: 45_000, feeCurrency: 'EUR' });
  const change = (changes: object) => w.at((tx) => changeCascade(tx, id, { version: 1, ...changes }, w.secret));
  await expect(change({ feeMinor: 100 })).rejects.toMatchObject({ code: 'invalid_input' });
  await change({ feeMinor: 45_000, feeCurrency: 'EUR', width: 2 });
  await expect(change({ feeMinor: null, feeCurrency: null })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('who was moved to another chair, and withdraws, leaves that one', async () => {
  const w = await world([evening]);
  const piccolo = await w.need('Piccolo', 1);
  await w.list(await w.people(['Ada']));
  await w.start();
  await w.accept('Ada');
  const seats = await w.sql<{ id: string }>('select id from seats where org_id = $1 order by resource_id is null');
  await w.at((tx) => moveSeat(tx, seats[0]?.id ?? '', seats[1]?.id ?? ''));
  expect(await w.seated(piccolo)).toEqual([['Ada']]);
  const ada = await w.callId('Ada');
  expect(await w.at((tx) => callCalendar(tx, ada))).toContain('BEGIN:VEVENT');
  await w.withdraw('Ada');
  expect([await w.seated(), await w.seated(piccolo)]).toEqual([[[null]], [[null]]]);
  expect(await w.sql('select id from claims where org_id = $1')).toEqual([]);
});

test('a withdrawal while another round is started stands, and leaves calling to that one', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start();
  await w.accept('Ada');
  await w.sql(
    `insert into seats (org_id, id, engagement_id, need_id, schedule_item_id, number)
     values ($1, gen_random_uuid(), $2, $3, $4, 2)`,
    w.engagementId,
    w.needId,
    w.serviceIds[0],
  );
  const ada = await w.callId('Ada');
  let withdrawn: Promise<void> | undefined;
  await w.at(async (tx) => {
    await startCascade(tx, w.needId, { ...cascade.create.parse({}), resourceIds: undefined }, w.secret);
    withdrawn = w.at((other) => withdrawCall(other, ada, { reason: 'ill', note: '' }, w.secret));
    withdrawn.catch(() => undefined);
    await untilSomebodyWaits('needs');
  });
  await withdrawn;
  expect(await w.state(id)).toBe('done');
});

test('an acceptance waits for a decision about the engagement, and is refused when it is lost', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada']));
  await w.start();
  const call = await w.callId('Ada');
  let answered: Promise<void> | undefined;
  await w.at(async (tx) => {
    const key = [w.org.id, w.engagementId];
    await tx.query('select from engagements where org_id = $1 and id = $2 for update', key);
    answered = w.answer(call, { accept: 'all' });
    answered.catch(() => undefined);
    await untilSomebodyWaits('engagements');
    await tx.query("update engagements set stage = 'cancelled' where org_id = $1 and id = $2", key);
  });
  await expect(answered).rejects.toMatchObject({ code: 'call_closed' });
  expect(await w.seated()).toEqual([[null]]);
});

test('why the office took a call back is for the log: its person reads nothing of it', async () => {
  const w = await world([evening]);
  await w.list(await w.people(['Ada']));
  await w.start();
  const ada = await w.callId('Ada');
  await w.at((tx) => skipCall(tx, ada, 'NOT-FOR-THEM', w.secret));
  const [call] = await w.sql('select state, reason, note from calls where org_id = $1 and id = $2', ada);
  expect(call).toEqual({ state: 'cancelled', reason: 'by_hand', note: 'NOT-FOR-THEM' });
  expect(await w.mails()).toEqual(['call → Ada', 'call_cancelled → Ada']);
  const letters = await w.sql('select subject, content from messages where org_id = $1');
  const page = await w.at((tx) => readCallForPerson(tx, ada));
  expect(JSON.stringify([letters, page])).not.toContain('NOT-FOR-THEM');
});

/** For the lock of a row. */
async function untilSomebodyWaits(table: string): Promise<void> {
  await expect
    .poll(async () => {
      const { rowCount } = await withClient(app.adminUrl.tenant, (db) =>
        db.query(
          "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like $1",
          [`%${table}%`],
        ),
      );
      return rowCount;
    })
    .toBeGreaterThan(0);
}

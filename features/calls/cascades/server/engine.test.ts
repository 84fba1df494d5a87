import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallWorld, day, hour } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { sendNow, skipCall } from './call-steering.ts';
import { cancelCascade, haltCascade, lookAgain, pauseCascade, resumeCascade } from './steering.ts';

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

const two = [
  ['2027-05-21T17:30:00Z', '2027-05-21T20:00:00Z'],
  ['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z'],
] as const;

test('one at a time means one for each open place', async () => {
  const w = await world(two, 2);
  await w.list(await w.people(['Ada', 'Bea', 'Cy', 'Dot']));
  const id = await w.start();
  expect(await w.log()).toEqual(['Ada open', 'Bea open', 'Cy planned', 'Dot planned']);
  await w.accept('Bea');
  await w.decline('Ada');
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea accepted', 'Cy open', 'Dot planned']);
  await w.accept('Cy');
  expect(await w.state(id)).toBe('done');
  expect(await w.seated()).toEqual([
    ['Bea', 'Cy'],
    ['Bea', 'Cy'],
  ]);
});

test('some at a time: the first to accept has the seat, the others are told', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea', 'Cy', 'Dot']));
  const id = await w.start({ strategy: 'some', width: 2 });
  expect(await w.log()).toEqual(['Ada open', 'Bea open', 'Cy planned', 'Dot planned']);
  await w.decline('Ada');
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea open', 'Cy open', 'Dot planned']);
  await w.accept('Cy');
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea cancelled filled', 'Cy accepted', 'Dot planned']);
  expect(await w.state(id)).toBe('done');
  expect(await w.mails()).toContain('call_filled → Bea');
  await expect(w.accept('Bea')).rejects.toMatchObject({ code: 'call_closed' });
});

test('first come: everybody at once; nobody left means exhausted', async () => {
  const w = await world(two, 1);
  await w.list(await w.people(['Ada', 'Bea', 'Cy']));
  const id = await w.start({ strategy: 'all', reminderMinutes: null });
  expect(await w.log()).toEqual(['Ada open', 'Bea open', 'Cy open']);
  await w.decline('Ada');
  await w.decline('Cy');
  expect(await w.state(id)).toBe('running');
  await w.wake();
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea expired', 'Cy declined engaged']);
  expect([await w.state(id), await w.wakeAt(id)]).toEqual(['exhausted', null]);
});

test('some of the services: the rest goes to the next; all or nothing where that is not allowed', async () => {
  const w = await world(two, 1);
  const [first = '', second = ''] = w.serviceIds;
  await w.list(await w.people(['Ada', 'Bea']));
  const whole = await w.start();
  await expect(w.accept('Ada', [first])).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(w.accept('Ada', [w.needId])).rejects.toMatchObject({ code: 'invalid_input' });
  await w.at((tx) => tx.query('update cascades set partial = true where org_id = $1 and id = $2', [w.org.id, whole]));
  await w.accept('Ada', [first]);
  expect(await w.log()).toEqual(['Ada accepted', 'Bea open']);
  expect((await w.calls())[1]?.services).toEqual([second]);
  // The same again is the same; another choice is not.
  await w.accept('Ada', [first]);
  await expect(w.accept('Ada', [first, second])).rejects.toMatchObject({ code: 'already_answered' });
  await w.accept('Bea');
  expect(await w.seated()).toEqual([['Ada'], ['Bea']]);
  expect(await w.state(whole)).toBe('done');
});

test('who can’t be asked is passed over, with the reason', async () => {
  const w = await world(two, 1);
  const people = await w.people([
    'Booked',
    'Away',
    'Nowhere',
    'Bouncing',
    'Stopped',
    'Unskilled',
    'Fine',
    'Gone',
    'Last',
  ]);
  const [booked = '', away, nowhere, bouncing, stopped, unskilled, fine, gone] = people;
  await w.list(people);
  await w.commit(booked, '2027-05-22T18:00:00Z', '2027-05-22T19:00:00Z');
  await w.sql(
    `insert into time_off (org_id, id, resource_id, starts_at, ends_at) values ($1, gen_random_uuid(), $2, '2027-05-21', '2027-05-22')`,
    away,
  );
  await w.sql('update resources set email = null where org_id = $1 and id = $2', nowhere);
  await w.sql(
    `insert into suppressed_addresses (org_id, id, email, kind, reason)
     select $1, gen_random_uuid(), email, case when id = $2 then null else 'call' end, case when id = $2 then 'bounced' else 'unsubscribed' end
       from resources where org_id = $1 and id in ($2, $3)`,
    bouncing,
    stopped,
  );
  await w.sql('delete from resource_skills where org_id = $1 and resource_id = $2', unskilled);
  await w.sql(`update resource_skills set skill = 'Querflöte' where org_id = $1 and resource_id = $2`, fine);
  await w.start();
  await w.sql('update resources set archived_at = now() where org_id = $1 and id = $2', gone);
  await w.decline('Fine');
  expect(await w.log()).toEqual([
    'Booked skipped committed',
    'Away skipped on_leave',
    'Nowhere skipped no_address',
    'Bouncing skipped unreachable',
    'Stopped skipped opted_out',
    'Unskilled skipped missing_skill',
    'Fine declined engaged',
    'Gone skipped archived',
    'Last open',
  ]);
});

test('when nobody is left, whoever was passed over is asked all the same, and the round goes on', async () => {
  const w = await world();
  const people = await w.people(['Ada', 'Unskilled']);
  const [, unskilled] = people;
  await w.list(people);
  await w.sql('delete from resource_skills where org_id = $1 and resource_id = $2', unskilled);
  const id = await w.start();
  await w.decline('Ada');
  expect(await w.state(id)).toBe('exhausted');
  const call = await w.callId('Unskilled');
  await w.at((tx) => sendNow(tx, call, w.secret));
  expect(await w.log()).toEqual(['Ada declined engaged', 'Unskilled open']);
  expect(await w.state(id)).toBe('running');
  await w.decline('Unskilled');
  expect(await w.state(id)).toBe('exhausted');
});

test('a second look asks whom nothing keeps any more, and nobody whom the office passed over', async () => {
  const w = await world();
  const people = await w.people(['Ada', 'Nowhere', 'Unskilled', 'Unwanted']);
  const [, nowhere, unskilled] = people;
  await w.list(people);
  await w.sql('update resources set email = null where org_id = $1 and id = $2', nowhere);
  await w.sql('delete from resource_skills where org_id = $1 and resource_id = $2', unskilled);
  const id = await w.start();
  await w.at(async (tx) => skipCall(tx, await w.callId('Unwanted'), '', w.secret));
  await w.decline('Ada');
  expect(await w.state(id)).toBe('exhausted');
  const look = () => w.at((tx) => lookAgain(tx, id, w.secret));
  const passed = ['Nowhere skipped no_address', 'Unskilled skipped missing_skill', 'Unwanted skipped by_hand'];
  await look();
  expect([await w.log(), await w.state(id)]).toEqual([['Ada declined engaged', ...passed], 'exhausted']);
  await w.sql(`update resources set email = 'now@example.com' where org_id = $1 and id = $2`, nowhere);
  await Promise.all([look(), look()]);
  const asked = ['Nowhere open', 'Unskilled planned', 'Unwanted skipped by_hand'];
  expect([await w.log(), await w.state(id)]).toEqual([['Ada declined engaged', ...asked], 'running']);
  await w.accept('Nowhere');
  await expect(look()).rejects.toMatchObject({ code: 'wrong_state' });
});

test('where parts are allowed, somebody booked for one service is asked for the other', async () => {
  const w = await world(two, 1);
  const [ada = '', bea = ''] = await w.people(['Ada', 'Bea']);
  await w.list([ada, bea]);
  await w.commit(ada, '2027-05-22T18:00:00Z', '2027-05-22T19:00:00Z');
  await w.start({ partial: true });
  const calls = await w.calls();
  expect(calls.map(({ name, state, services }) => [name, state, services])).toEqual([
    ['Ada', 'open', [w.serviceIds[0]]],
    ['Bea', 'open', [w.serviceIds[1]]],
  ]);
});

test('nobody is asked twice for one time: they get their turn when the list is through', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea']));
  const other = await w.need('Piccolo', 1);
  const first = await w.start();
  const second = await w.start({}, other);
  expect([await w.log(), await w.log(other)]).toEqual([
    ['Ada open', 'Bea planned'],
    ['Ada skipped already_called', 'Bea open'],
  ]);
  await w.decline('Ada');
  // Bea is being asked for the other seat: this round waits for that.
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea skipped already_called']);
  expect(await w.state(first)).toBe('running');
  await w.answer(await w.callId('Bea', other), { decline: 'engaged', note: '' });
  expect(await w.log(other)).toEqual(['Ada open', 'Bea declined engaged']);
  await w.advance(first);
  expect(await w.log()).toEqual(['Ada declined engaged', 'Bea open']);
  expect([await w.state(first), await w.state(second)]).toEqual(['running', 'running']);
});

test('near the service there is less time, at last none; quiet hours hold by the person’s clock', async () => {
  const w = await world([['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z']], 2, '2027-05-21T18:00:00.000Z');
  const [ada = ''] = await w.people(['Ada']);
  const [bea = ''] = await w.people(['Bea'], 'America/New_York');
  await w.list([ada, bea]);
  await w.start();
  // 20:00 in Berlin, two hours: 22:00 is quiet, so until 8:00. In New York it is 14:00.
  expect((await w.calls()).map(({ state, deadlineAt }) => [state, deadlineAt])).toEqual([
    ['open', '2027-05-22T06:00:00.000Z'],
    ['open', '2027-05-21T20:00:00.000Z'],
  ]);
  const late = await world([['2027-05-22T17:30:00Z', '2027-05-22T20:00:00Z']], 1, '2027-05-22T16:40:00.000Z');
  await late.list(await late.people(['Cy', 'Dot']));
  const id = await late.start();
  expect((await late.calls())[0]?.deadlineAt).toBe('2027-05-22T17:30:00.000Z');
  late.now += 48 * 60_000;
  await late.decline('Cy');
  expect(await late.log()).toEqual(['Cy declined engaged', 'Dot skipped too_late']);
  expect(await late.state(id)).toBe('exhausted');
});

test('at night nothing is sent, and the night in which clocks change is no exception', async () => {
  // Half past nine in the evening before the clocks go forward.
  const w = await world([['2027-04-22T17:30:00Z', '2027-04-22T20:00:00Z']], 1, '2027-03-27T20:30:00.000Z');
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start();
  expect(await w.log()).toEqual(['Ada planned', 'Bea planned']);
  expect(await w.mails()).toEqual([]);
  expect(await w.wake()).toBe('2027-03-28T06:00:00.000Z');
  expect(await w.log()).toEqual(['Ada open', 'Bea planned']);
  expect((await w.calls())[0]?.deadlineAt).toBe('2027-03-29T06:00:00.000Z');
  expect(await w.state(id)).toBe('running');
});

test('who withdraws frees the seat; the round goes on, and those who were too late are asked again', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start({ strategy: 'all' });
  await w.accept('Ada');
  expect(await w.state(id)).toBe('done');
  w.now += day;
  await w.withdraw('Ada');
  await w.withdraw('Ada');
  expect(await w.log()).toEqual(['Ada withdrawn ill', 'Bea open']);
  expect(await w.state(id)).toBe('running');
  expect(await w.seated()).toEqual([[null]]);
  await w.accept('Bea');
  expect(await w.seated()).toEqual([['Bea']]);
  expect((await w.mails()).filter((mail) => mail.startsWith('call_withdrawn'))).toEqual([
    'call_withdrawn_confirmed → Ada',
  ]);
});

test('pause, resume, halt, halt and cancel', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea', 'Cy']));
  const id = await w.start({ reminderMinutes: null });
  await w.at((tx) => pauseCascade(tx, id, w.secret));
  await w.wake();
  expect([await w.log(), await w.state(id), await w.wakeAt(id)]).toEqual([
    ['Ada expired', 'Bea planned', 'Cy planned'],
    'paused',
    null,
  ]);
  await w.at((tx) => resumeCascade(tx, id, w.secret));
  await w.at((tx) => haltCascade(tx, id, w.secret));
  await w.decline('Bea');
  expect([await w.log(), await w.state(id)]).toEqual([['Ada expired', 'Bea declined engaged', 'Cy planned'], 'halted']);
  await expect(w.at((tx) => resumeCascade(tx, id, w.secret))).rejects.toMatchObject({ code: 'wrong_state' });
  const next = await w.start();
  expect(await w.log()).toHaveLength(6);
  await w.at((tx) => cancelCascade(tx, next, 'The programme has changed.', w.secret));
  expect((await w.log()).filter((line) => line.includes('cancelled'))).toEqual(['Ada cancelled cascade_cancelled']);
  expect(await w.mails()).toContain('call_cancelled → Ada');
  expect([await w.state(next), await w.wakeAt(next)]).toEqual(['cancelled', null]);
});

test('a late click gets the seat while nobody else is asked for it, and a kind refusal after', async () => {
  const w = await world();
  await w.list(await w.people(['Ada', 'Bea']));
  const id = await w.start({ reminderMinutes: null });
  await w.wake();
  await expect(w.accept('Ada')).rejects.toMatchObject({
    code: 'call_closed',
    message: expect.stringContaining('over'),
  });
  await w.wake();
  expect(await w.state(id)).toBe('exhausted');
  await w.accept('Ada');
  expect([await w.state(id), await w.seated()]).toEqual(['done', [['Ada']]]);
  await expect(w.decline('Ada')).rejects.toMatchObject({ code: 'already_answered' });
});

test('a seat that others take makes an offer smaller: told anew where it was all or nothing, else in silence', async () => {
  for (const partial of [false, true]) {
    const w = await world(two, 1);
    const [first, second] = w.serviceIds;
    const people = await w.people(['Ada', 'Bea', 'Hand']);
    await w.list(people.slice(0, 2));
    const id = await w.start({ partial, strategy: 'all', reminderMinutes: null });
    const claim = await w.commit(people[2] ?? '', ...two[0]);
    await w.sql(
      `update seats set resource_id = $2, source = 'hand', claim_id = $3 where org_id = $1 and schedule_item_id = $4`,
      people[2],
      claim,
      first,
    );
    await w.advance(id);
    await w.advance(id);
    expect((await w.calls()).map(({ state, services }) => [state, services])).toEqual([
      ['open', [second]],
      ['open', [second]],
    ]);
    expect((await w.mails()).filter((mail) => mail.startsWith('call_changed'))).toHaveLength(partial ? 0 : 2);
    await w.accept('Bea');
    expect(await w.log()).toEqual(['Ada cancelled filled', 'Bea accepted']);
    expect(await w.state(id)).toBe('done');
  }
});

test('whose offer is gone gets what is left in the same moment, and one letter', async () => {
  const w = await world(two, 1);
  const [first] = w.serviceIds;
  const people = await w.people(['Ada', 'Bea', 'Hand']);
  await w.list(people.slice(0, 2));
  const id = await w.start({ partial: true });
  await w.accept('Ada', [w.serviceIds[1] ?? '']);
  expect((await w.calls())[1]).toMatchObject({ state: 'open', services: [first] });
  const claim = await w.commit(people[2] ?? '', ...two[0]);
  await w.sql(
    `update seats set resource_id = case when schedule_item_id = $4 then $2::uuid end, source = case when schedule_item_id = $4 then 'hand' end,
            claim_id = case when schedule_item_id = $4 then $3::uuid end where org_id = $1`,
    people[2],
    claim,
    first,
  );
  w.now += hour;
  await w.advance(id);
  expect((await w.calls())[1]).toMatchObject({ state: 'open', services: [w.serviceIds[1]] });
  expect((await w.mails()).filter((mail) => mail.endsWith('Bea'))).toEqual(['call → Bea', 'call → Bea']);
});

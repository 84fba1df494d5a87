import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { CallWorld, hour } from '#apps/server/test/call-world.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { history } from '#features/history/contract.ts';
import { messagingFeature } from '#features/messaging/server/index.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { calls } from '../contract.ts';
import { callOfToken, callPath, requireLink } from './link.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let count = 0;
/** A concert in a month by the real clock, a list of these people, and clients of each role. */
async function stage(names: readonly string[], quantity = 1) {
  const org = await app.addOrganisation(`stage-${++count}`);
  const noon = new Date(Date.now() + 30 * 24 * hour).toISOString().slice(0, 10);
  const w = new CallWorld(app, org, new Date().toISOString());
  await w.build([[`${noon}T17:00:00Z`, `${noon}T19:30:00Z`]], quantity);
  const people = await w.people(names);
  await w.list(people);
  const as = (role: 'manager' | 'staff' | 'crew') => app.client(calls, role, org);
  const id = { id: w.needId };
  // Whatever the hour of the test: nobody's quiet hours.
  const awake = { quietFrom: 0, quietTo: 0 };
  return { org, slug: org.slug, w, people, as, id, awake };
}

test('candidates, forecast and start; another start is refused; the log tells every call', async () => {
  const { slug, as, id, awake, people } = await stage(['Ada', 'Bea', 'Cy']);
  const api = as('manager');
  const { items } = await api.candidates({ org: slug, params: id, query: {} });
  expect(items).toMatchObject([
    { name: 'Ada', grade: 'A', place: 1, obstacle: null, busy: false, earlier: null },
    { name: 'Bea', place: 2 },
    { name: 'Cy', place: 3 },
  ]);
  const fee = { feeMinor: 45_000, feeCurrency: 'EUR' };
  const forecast = await api.forecast({ org: slug, params: id, body: { ...fee } });
  expect(forecast).toMatchObject({ places: 1, services: 1, askable: 3, costMinor: 45_000, currency: 'EUR' });
  expect(forecast.chance).toBeGreaterThan(0.5);
  const { cascade, calls: log } = await api.start({
    org: slug,
    params: id,
    body: { ...awake, ...fee, message: 'Hello' },
  });
  expect(cascade).toMatchObject({ state: 'running', seats: 1, openSeats: 1, engagementTitle: 'Gala', skill: 'fl' });
  expect(cascade.counts).toMatchObject({ open: 1, planned: 2, accepted: 0 });
  expect(log).toMatchObject([
    { name: 'Ada', state: 'open', mail: 'waiting' },
    { state: 'planned' },
    { state: 'planned' },
  ]);
  await expect(api.start({ org: slug, params: id, body: awake })).rejects.toMatchObject({ code: 'already_running' });
  await expect(
    api.addCandidates({ org: slug, params: { id: cascade.id }, body: { resourceIds: [people[0] ?? ''] } }),
  ).rejects.toMatchObject({ code: 'duplicate' });
  const sent = await api.listCalls({ org: slug, query: {} });
  expect(sent).toMatchObject({ total: 1, items: [{ name: 'Ada', grade: 'A', place: 1 }] });
  expect((await api.listCascades({ org: slug, query: { state: ['running'] } })).items).toHaveLength(1);
});

test('a start that makes no sense is refused, with the field and what to do', async () => {
  const { slug, as, id, w, people } = await stage(['Ada']);
  const start = (body: object) => as('manager').start({ org: slug, params: id, body });
  await expect(start({ feeMinor: 100 })).rejects.toMatchObject({ fields: [{ field: 'feeMinor' }] });
  await expect(start({ deadlineMinutes: 60, reminderMinutes: 60 })).rejects.toMatchObject({
    fields: [{ field: 'reminderMinutes' }],
  });
  await expect(start({ resourceIds: [people[0], people[0]] })).rejects.toMatchObject({
    fields: [{ field: 'resourceIds' }],
  });
  await expect(start({ resourceIds: [w.needId] })).rejects.toMatchObject({ fields: [{ field: 'resourceIds' }] });
  await w.sql('delete from ranked_lists where org_id = $1');
  await expect(start({})).rejects.toMatchObject({ message: expect.stringContaining('approved list for Flute') });
  await expect(as('manager').start({ org: slug, params: { id: people[0] ?? '' }, body: {} })).rejects.toMatchObject({
    status: 404,
  });
  await expect(as('staff').start({ org: slug, params: id, body: {} })).rejects.toMatchObject({ status: 403 });
  await w.sql("update schedule_items set starts_at = now() - interval '3 hours', ends_at = now() where org_id = $1");
  await expect(start({ resourceIds: people })).rejects.toMatchObject({ code: 'nothing_open' });
});

test('without the permission nobody reads an order, and nobody reads their own', async () => {
  const { slug, as, id, awake, org, w, people } = await stage(['Cy', 'Bea', 'Ada', 'Dot']);
  const { cascade } = await as('manager').start({ org: slug, params: id, body: awake });
  const read = await as('staff').getCascade({ org: slug, params: { id: cascade.id } });
  expect(read.calls.map(({ name, place, grade }) => [name, place, grade])).toEqual([
    ['Cy', null, null],
    ['Ada', null, null],
    ['Bea', null, null],
    ['Dot', null, null],
  ]);
  expect(read.cascade.feeMinor).toBeNull();
  // A manager who plays herself.
  const manager = await addPerson(app, { org, role: 'manager' });
  const api = createClient(calls, {
    baseUrl: app.baseUrl,
    headers: { cookie: manager.cookie, origin: app.baseUrl },
  });
  expect((await api.getCascade({ org: slug, params: { id: cascade.id } })).calls[1]).toMatchObject({
    name: 'Bea',
    place: 2,
  });
  await w.sql('update resources set user_id = $2 where org_id = $1 and id = $3', manager.userId, people[3]);
  const hers = await api.getCascade({ org: slug, params: { id: cascade.id } });
  expect(hers.calls.map(({ name, place }) => [name, place])).toEqual(read.calls.map(({ name }) => [name, null]));
  const { items } = await api.candidates({ org: slug, params: id, query: {} });
  expect(items.map(({ name, place, grade }) => [name, place, grade])).toEqual(
    ['Ada', 'Bea', 'Cy', 'Dot'].map((name) => [name, null, null]),
  );
});

test('people answer their own calls signed in, and reach nobody else’s', async () => {
  const { slug, as, id, awake, org, w, people } = await stage(['Ada', 'Bea'], 2);
  await as('manager').start({ org: slug, params: id, body: { ...awake, feeMinor: 100_00, feeCurrency: 'EUR' } });
  const person = await addPerson(app, { org, role: 'crew' });
  await w.sql('update resources set user_id = $2 where org_id = $1 and id = $3', person.userId, people[0]);
  const api = createClient(calls, { baseUrl: app.baseUrl, headers: { cookie: person.cookie, origin: app.baseUrl } });
  const { items } = await api.mine({ org: slug });
  expect(items).toMatchObject([{ person: 'Ada', state: 'open', feeMinor: 100_00, can: ['accept', 'decline', 'ask'] }]);
  const [mine, hers] = [{ id: items[0]?.id ?? '' }, { id: await w.callId('Bea') }];
  await expect(api.acceptMine({ org: slug, params: hers, body: {} })).rejects.toMatchObject({ status: 404 });
  await expect(api.calendarOfMine({ org: slug, params: mine })).rejects.toMatchObject({ status: 404 });
  const asked = await api.askMine({ org: slug, params: mine, body: { body: 'Is there parking?' } });
  expect(asked.questions).toMatchObject([{ askedBy: 'person', body: 'Is there parking?' }]);
  expect(await as('staff').getCall({ org: slug, params: mine })).toMatchObject({ call: { questions: 1 } });
  await as('manager').reply({ org: slug, params: mine, body: { body: 'Behind the hall.' } });
  expect(await as('staff').getCall({ org: slug, params: mine })).toMatchObject({
    call: { questions: 0 },
    questions: [{ writtenBy: null }, { body: 'Behind the hall.', writtenBy: 'API key “manager”' }],
  });
  const accepted = await api.acceptMine({ org: slug, params: mine, body: {} });
  expect(accepted).toMatchObject({ state: 'accepted', can: ['withdraw', 'ask'], services: [{ answer: 'accepted' }] });
  expect(await api.calendarOfMine({ org: slug, params: mine })).toContain('SUMMARY:Gala: Concert');
  expect(await api.withdrawMine({ org: slug, params: mine, body: { reason: 'ill' } })).toMatchObject({
    state: 'withdrawn',
    can: [],
  });
  expect((await w.mails()).filter((mail) => mail.endsWith('Ada'))).toEqual([
    'call → Ada',
    'call_answered_question → Ada',
    'call_booked → Ada',
    'call_withdrawn_confirmed → Ada',
  ]);
  await expect(api.listCalls({ org: slug, query: {} })).rejects.toMatchObject({ status: 403 });
});

test('the office steers: settings, order, people, deadlines, answers by telephone, links', async () => {
  const { slug, as, id, awake, w } = await stage(['Ada', 'Bea', 'Cy']);
  const api = as('manager');
  const { cascade, calls: log } = await api.start({ org: slug, params: id, body: awake });
  const [ada, bea, cy] = log.map((call) => call.id);
  const round = { id: cascade.id };
  const changed = await api.change({ org: slug, params: round, body: { version: 1, strategy: 'some', width: 1 } });
  expect(changed).toMatchObject({ strategy: 'some', version: 2 });
  await expect(api.change({ org: slug, params: round, body: { version: 1, width: 2 } })).rejects.toMatchObject({
    code: 'version_conflict',
  });
  await expect(api.reorder({ org: slug, params: round, body: { callIds: [bea ?? ''] } })).rejects.toMatchObject({
    code: 'version_conflict',
  });
  const ordered = await api.reorder({ org: slug, params: round, body: { callIds: [cy ?? '', bea ?? ''] } });
  expect(ordered.calls.map(({ name }) => name)).toEqual(['Ada', 'Cy', 'Bea']);
  const [eve = ''] = await w.people(['Eve']);
  const added = await api.addCandidates({ org: slug, params: round, body: { resourceIds: [eve], next: true } });
  expect(added.calls.map(({ name, grade }) => [name, grade])).toEqual([
    ['Ada', 'A'],
    ['Eve', null],
    ['Cy', 'A'],
    ['Bea', 'A'],
  ]);
  await api.remove({ org: slug, params: { id: bea ?? '' } });
  await expect(api.remove({ org: slug, params: { id: ada ?? '' } })).rejects.toMatchObject({ code: 'wrong_state' });
  const extend = (deadlineAt: string) => api.extend({ org: slug, params: { id: ada ?? '' }, body: { deadlineAt } });
  await expect(extend('2020-01-01T00:00:00Z')).rejects.toMatchObject({ fields: [{ field: 'deadlineAt' }] });
  await expect(extend('2099-01-01T00:00:00Z')).rejects.toMatchObject({ fields: [{ field: 'deadlineAt' }] });
  const until = new Date(Date.now() + 72 * hour).toISOString();
  expect(await extend(until)).toMatchObject({ deadlineAt: until });
  expect(await api.getCascade({ org: slug, params: round })).toMatchObject({ cascade: { nextDeadlineAt: until } });
  await api.renewLink({ org: slug, params: { id: ada ?? '' }, body: {} });
  expect((await w.mails()).filter((mail) => mail === 'call → Ada')).toHaveLength(2);
  expect(await api.skip({ org: slug, params: { id: ada ?? '' }, body: { note: 'Is abroad' } })).toMatchObject({
    state: 'cancelled',
    reason: 'by_hand',
    note: 'Is abroad',
  });
  expect(
    await api.decline({ org: slug, params: { id: await w.callId('Eve') }, body: { reason: 'fee' } }),
  ).toMatchObject({
    state: 'declined',
    reason: 'fee',
  });
  expect(await api.accept({ org: slug, params: { id: cy ?? '' }, body: {} })).toMatchObject({ state: 'accepted' });
  expect(await w.state(cascade.id)).toBe('done');
  await expect(api.pause({ org: slug, params: round, body: {} })).rejects.toMatchObject({ code: 'wrong_state' });
});

test('without a mail server it says who was not reached, and hands out their link', async () => {
  const { slug, as, id, awake, w, org } = await stage(['Ada', 'Bea']);
  const api = as('manager');
  expect(await api.forecast({ org: slug, params: id, body: {} })).toMatchObject({ mailServer: false, askable: 2 });
  const { cascade } = await api.start({ org: slug, params: id, body: awake });
  const round = { org: slug, params: { id: cascade.id } };
  expect(cascade.unreached).toBe(0);
  const [mail] = await w.sql<{ id: string }>('select id from messages where org_id = $1');
  const [sending] = messagingFeature.tasks;
  if (!mail || !sending) throw new Error('Nothing was written.');
  await runnerOf(app.app.services, sending)({ orgId: org.id, messageId: mail.id }, { job: { id: '1' } });
  expect(await api.getCascade(round)).toMatchObject({ cascade: { unreached: 1 }, calls: [{ mail: 'kept' }, {}] });

  const params = { id: await w.callId('Ada') };
  const { url } = await api.handOutLink({ org: slug, params, body: {} });
  const page = url.replace(`${app.config.origin}/answer/`, `${app.baseUrl}/api/v1/answers/`);
  expect((await fetch(`${page}/opened`, { method: 'POST' })).status).toBe(204);
  expect((await api.getCascade(round)).cascade.unreached).toBe(0);
  const trail = await app.client(history, 'owner', org).list({ org: slug, query: { operation: 'looked' } });
  expect(trail.items).toMatchObject([{ entity: 'calls', entityId: params.id, after: { fields: ['link'] } }]);

  const planned = { id: await w.callId('Bea') };
  await expect(api.handOutLink({ org: slug, params: planned, body: {} })).rejects.toMatchObject({
    code: 'wrong_state',
    message: expect.stringContaining('Bea is neither') as string,
  });
  await expect(as('staff').handOutLink({ org: slug, params, body: {} })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a link opens its call, until there is a newer one; a forged one opens nothing', async () => {
  const { slug, as, id, awake, org, w } = await stage(['Ada']);
  await as('manager').start({ org: slug, params: id, body: awake });
  const callId = await w.callId('Ada');
  const { secret } = app.config;
  const token = callPath(secret, org.id, { callId, version: 1 }).split('/').at(-1) ?? '';
  const open = (given: string, now = Date.now()) =>
    w
      .at((tx) => requireLink(tx, callOfToken(secret, org.id, given)), now)
      .then(
        () => 'open',
        (error: { code: string }) => error.code,
      );
  expect(await open(token)).toBe('open');
  expect(await open(token, Date.now() + 90 * 24 * hour)).toBe('call_closed');
  for (const forged of [`${token}x`, token.replace('.1.', '.2.'), `${w.needId}.1.${token.split('.')[2]}`, 'x', '..'])
    expect(() => callOfToken(secret, org.id, forged)).toThrow('was not found');
  expect(() => callOfToken(secret, w.needId, token)).toThrow('was not found');
  await as('manager').renewLink({ org: slug, params: { id: callId }, body: {} });
  expect(await open(token)).toBe('link_replaced');
});

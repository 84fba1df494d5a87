import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { callPath } from '#features/calls/cascades/server/link.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { createClient } from '#platform/client/client.ts';
import { answers } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

const org = 'test';
let count = 0;

interface Wishes {
  partial?: boolean;
  /** Hours from now. */
  deadlineIn?: number;
  /** People asked at once for the one seat. */
  people?: number;
}

/** Two services with one seat each, and somebody who is asked for both. */
async function askSomebody({ partial = false, deadlineIn = 5, people = 1 }: Wishes = {}) {
  count += 1;
  const day = new Date(Date.now() + count * 4 * 86_400_000);
  const at = (hours: number) => new Date(day.getTime() + hours * 3_600_000).toISOString();
  const engagement = await app
    .client(engagements)
    .create({ org, body: { title: `Project ${count}`, startsAt: at(0), endsAt: at(48) } });
  const where = { org, params: { id: engagement.id } };
  const item = async (kind: 'rehearsal' | 'concert', from: number, to: number) =>
    (
      await app.client(timeline).create({
        ...where,
        body: { kind, startsAt: at(from), endsAt: at(to), dress: 'Black', notes: 'NOT-FOR-THEM' },
      })
    ).id;
  const services = [await item('rehearsal', 1, 3), await item('concert', 24, 26)];
  const need = await app
    .client(needs)
    .create({ ...where, body: { skill: 'fl', title: 'Second flute', notes: 'NOT-FOR-THEM' } });
  const asked = await Promise.all(
    Array.from({ length: people }, async (_, index) =>
      app.client(resources).create({
        org,
        body: { kind: 'person', name: `Flautist ${count}.${index}`, email: `f${count}.${index}@example.com` },
      }),
    ),
  );
  const calls = asked.map(({ id: resourceId }) => ({ id: uuidv7(), resourceId }));
  const cascadeId = uuidv7();
  await app.inTenant(async (tx) => {
    await tx.query(
      `insert into cascades (org_id, id, engagement_id, need_id, strategy, deadline_minutes, partial, state, started_by, fee_minor, fee_currency)
       values ($1, $2, $3, $4, 'all', 300, $5, 'running', 'command', 42000, 'EUR')`,
      [app.org.id, cascadeId, engagement.id, need.id, partial],
    );
    for (const [index, { id, resourceId }] of calls.entries()) {
      await tx.query(
        `insert into calls (org_id, id, cascade_id, need_id, engagement_id, resource_id, place, grade, state, sent_at, deadline_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'B', 'open', now(), now() + $8 * interval '1 hour')`,
        [app.org.id, id, cascadeId, need.id, engagement.id, resourceId, index + 7, deadlineIn],
      );
      await tx.query(
        `insert into call_services (org_id, id, call_id, engagement_id, schedule_item_id, resource_id, span, open)
         select $1, gen_random_uuid(), $2, $3, i.id, $4, tstzrange(i.starts_at, i.ends_at, '[)'), true
           from schedule_items i where i.org_id = $1 and i.engagement_id = $3`,
        [app.org.id, id, engagement.id, resourceId],
      );
    }
  });
  const [first] = calls;
  if (!first) throw new Error('Nobody is asked.');
  return { engagement, services, needId: need.id, cascadeId, calls, callId: first.id, params: paramsOf(first.id) };
}

function paramsOf(callId: string, version = 1, orgId = app.org.id) {
  const path = callPath(app.app.services.config.secret, app.org.id, { callId, version });
  return { orgId, token: path.split('/').at(-1) ?? '' };
}

/** Without any credential. */
const page = () => createClient(answers, { baseUrl: app.baseUrl });
const address = ({ orgId, token }: { orgId: string; token: string }) =>
  `${app.baseUrl}/api/v1/answers/${orgId}/${token}`;

const rowOf = (callId: string) =>
  app.inTenant(async (tx) => {
    const [row] = await tx.query<{ state: string; opened: boolean; version: number; stamp: string }>(
      'select state, opened_at is not null as opened, version, md5(c::text) as stamp from calls c where org_id = $1 and id = $2',
      [app.org.id, callId],
    );
    return row;
  });

const seatsTaken = (needId: string) =>
  app.inTenant(async (tx) => {
    const rows = await tx.query<{ name: string }>(
      `select p.name from seats s join resources p on p.org_id = s.org_id and p.id = s.resource_id
        where s.org_id = $1 and s.need_id = $2 order by s.schedule_item_id`,
      [app.org.id, needId],
    );
    return rows.map(({ name }) => name);
  });

test('the page tells what is asked, and nothing of ranks, others or the office', async () => {
  const { params, services } = await askSomebody({ people: 2 });
  const { organisation, call } = await page().get({ params });
  expect(organisation).toBe('test');
  expect(call).toMatchObject({
    state: 'open',
    need: { title: 'Second flute', kind: 'section', doubles: [] },
    feeMinor: 42_000,
    feeCurrency: 'EUR',
    can: ['accept', 'decline', 'ask'],
    questions: [],
  });
  expect(call.services.map(({ id, dress }) => [id, dress])).toEqual(services.map((id) => [id, 'Black']));
  const response = await fetch(address(params));
  const body = await response.text();
  expect(body).not.toMatch(/NOT-FOR-THEM|grade|"place":\d|Flautist \d+\.1|@example/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
});

test('a scanner that opens the link ten times changes nothing; the page itself says that somebody looked', async () => {
  const { params, callId } = await askSomebody();
  const before = await rowOf(callId);
  for (let time = 0; time < 10; time++) await fetch(address(params), { method: time % 2 ? 'HEAD' : 'GET' });
  for (const what of ['accept', 'decline', 'withdraw', 'questions', 'opened']) {
    expect((await fetch(`${address(params)}/${what}`)).status).toBe(404);
  }
  expect(await rowOf(callId)).toEqual(before);
  await page().opened({ params });
  const opened = await rowOf(callId);
  expect(opened).toMatchObject({ state: 'open', opened: true });
  await page().opened({ params });
  expect(await rowOf(callId)).toEqual(opened);
});

test('accepting takes the seats once, however often it is pressed; then there is a calendar', async () => {
  const { params, needId } = await askSomebody();
  await expect(page().calendar({ params })).rejects.toMatchObject({ status: 404 });
  const all = await Promise.all(Array.from({ length: 20 }, () => page().accept({ params, body: {} })));
  for (const { call } of all) expect(call).toMatchObject({ state: 'accepted', can: ['withdraw', 'ask'] });
  expect(new Set(await seatsTaken(needId)).size).toBe(1);
  expect(await seatsTaken(needId)).toHaveLength(2);
  const calendar = await fetch(`${address(params)}/calendar.ics`);
  expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect((await calendar.text()).match(/BEGIN:VEVENT/g)).toHaveLength(2);
  await expect(page().decline({ params, body: { reason: 'ill' } })).rejects.toMatchObject({
    status: 409,
    code: 'already_answered',
  });
});

test('some of the services, where that is offered; all or nothing elsewhere', async () => {
  const some = await askSomebody({ partial: true });
  const [, concert = ''] = some.services;
  const { call } = await page().accept({ params: some.params, body: { services: [concert] } });
  expect(call.services.map(({ answer }) => answer)).toEqual(['declined', 'accepted']);
  expect(await seatsTaken(some.needId)).toHaveLength(1);
  const whole = await askSomebody();
  await expect(
    page().accept({ params: whole.params, body: { services: whole.services.slice(0, 1) } }),
  ).rejects.toMatchObject({ status: 400, fields: [{ field: 'services' }] });
  await expect(
    page().accept({ params: whole.params, body: { services: [...whole.services, concert] } }),
  ).rejects.toMatchObject({ status: 400 });
  expect(await seatsTaken(whole.needId)).toEqual([]);
});

test('no, with a reason; after all, while the place is open; too late, and what is true then', async () => {
  const { params, calls, needId } = await askSomebody({ people: 3 });
  await expect(page().decline({ params, body: JSON.parse('{"reason":"moody"}') })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'reason' }],
  });
  const declined = await page().decline({ params, body: { reason: 'ill', note: 'Flu.' } });
  expect(declined.call).toMatchObject({ state: 'declined', reason: 'ill', note: 'Flu.' });
  const again = await page().decline({ params, body: { reason: 'ill', note: 'Flu.' } });
  expect(again.call.answeredAt).toBe(declined.call.answeredAt);
  const [, second, third] = calls;
  const secondParams = paramsOf(second?.id ?? '');
  await page().accept({ params: secondParams, body: {} });
  const late = page().accept({ params: paramsOf(third?.id ?? ''), body: {} });
  await expect(late).rejects.toMatchObject({ status: 410, code: 'call_closed' });
  const { call: told } = await page().get({ params: paramsOf(third?.id ?? '') });
  expect(told).toMatchObject({ state: 'cancelled', reason: 'filled', can: [] });
  expect((await page().get({ params })).call.can).toEqual([]);
  await expect(page().accept({ params, body: {} })).rejects.toMatchObject({ status: 410 });
  const left = await page().withdraw({ params: secondParams, body: { reason: 'family' } });
  expect(left.call).toMatchObject({ state: 'withdrawn', can: [] });
  expect(await seatsTaken(needId)).toEqual([]);
});

test('questions reach the office, the same twice as one; twenty are enough', async () => {
  const { params } = await askSomebody();
  await expect(page().ask({ params, body: { body: ' ' } })).rejects.toMatchObject({ fields: [{ field: 'body' }] });
  await page().ask({ params, body: { body: 'Is there parking?\nFor a harp?' } });
  const { call } = await page().ask({ params, body: { body: 'Is there parking?\nFor a harp?' } });
  expect(call.questions).toMatchObject([{ askedBy: 'person', body: 'Is there parking?\nFor a harp?' }]);
  for (let more = 1; more < 20; more++) await page().ask({ params, body: { body: `${more}` } });
  await expect(page().ask({ params, body: { body: 'One more' } })).rejects.toMatchObject({
    status: 429,
    code: 'too_many_questions',
  });
});

test('a link opens one call of one organisation, until a newer one is sent', async () => {
  const { params, callId, calls } = await askSomebody({ people: 2 });
  const { token } = params;
  const [, second] = calls;
  const forged = `${second?.id}.1.${token.split('.')[2]}`;
  const other = await app.addOrganisation('elsewhere');
  const wrong = [
    { orgId: app.org.id, token: forged },
    { orgId: app.org.id, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` },
    { orgId: app.org.id, token: token.replace('.1.', '.2.') },
    { orgId: other.id, token },
    { orgId: uuidv7(), token },
    paramsOf(uuidv7()),
  ];
  const bodies = await Promise.all(wrong.map(async (each) => fetch(address(each)).then((response) => response.json())));
  for (const body of bodies) expect({ ...body, requestId: '' }).toEqual({ ...bodies[0], requestId: '' });
  expect(bodies[0]).toMatchObject({ status: 404, detail: 'This link was not found.' });
  for (const each of wrong) {
    await expect(page().accept({ params: each, body: {} })).rejects.toMatchObject({ status: 404 });
  }
  await app.inTenant((tx) =>
    tx.query('update calls set link_version = 2 where org_id = $1 and id = $2', [app.org.id, callId]),
  );
  await expect(page().get({ params })).rejects.toMatchObject({ status: 410, code: 'link_replaced' });
  await expect(page().accept({ params, body: {} })).rejects.toMatchObject({ code: 'link_replaced' });
  expect((await page().get({ params: paramsOf(callId, 2) })).call.state).toBe('open');
});

test('who is only to be asked, or was passed over, has no page; nobody has one of a suspended organisation', async () => {
  const { params, callId } = await askSomebody();
  const { control } = app.databases;
  const setStatus = (status: 'active' | 'suspended') =>
    control.updateTable('organisations').set({ status }).where('id', '=', app.org.id).execute();
  await setStatus('suspended');
  await expect(page().get({ params })).rejects.toMatchObject({ status: 404 });
  await expect(page().accept({ params, body: {} })).rejects.toMatchObject({ status: 404 });
  await setStatus('active');
  await app.inTenant(async (tx) => {
    await tx.query('update call_services set open = false where org_id = $1 and call_id = $2', [app.org.id, callId]);
    await tx.query("update calls set state = 'skipped' where org_id = $1 and id = $2", [app.org.id, callId]);
  });
  await expect(page().get({ params })).rejects.toMatchObject({ status: 404 });
  await expect(page().accept({ params, body: {} })).rejects.toMatchObject({ status: 404 });
});

test('a link that is pressed without end is told to wait; it can still be read, and others aren’t touched', async () => {
  const { params } = await askSomebody();
  for (let press = 0; press < 30; press++) await page().opened({ params });
  await expect(page().decline({ params, body: { reason: 'engaged' } })).rejects.toMatchObject({
    status: 429,
    code: 'rate_limited',
  });
  expect((await page().get({ params })).call).toMatchObject({ state: 'open' });
  const other = await askSomebody();
  expect((await page().decline({ params: other.params, body: { reason: 'engaged' } })).call.state).toBe('declined');
});

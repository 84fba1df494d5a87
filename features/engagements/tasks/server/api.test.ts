import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { notices } from '#features/notices/contract.ts';
import { noticesFeature } from '#features/notices/server/index.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { runnerOf } from '#platform/jobs/runners.ts';
import { tasks } from '../contract.ts';
import { lateAt, relativeDay, remindAt, type Anchor } from '../rules.ts';
import { tasksFeature } from './index.ts';
import { remindOfDue } from './reminders.ts';

const org = 'test';
let app: TestApp;
let kim: Person;
let kimId: string;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  kim = await addPerson(app, { role: 'crew', name: 'Kim Crew' });
  kimId = (await app.client(resources).create({ org, body: { kind: 'person', name: 'Kim Crew' } })).id;
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, kimId, kim.userId]),
  );
});
afterAll(() => app.stop());

const api = () => app.client(tasks, 'manager');
const as = <C extends Parameters<typeof createClient>[0]>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });

async function addShow(startsAt = '2029-03-28T19:00:00.000Z', endsAt = '2029-03-28T23:00:00.000Z') {
  return app.client(engagements).create({ org, body: { title: 'Gala', startsAt, endsAt, zone: 'Europe/Berlin' } });
}
const make = (body: Parameters<ReturnType<typeof api>['create']>[0]['body']) => api().create({ org, body });
const titles = async (id: string) =>
  (await api().ofEngagement({ org, params: { id } })).items.map(({ title }) => title);

test('a relative due moves with the engagement until somebody sets the day by hand', async () => {
  const show = await addShow();
  const made = await make({ engagementId: show.id, title: 'Advance', dueAnchor: 'start', dueDays: -21, remindDays: 2 });
  expect(made).toMatchObject({ dueOn: '2029-03-07', dueAt: '2029-03-07T23:00:00.000Z', zone: 'Europe/Berlin' });
  const late = await make({ engagementId: show.id, title: 'Settle', dueAnchor: 'end', dueDays: 1, dueMinute: 150 });
  expect(late.dueOn).toBe('2029-03-30');
  const move = (version: number, day: string) =>
    app.client(engagements).change({
      org,
      params: { id: show.id },
      body: { version, startsAt: `${day}T19:00:00.000Z`, endsAt: `${day}T23:00:00.000Z` },
    });
  await move(1, '2029-04-10');
  const get = (id: string) => api().get({ org, params: { id } });
  expect(await get(made.id)).toMatchObject({ dueOn: '2029-03-20', dueAnchor: 'start', version: 1 });
  const byHand = await api().change({ org, params: { id: made.id }, body: { version: 1, dueOn: '2029-03-15' } });
  expect(byHand).toMatchObject({ dueOn: '2029-03-15', dueAnchor: null, dueDays: null, remindDays: 2 });
  await move(2, '2029-05-10');
  expect(await get(made.id)).toMatchObject({ dueOn: '2029-03-15' });
  expect(await get(late.id)).toMatchObject({ dueOn: '2029-05-12', dueAnchor: 'end' });
  const cleared = await api().change({ org, params: { id: made.id }, body: { version: 2, dueOn: null } });
  expect(cleared).toMatchObject({ dueOn: null, dueAt: null, remindDays: null });
});

test('the database counts days, lateness and reminders as the rules do', async () => {
  const show = await addShow();
  const { id } = await make({ engagementId: show.id, title: 'Any', dueAnchor: 'start', dueDays: 0 });
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
  const cases = fc.sample(
    fc.record({
      at: fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      zone: fc.constantFrom(...zones),
      anchor: fc.constantFrom<Anchor>('start', 'end'),
      days: fc.integer({ min: -120, max: 60 }),
      minute: fc.option(fc.integer({ min: 0, max: 1439 })),
      remind: fc.nat(30),
    }),
    { numRuns: 150, seed: 7 },
  );
  // The nights in which the clocks change, at every half hour.
  for (const at of ['2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-04-05T00:00:00Z'])
    for (const zone of zones)
      for (let minute = 0; minute < 300; minute += 30)
        cases.push({ at: new Date(at), zone, anchor: 'start', days: 0, minute, remind: 1 });
  await app.inTenant(async (tx) => {
    for (const { at, zone, anchor, days, minute, remind } of cases) {
      const span = { startsAt: at.toISOString(), endsAt: new Date(at.getTime() + 10_800_000).toISOString(), zone };
      await tx.query('update engagements set starts_at = $3, ends_at = $4, zone = $5 where org_id = $1 and id = $2', [
        app.org.id,
        show.id,
        span.startsAt,
        span.endsAt,
        zone,
      ]);
      const [row] = await tx.query(
        `update tasks set due_anchor = $3, due_days = $4, due_minute = $5, remind_days = $6 where org_id = $1 and id = $2
         returning due_on::text as "dueOn", iso(due_at) as "dueAt", iso(remind_at) as "remindAt"`,
        [app.org.id, id, anchor, days, minute, remind],
      );
      const due = { on: relativeDay(anchor, days, span), minute, zone };
      expect(row, JSON.stringify({ span, anchor, days, minute })).toEqual({
        dueOn: due.on,
        dueAt: lateAt(due),
        remindAt: remindAt(due, remind),
      });
    }
  });
});

test('what makes no sense is refused with its field', async () => {
  const show = await addShow();
  const nobody = '0199b8e0-0000-7000-8000-000000000000';
  for (const [field, body] of [
    ['dueAnchor', { title: 'x', dueAnchor: 'start', dueDays: 1 }],
    ['dueDays', { title: 'x', engagementId: show.id, dueAnchor: 'start' }],
    ['dueOn', { title: 'x', dueMinute: 60 }],
    ['remindDays', { title: 'x', remindDays: 1 }],
    ['engagementId', { title: 'x', engagementId: nobody }],
    ['assigneeId', { title: 'x', assigneeId: nobody }],
    ['assigneeUserId', { title: 'x', assigneeUserId: nobody }],
    ['assigneeId', { title: 'x', assigneeId: kimId, assigneeUserId: kim.userId }],
  ] as const)
    await expect(make(body), JSON.stringify(body)).rejects.toMatchObject({ status: 400, fields: [{ field }] });
});

test('steps are ticked one by one: of many editors at once none loses a tick', async () => {
  const steps = Array.from({ length: 12 }, (_, index) => `Step ${index + 1}`);
  const made = await make({ title: 'Check', steps });
  expect(made.steps.map(({ title }) => title)).toEqual(steps);
  const client = api();
  await Promise.all(made.steps.map(({ id }) => client.setStepDone({ org, params: { id }, body: { done: true } })));
  await Promise.all(['A', 'B', 'C'].map((title) => client.addStep({ org, params: { id: made.id }, body: { title } })));
  const after = await client.get({ org, params: { id: made.id } });
  expect(after.steps.filter(({ doneAt }) => doneAt)).toHaveLength(12);
  expect(
    after.steps
      .slice(12)
      .map(({ title }) => title)
      .sort(),
  ).toEqual(['A', 'B', 'C']);
  const [first] = after.steps;
  if (!first) throw new Error('There is no step.');
  await client.changeStep({ org, params: { id: first.id }, body: { title: 'Reworded' } });
  await client.removeStep({ org, params: { id: after.steps[1]?.id ?? '' } });
  const last = await client.get({ org, params: { id: made.id } });
  expect(last.steps[0]).toMatchObject({ title: 'Reworded', doneAt: first.doneAt });
  expect(last.steps).toHaveLength(14);
  for (const title of ['', '   ', 'x'.repeat(301), 'two\nlines'])
    await expect(client.changeStep({ org, params: { id: first.id }, body: { title } })).rejects.toMatchObject({
      status: 400,
      fields: [{ field: 'title' }],
    });
  const gone = { org, params: { id: after.steps[1]?.id ?? '' }, body: { title: 'Too late' } };
  await expect(client.changeStep(gone)).rejects.toMatchObject({ status: 404 });
  const asCrew = app.client(tasks, 'crew').changeStep({ org, params: { id: first.id }, body: { title: 'Mine' } });
  await expect(asCrew).rejects.toMatchObject({ status: 403 });
});

test('placing tasks, many hands at once: none is lost and everybody sees one order', async () => {
  const { id } = await addShow();
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, index) => make({ engagementId: id, title: `T${index}` })),
  );
  const client = api();
  const ids = made.map((one) => one.id);
  await Promise.all(
    fc
      .sample(fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids))), { numRuns: 40, seed: 3 })
      .map(([one, after]) => client.move({ org, params: { id: one }, body: { after } })),
  );
  expect((await titles(id)).toSorted()).toEqual(made.map(({ title }) => title).toSorted());
  const [first, , third] = (await client.ofEngagement({ org, params: { id } })).items;
  if (!first || !third) throw new Error('There are no tasks.');
  await client.move({ org, params: { id: third.id }, body: { after: null } });
  expect((await titles(id)).slice(0, 2)).toEqual([third.title, first.title]);
  const elsewhere = await make({ title: 'Elsewhere' });
  await expect(client.move({ org, params: { id: first.id }, body: { after: elsewhere.id } })).rejects.toMatchObject({
    fields: [{ field: 'after' }],
  });
});

test('crew see and tick what is assigned to them, by account or person; the rest isn’t there', async () => {
  const show = await addShow();
  const byPerson = await make({ engagementId: show.id, title: 'Rig', assigneeId: kimId, steps: ['Motors'] });
  const byAccount = await make({ title: 'Sign', assigneeUserId: kim.userId });
  const other = await make({ engagementId: show.id, title: 'Secret', steps: ['Hidden'] });
  expect([byPerson.assigneeName, byAccount.assigneeName]).toEqual(['Kim Crew', 'Kim Crew']);
  const own = as(kim, tasks);
  const { items } = await own.list({ org, query: { whose: 'mine' } });
  expect(items.map(({ title }) => title).toSorted()).toEqual(['Rig', 'Sign']);
  const ofShow = await own.ofEngagement({ org, params: { id: show.id } });
  expect(ofShow.items.map(({ title }) => title)).toEqual(['Rig']);
  expect(await own.setDone({ org, params: { id: byAccount.id }, body: { done: true } })).toMatchObject({
    doneAt: expect.any(String),
  });
  await own.setStepDone({ org, params: { id: byPerson.steps[0]?.id ?? '' }, body: { done: true } });
  const gone = { status: 404 };
  await expect(own.get({ org, params: { id: other.id } })).rejects.toMatchObject(gone);
  await expect(own.setDone({ org, params: { id: other.id }, body: { done: true } })).rejects.toMatchObject(gone);
  await expect(
    own.setStepDone({ org, params: { id: other.steps[0]?.id ?? '' }, body: { done: true } }),
  ).rejects.toMatchObject(gone);
  await expect(
    own.change({ org, params: { id: byPerson.id }, body: { version: 1, title: 'Mine' } }),
  ).rejects.toMatchObject({ status: 403 });
});

test('many at once: ticked and assigned, all or none; a second tick keeps the first', async () => {
  const [a, b] = await Promise.all([make({ title: 'Many A' }), make({ title: 'Many B' })]);
  const client = api();
  const missing = '0199b8e0-0000-7000-8000-000000000000';
  await expect(client.changeMany({ org, body: { ids: [a.id, missing], done: true } })).rejects.toMatchObject({
    status: 404,
  });
  expect((await client.get({ org, params: { id: a.id } })).doneAt).toBeNull();
  const ids = [a.id, b.id, a.id];
  expect(await client.changeMany({ org, body: { ids, done: true, assignee: { resourceId: kimId } } })).toEqual({
    changed: 2,
  });
  const done = await client.get({ org, params: { id: a.id } });
  expect(done).toMatchObject({ assigneeName: 'Kim Crew', doneAt: expect.any(String) });
  await client.setDone({ org, params: { id: a.id }, body: { done: true } });
  expect((await client.get({ org, params: { id: a.id } })).doneAt).toBe(done.doneAt);
});

test('templates: built-in ones hold until changed; applied twice, nothing is twice', async () => {
  const { id } = await addShow();
  const client = api();
  const { items } = await client.listTemplates({ org });
  const symphony = items.find(({ key }) => key === 'orchestra.symphony');
  if (!symphony) throw new Error('There is no symphony.');
  expect(items.every(({ pack }) => pack === 'orchestra')).toBe(true);
  const apply = (key: string) => client.applyTemplate({ org, params: { id }, body: { key } });
  expect(await apply(symphony.key)).toEqual({ created: symphony.items.length });
  expect(await apply(symphony.key)).toEqual({ created: 0 });
  expect(await titles(id)).toEqual(symphony.items.map(({ title }) => title));
  const { builtIn: _, key, ...fields } = symphony;
  const body = { ...fields, name: 'Ours', items: [...fields.items, { id: 'ours', title: 'Our own' }] };
  const changed = await client.setTemplate({ org, params: { key }, body });
  expect(changed).toMatchObject({ name: 'Ours', version: 1, builtIn: true });
  await expect(client.setTemplate({ org, params: { key }, body })).rejects.toMatchObject({ code: 'version_conflict' });
  expect(await apply(key)).toEqual({ created: 1 });
  await client.removeTemplate({ org, params: { key } });
  expect((await client.listTemplates({ org })).items.find((each) => each.key === key)).toMatchObject({ version: 0 });
  await expect(client.removeTemplate({ org, params: { key } })).rejects.toMatchObject({ status: 404 });
  await expect(apply('orchestra.nothing')).rejects.toMatchObject({ fields: [{ field: 'key' }] });
});

test('confirming makes the tasks of the automatic lists, once', async () => {
  const show = await addShow();
  await app.client(claims).confirm({ org, params: { id: show.id }, body: {} });
  await expect.poll(() => titles(show.id), { timeout: 10_000 }).toContain('Fix the instrumentation');
  const count = (await titles(show.id)).length;
  const onConfirmed = tasksFeature.tasks.find(({ name }) => name === 'tasks.onConfirmed');
  if (!onConfirmed) throw new Error('There is no such job.');
  await runnerOf(app.app.services, onConfirmed)({ orgId: app.org.id, engagementId: show.id }, { job: { id: '1' } });
  expect(await titles(show.id)).toHaveLength(count);
});

test('who gets a task hears of it, and once more in the morning before it is due', async () => {
  const show = await addShow('2031-05-10T19:00:00.000Z', '2031-05-10T22:00:00.000Z');
  const made = await make({
    engagementId: show.id,
    title: 'Tune the piano',
    assigneeId: kimId,
    dueAnchor: 'start',
    dueDays: 0,
    remindDays: 1,
  });
  const heard = async () =>
    (await as(kim, notices).list({ org })).items.filter(({ message }) => message.includes('Tune the piano'));
  await expect
    .poll(async () => (await heard()).map(({ message }) => message), { timeout: 10_000 })
    .toEqual(['“Tune the piano” for Gala is yours to do, by Sat 10 May 2031.']);
  const remind = (now: string) =>
    withTenant(
      app.databases,
      mintScope({ orgId: app.org.id, actor: 'job:tasks.remind', requestId: 'test', now: new Date(now) }),
      remindOfDue,
    );
  await remind('2031-05-09T06:59:00Z');
  await remind('2031-05-09T07:01:00Z');
  await remind('2031-05-09T07:02:00Z');
  await expect
    .poll(async () => (await heard()).map(({ kind }) => kind), { timeout: 10_000 })
    .toEqual(['task_due', 'task_assigned']);
  await api().setDone({ org, params: { id: made.id }, body: { done: true } });
  const due = noticesFeature.tasks.find(({ name }) => name === 'notices.onTaskDue');
  if (!due) throw new Error('There is no such job.');
  await runnerOf(app.app.services, due)({ orgId: app.org.id, taskIds: [made.id] }, { job: { id: '2' } });
  expect(await heard()).toHaveLength(2);
});

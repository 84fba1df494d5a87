import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { seatProject } from '#apps/server/test/seated-project.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { attendance } from '../contract.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** A rehearsal and a concert, with a flutist, two violinists and an open chair. */
async function stage(title: string) {
  const project = await app.inTenant((tx) =>
    seatProject(tx, {
      title,
      services: [
        ['Rehearsal', 'rehearsal', '2026-11-03T09:00:00Z', '2026-11-03T11:30:00Z'],
        ['Concert', 'concert', '2026-11-04T19:00:00Z', '2026-11-04T21:30:00Z'],
        ['Load-in', 'load_in', '2026-11-04T12:00:00Z', '2026-11-04T13:00:00Z'],
      ].map(([name = '', kind = '', from = '', to = '']) => [name, kind, from, to] as const),
      needs: [
        { title: 'First violin', skill: 'vn1', people: [`Vera ${title}`, `Viktor ${title}`] },
        { title: 'Principal flute', skill: 'fl', kind: 'principal', people: [`Flora ${title}`, null] },
      ],
    }),
  );
  const api = app.client(attendance, 'staff');
  const person = (name: string) => project.people[`${name} ${title}`] ?? expect.fail(name);
  const service = (name: string) => project.services[name] ?? expect.fail(name);
  return {
    ...project,
    api,
    person,
    service,
    get: () => api.get({ org, params: { id: project.engagementId } }),
    mark: (...marks: Parameters<typeof api.set>[0]['body']['marks']) =>
      api.set({ org, params: { id: project.engagementId }, body: { marks } }),
    report: (name: string, body: Parameters<typeof api.report>[0]['body']) =>
      api.report({ org, params: { id: service(name) }, body }),
  };
}

test('everybody with a seat, in score order, present until noted', async () => {
  const { get, service } = await stage('order');
  const sheet = await get();
  expect(sheet.services.map(({ title, report }) => [title, report.version])).toEqual([
    ['Rehearsal', 0],
    ['Concert', 0],
  ]);
  expect(sheet.people.map(({ name, skill }) => [name, skill])).toEqual([
    ['Flora order', 'fl'],
    ['Vera order', 'vn1'],
    ['Viktor order', 'vn1'],
  ]);
  const [flora] = sheet.people;
  expect(flora?.marks.map(({ scheduleItemId, status, version }) => [scheduleItemId, status, version])).toEqual([
    [service('Rehearsal'), 'present', 0],
    [service('Concert'), 'present', 0],
  ]);
});

test('many are noted at once, all or none; two who note the same are told', async () => {
  const { mark, get, person, service } = await stage('marks');
  const at = { scheduleItemId: service('Rehearsal') };
  const vera = { ...at, resourceId: person('Vera') };
  const sheet = await mark(
    { ...vera, status: 'late', minutes: 12, note: 'Train', version: 0 },
    { ...at, resourceId: person('Viktor'), status: 'absent', version: 0 },
  );
  const statusOf = (name: string, of = sheet) => of.people.find((one) => one.name.startsWith(name))?.marks[0];
  expect(statusOf('Vera')).toMatchObject({ status: 'late', minutes: 12, note: 'Train', version: 1 });
  expect(statusOf('Viktor')).toMatchObject({ status: 'absent', minutes: 0, version: 1 });
  const flora = { ...at, resourceId: person('Flora'), status: 'excused' as const, version: 0 };
  await expect(mark(flora, { ...vera, status: 'present', version: 0 })).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    message: expect.stringContaining('Vera marks'),
  });
  expect(statusOf('Flora', await get())).toMatchObject({ status: 'present', version: 0 });
  const mended = await mark(flora, { ...vera, status: 'present', version: 1 });
  expect(statusOf('Vera', mended)).toMatchObject({ status: 'present', minutes: 0, note: '', version: 2 });
  const tries = await Promise.allSettled(
    (['late', 'left_early'] as const).map((status) => mark({ ...vera, status, minutes: 5, version: 2 })),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('of two first notes at once, one stays', async () => {
  const { mark, person, service } = await stage('race');
  const first = { scheduleItemId: service('Concert'), resourceId: person('Flora'), version: 0 };
  const tries = await Promise.allSettled([
    mark({ ...first, status: 'absent' }),
    mark({ ...first, status: 'excused' }),
    mark({ ...first, status: 'late', minutes: 3 }),
  ]);
  const refused = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refused).toHaveLength(2);
  for (const reason of refused) expect(reason).toMatchObject({ code: 'version_conflict' });
});

test('what can’t be is refused, by its field', async () => {
  const { mark, person, service } = await stage('wrong');
  const vera = { scheduleItemId: service('Rehearsal'), resourceId: person('Vera'), version: 0 };
  const refusal = (field: string) => ({ status: 400, fields: [expect.objectContaining({ field })] });
  await expect(mark({ ...vera, status: 'late' })).rejects.toMatchObject(refusal('marks.0.minutes'));
  await expect(mark({ ...vera, status: 'absent', minutes: 5 })).rejects.toMatchObject(refusal('marks.0.minutes'));
  await expect(mark({ ...vera, status: 'late', minutes: 151 })).rejects.toMatchObject(refusal('marks.0.minutes'));
  await expect(mark({ ...vera, status: 'absent', version: 4 })).rejects.toMatchObject(refusal('marks.0.version'));
  await expect(mark({ ...vera, status: 'absent' }, { ...vera, status: 'present' })).rejects.toMatchObject(
    refusal('marks.1'),
  );
  await expect(
    mark({ ...vera, status: 'absent' }, { ...vera, resourceId: service('Concert'), status: 'absent' }),
  ).rejects.toMatchObject(refusal('marks.1.resourceId'));
  await expect(mark({ ...vera, scheduleItemId: service('Load-in'), status: 'absent' })).rejects.toMatchObject(
    refusal('marks.0.resourceId'),
  );
});

test('a service ran over, or was called off', async () => {
  const { report, mark, person, service } = await stage('report');
  const over = await report('Concert', { version: 0, endedAt: '2026-11-04T22:10:00Z', notes: 'Two encores' });
  expect(over.report).toMatchObject({
    startedAt: null,
    endedAt: '2026-11-04T22:10:00.000Z',
    notes: 'Two encores',
    version: 1,
  });
  // Longer than planned, so more can be missed of it.
  const missed = { scheduleItemId: service('Concert'), resourceId: person('Vera'), version: 0 };
  await mark({ ...missed, status: 'left_early', minutes: 180 });
  await expect(report('Concert', { version: 0, endedAt: null })).rejects.toMatchObject({ code: 'version_conflict' });
  await expect(report('Concert', { version: 7 })).rejects.toMatchObject({ fields: [{ field: 'version' }] });
  const wrong = (body: object) => report('Concert', { version: 1, ...body });
  await expect(wrong({ endedAt: '2026-11-04T18:59:00Z' })).rejects.toMatchObject({ fields: [{ field: 'endedAt' }] });
  await expect(wrong({ endedAt: '2026-12-04T22:00:00Z' })).rejects.toMatchObject({ fields: [{ field: 'endedAt' }] });
  await expect(wrong({ cancelledAt: '2026-11-01T10:00:00Z', endedAt: '2026-11-04T22:00:00Z' })).rejects.toMatchObject({
    fields: [{ field: 'cancelledAt' }],
  });
  const off = await wrong({ cancelledAt: '2026-11-01T10:00:00Z' });
  expect(off.report).toMatchObject({ endedAt: null, cancelledAt: '2026-11-01T10:00:00.000Z', version: 2 });
  await expect(report('Load-in', { version: 0 })).rejects.toMatchObject({ status: 404 });
  const tries = await Promise.allSettled(
    [1, 2, 3].map((hour) => report('Rehearsal', { version: 0, endedAt: `2026-11-03T1${hour}:40:00Z` })),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('crew read their own and nobody else’s, without the office’s notes', async () => {
  const { engagementId, mark, report, person, service } = await stage('own');
  const { engagementId: elsewhere } = await stage('elsewhere');
  const crew = await addPerson(app, { role: 'crew' });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [
      app.org.id,
      person('Vera'),
      crew.userId,
    ]),
  );
  await mark({
    scheduleItemId: service('Concert'),
    resourceId: person('Vera'),
    status: 'late',
    minutes: 4,
    note: 'Again',
    version: 0,
  });
  await report('Concert', { version: 0, notes: 'Hall was cold' });
  const api = createClient(attendance, { baseUrl: app.baseUrl, headers: { cookie: crew.cookie, origin: app.baseUrl } });
  const sheet = await api.get({ org, params: { id: engagementId } });
  expect(sheet.people.map(({ name }) => name)).toEqual(['Vera own']);
  expect(sheet.people[0]?.marks[1]).toMatchObject({ status: 'late', minutes: 4, note: '' });
  expect(sheet.services[1]?.report.notes).toBe('');
  await expect(api.get({ org, params: { id: elsewhere } })).rejects.toMatchObject({ status: 404 });
  await expect(
    api.set({
      org,
      params: { id: engagementId },
      body: {
        marks: [{ scheduleItemId: service('Concert'), resourceId: person('Vera'), status: 'present', version: 1 }],
      },
    }),
  ).rejects.toMatchObject({ status: 403 });
});

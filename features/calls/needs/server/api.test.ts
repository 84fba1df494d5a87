import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectStage } from '#apps/server/test/project-stage.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { needs } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
const stage = (slug: string) => projectStage(app, slug);

test('a formula makes needs and their seats; a wrong one says where', async () => {
  const { org, api, id, addService, apply, grid } = await stage('formula');
  await addService(3);
  await addService(4);
  await expect(apply('2 2 2 2 - 4 2 3 x')).rejects.toMatchObject({
    status: 422,
    code: 'formula_wrong',
    fields: [{ field: 'works.0.formula' }],
    problem: { work: 0, at: expect.any(Number), hint: expect.any(String) },
  });
  const preview = await api.previewFormula({
    org: org.slug,
    params: { id },
    body: { works: [{ formula: '2[1.2/pic] 0 0 0 - 2 0 0 0 - 4.3.2.2.1' }] },
  });
  expect(preview.services).toBe(2);
  expect((await grid()).needs).toEqual([]);
  await apply('2[1.2/pic] 0 0 0 - 2 0 0 0 - 4.3.2.2.1');
  const made = await grid();
  expect(made.needs.map(({ title, quantity }) => `${quantity} ${title}`)).toEqual(
    preview.needs.map(({ title, quantity }) => `${quantity} ${title}`),
  );
  expect(made.needs.map(({ title, kind, doubles }) => [title, kind, doubles]).slice(0, 4)).toEqual([
    ['Flute 1', 'principal', []],
    ['Flute 2, also piccolo', 'section', ['picc']],
    ['Horn 1', 'principal', []],
    ['Horn 2', 'section', []],
  ]);
  expect(made.seats).toHaveLength(2 * (2 + 2 + 4 + 3 + 2 + 2 + 1));
  const again = await apply('2[1.2/pic] 0 0 0 - 2 0 0 0 - 4.3.2.2.1');
  expect(new Set(again.needs.map(({ change }) => change))).toEqual(new Set(['same']));
  const other = (await addService(5)).id;
  expect((await grid()).seats.filter(({ scheduleItemId }) => scheduleItemId === other)).toHaveLength(16);
});

test('works that are played at some services only want their players there only', async () => {
  const { org, api, id, addService, grid } = await stage('works');
  const [first, second] = [await addService(3), await addService(4)];
  const apply = (scheduleItemIds: string[]) =>
    api.applyFormula({
      org: org.slug,
      params: { id },
      body: { works: [{ formula: '0 0 0 0 - 2 0 0 0' }, { formula: '0 0 0 0 - 4 0 0 0', scheduleItemIds }] },
    });
  await expect(apply([id])).rejects.toMatchObject({ fields: [{ field: 'works.1.scheduleItemIds' }] });
  await apply([second.id]);
  const { needs: made, seats } = await grid();
  expect(made.map(({ title, everyService }) => `${title} ${everyService}`)).toEqual([
    'Horn 1 true',
    'Horn 2 true',
    'Horn 3 false',
    'Horn 4 false',
  ]);
  expect(seats.filter(({ scheduleItemId }) => scheduleItemId === first.id)).toHaveLength(2);
  expect(seats.filter(({ scheduleItemId }) => scheduleItemId === second.id)).toHaveLength(4);
});

test('a formula that is there before any service wants as many at each that comes', async () => {
  const { addService, apply, grid } = await stage('before');
  await apply('1 0 0 0 - 0 0 0 0 - 8.7.6.5.4');
  const more = await apply('1 0 0 0 - 0 0 0 0 - 10.7.6.5.4');
  expect(more.needs.filter(({ change }) => change === 'changed')).toMatchObject([{ quantity: 9 }]);
  await addService(3);
  expect((await grid()).seats).toHaveLength(1 + 10 + 7 + 6 + 5 + 4);
});

test('seats on which somebody sits go by an explicit word only, and then free their time', async () => {
  const { org, api, id, addService, apply, grid, person, take, commitments } = await stage('release');
  await addService(3);
  await apply('0 0 0 0 - 2 0 0 0');
  const horn = async (title: string) => (await grid()).needs.find((need) => need.title === title);
  const ann = await person('Ann');
  await take((await horn('Horn 2'))?.id ?? '', ann);
  const works = [{ formula: '0 0 0 0 - 1 0 0 0' }];
  const preview = await api.previewFormula({ org: org.slug, params: { id }, body: { works } });
  expect(preview.needs.find(({ change }) => change === 'removed')).toMatchObject({ title: 'Horn 2', people: ['Ann'] });
  await expect(apply('0 0 0 0 - 1 0 0 0')).rejects.toMatchObject({
    status: 409,
    code: 'in_use',
    message: expect.stringContaining('Ann has a seat'),
    problem: { people: ['Ann'], seats: 1 },
  });
  expect(await commitments(ann)).toHaveLength(1);
  const body = { works, release: true };
  await api.applyFormula({ org: org.slug, params: { id }, body });
  expect((await grid()).needs.map(({ title }) => title)).toEqual(['Horn']);
  expect(await commitments(ann)).toEqual([]);
});

test('by hand: any skill, some services; another quantity adds and takes open seats', async () => {
  const { org, api, addService, add, grid, person, take } = await stage('hand');
  const [first] = [await addService(3), await addService(4)];
  const need = await add({ skill: 'Stagehand', title: 'Stagehands', quantity: 6, scheduleItemIds: [first.id] });
  expect(need).toMatchObject({ source: 'hand', everyService: false, quantity: 6 });
  expect((await grid()).seats).toHaveLength(6);
  await expect(add({ skill: 'Rigger', title: 'Stagehands' })).rejects.toMatchObject({
    code: 'duplicate',
    fields: [{ field: 'title' }],
  });
  await expect(add({ skill: 'Rigger', title: 'Riggers', scheduleItemIds: [need.id] })).rejects.toMatchObject({
    fields: [{ field: 'scheduleItemIds' }],
  });
  const ann = await person('Ann');
  await take(need.id, ann, { number: 5 });
  const change = (version: number, body: object) =>
    api.change({ org: org.slug, params: { id: need.id }, body: { version, ...body } });
  await change(1, { quantity: 2 });
  expect((await grid()).seats.map(({ number, name }) => [number, name])).toEqual([
    [1, null],
    [5, 'Ann'],
  ]);
  await change(2, { scheduleItemIds: null });
  expect((await grid()).seats).toHaveLength(4);
  await change(3, { quantity: 1 });
  await expect(api.remove({ org: org.slug, params: { id: need.id }, query: {} })).rejects.toMatchObject({
    code: 'in_use',
  });
  await api.remove({ org: org.slug, params: { id: need.id }, query: { release: 'true' } });
  expect(await grid()).toMatchObject({ needs: [], seats: [] });
});

test('open seats over the season: by their first service, in pages, without what is over', async () => {
  const { org, api, addService, add, project, person, take } = await stage('season');
  const [late, early] = [await project('Late'), await project('Early')];
  await addService(20, {}, late);
  await addService(10, {}, early);
  await addService(12, {}, early);
  await addService(20, { year: 2020 }, early);
  const need = await add({ skill: 'hn', title: 'Horns', quantity: 2 }, early);
  await add({ skill: 'tu', title: 'Tuba' }, late);
  await take(need.id, await person('Ann'), {});
  const open = (query: object = {}) => api.open({ org: org.slug, query });
  const all = await open();
  expect(all).toMatchObject({
    total: 2,
    next: null,
    items: [
      { engagementTitle: 'Early', need: { title: 'Horns' }, seats: 4, open: 2, startsAt: '2027-05-10T08:00:00.000Z' },
      { engagementTitle: 'Late', seats: 1, open: 1, services: [{ kind: 'rehearsal', open: 1 }] },
    ],
  });
  const first = await open({ limit: 1 });
  const second = await open({ limit: 1, after: first.next ?? undefined });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect((await open({ skill: 'tu' })).items).toHaveLength(1);
  expect((await open({ to: '2027-05-11T00:00:00Z' })).items).toMatchObject([{ seats: 2, open: 1 }]);
  expect((await open({ from: '2019-01-01T00:00:00Z', engagementId: early })).items[0]).toMatchObject({ seats: 6 });
});

test('crew see the schedule of what they take part in, and no seats', async () => {
  const { org, id } = await stage('crew');
  await expect(app.client(needs, 'crew', org).grid({ org: org.slug, params: { id } })).rejects.toMatchObject({
    status: 403,
  });
  await expect(
    app.client(timeline, 'crew', org).list({ org: org.slug, params: { id }, query: {} }),
  ).rejects.toMatchObject({ status: 404 });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { roster } from '#features/calls/roster/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { needs } from '../contract.ts';
import { leaveSeats, openServices, takeSeats } from './seats.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** An organisation with a project in May 2027, and short ways to what most tests need. */
async function stage(slug: string) {
  const org = await app.addOrganisation(slug);
  const api = app.client(needs, 'manager', org);
  const schedule = app.client(timeline, 'manager', org);
  const people = app.client(resources, 'manager', org);
  const projects = app.client(engagements, 'manager', org);
  const project = async (title: string) => {
    const body = { title, startsAt: '2027-05-01T08:00:00Z', endsAt: '2027-05-31T21:00:00Z' };
    return (await projects.create({ org: slug, body })).id;
  };
  const id = await project('Mahler');
  type NewNeed = Parameters<typeof api.create>[0]['body'];
  type Taking = Partial<Parameters<typeof api.take>[0]['body']>;
  return {
    org,
    api,
    id,
    project,
    /** A rehearsal from 10 to 12:30 on a day of May. */
    addService: (day: number, { year = 2027 } = {}, of = id) => {
      const date = `${year}-05-${String(day).padStart(2, '0')}`;
      const body = { kind: 'rehearsal' as const, startsAt: `${date}T08:00:00Z`, endsAt: `${date}T10:30:00Z` };
      return schedule.create({ org: slug, params: { id: of }, body });
    },
    add: (body: NewNeed, of = id) => api.create({ org: slug, params: { id: of }, body }),
    apply: (formula: string) => api.applyFormula({ org: slug, params: { id }, body: { works: [{ formula }] } }),
    grid: () => api.grid({ org: slug, params: { id } }),
    seatRoster: () => api.seatRoster({ org: slug, params: { id }, body: {} }),
    person: async (name: string, skills: string[] = []) => {
      const body = { kind: 'person' as const, name, skills: skills.map((skill) => ({ skill, level: 3 })) };
      return (await people.create({ org: slug, body })).id;
    },
    take: (needId: string, resourceId: string, more: Taking = {}) =>
      api.take({ org: slug, params: { id: needId }, body: { resourceId, ...more } }),
    commitments: async (resourceId: string) =>
      (await app.client(claims, 'manager', org).list({ org: slug, query: { resourceId } })).items,
  };
}

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

test('a seat is taken at all services or none; the refusal names what stands in the way', async () => {
  const { org, api, addService, add, grid, person, take, commitments, project } = await stage('taking');
  await addService(3);
  await addService(4);
  const need = await add({ skill: 'Stagehand', title: 'Stagehand' });
  const [ann, ben] = [await person('Ann', ['Stagehand']), await person('Ben')];
  const gala = await project('Gala');
  await addService(4, {}, gala);
  const there = await add({ skill: 'Stagehand', title: 'Stagehand' }, gala);
  await take(there.id, ann);
  await expect(take(need.id, ann)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ann is committed to Gala'),
  });
  expect(await commitments(ann)).toHaveLength(1);
  expect(await take(need.id, ben)).toMatchObject({ lacking: ['Stagehand'] });
  await expect(take(need.id, ann)).rejects.toMatchObject({ code: 'seat_taken' });
  const { services, seats } = await grid();
  await expect(take(need.id, ben, { scheduleItemIds: services.map((service) => service.id) })).rejects.toMatchObject({
    code: 'seat_taken',
  });
  expect(seats.map(({ name, source, since }) => [name, source, typeof since])).toEqual([
    ['Ben', 'hand', 'string'],
    ['Ben', 'hand', 'string'],
  ]);
  const left = await api.leave({
    org: org.slug,
    params: { id: need.id },
    body: { resourceId: ben, scheduleItemIds: [services[0]?.id ?? ''], reason: 'ill' },
  });
  expect(left.scheduleItemIds).toEqual([services[0]?.id]);
  expect(await commitments(ben)).toHaveLength(1);
  await expect(api.leave({ org: org.slug, params: { id: need.id }, body: { resourceId: ann } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(take(need.id, need.id)).rejects.toMatchObject({ fields: [{ field: 'resourceId' }] });
});

test('a refusal leaves nothing behind, also where the transaction goes on', async () => {
  const { org, id, addService, add, grid, person, take, commitments, project } = await stage('going-on');
  const services = [await addService(3), await addService(4), await addService(5)];
  const need = await add({ skill: 'Stagehand', title: 'Stagehand' });
  const gala = await project('Gala');
  await addService(5, {}, gala);
  const [ann, ben] = [await person('Ann'), await person('Ben')];
  await take((await add({ skill: 'Stagehand', title: 'Stagehand' }, gala)).id, ann);
  const scope = mintScope({ orgId: org.id, actor: 'command', requestId: 'test' });
  const sitting = { engagementId: id, needId: need.id, source: 'call' as const };
  const scheduleItemIds = services.map((service) => service.id);
  await withTenant(app.databases, scope, async (tx) => {
    const refused = takeSeats(tx, { ...sitting, resourceId: ann, scheduleItemIds });
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    await takeSeats(tx, { ...sitting, resourceId: ben, scheduleItemIds: scheduleItemIds.slice(0, 1) });
    expect((await openServices(tx, need.id)).map(({ open }) => open)).toEqual([1, 1]);
    await expect(takeSeats(tx, { ...sitting, resourceId: ben, scheduleItemIds: [] })).rejects.toMatchObject({
      code: 'seat_taken',
    });
    expect(await leaveSeats(tx, { needId: need.id, resourceId: ann, reason: '' })).toEqual([]);
  });
  expect(await commitments(ann)).toHaveLength(1);
  expect((await grid()).seats.map(({ name, source }) => [name, source])).toContainEqual(['Ben', 'call']);
  expect(await commitments(ben)).toHaveLength(1);
});

test('of many who want the last seats at once, as many get them as there are, and nobody keeps half', async () => {
  const { addService, add, grid, person, take, commitments } = await stage('racing');
  for (const day of [3, 4, 5]) await addService(day);
  const need = await add({ skill: 'Stagehand', title: 'Stagehand', quantity: 3 });
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => person(`Racer ${n}`)));
  const outcomes = await Promise.allSettled(people.map((id) => take(need.id, id)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('seat_taken');
  const { seats } = await grid();
  expect(seats.every(({ resourceId }) => resourceId !== null)).toBe(true);
  const times = await Promise.all(people.map(commitments));
  expect(times.map((each) => each.length).filter((count) => count > 0)).toEqual([3, 3, 3]);
  // The same chair at every service.
  for (const id of people) {
    expect(new Set(seats.filter(({ resourceId }) => resourceId === id).map(({ number }) => number)).size).toBeLessThan(
      2,
    );
  }
});

test('a release on the board opens the seat; so does a commitment that is moved away from the service', async () => {
  const { org, addService, add, grid, person, take } = await stage('board');
  await addService(3);
  await addService(4);
  const need = await add({ skill: 'Stagehand', title: 'Stagehand' });
  const ann = await person('Ann');
  await take(need.id, ann);
  const board = app.client(claims, 'manager', org);
  const { items } = await board.list({ org: org.slug, query: { resourceId: ann } });
  const [first, second] = items;
  if (!first || !second) throw new Error('Ann has two commitments.');
  await board.release({ org: org.slug, body: { claimIds: [first.id] } });
  const wider = { startsAt: '2027-05-04T07:00:00Z', endsAt: '2027-05-04T11:30:00Z' };
  await board.move({ org: org.slug, params: { id: second.id }, body: { version: second.version, ...wider } });
  expect((await grid()).seats.filter(({ name }) => name === 'Ann')).toHaveLength(1);
  const away = { startsAt: '2027-05-05T07:00:00Z', endsAt: '2027-05-05T11:30:00Z' };
  await board.move({ org: org.slug, params: { id: second.id }, body: { version: second.version + 1, ...away } });
  expect((await grid()).seats.map(({ name, source, since }) => [name, source, since])).toEqual([
    [null, null, null],
    [null, null, null],
  ]);
});

test('people move to another seat with their time, and change places', async () => {
  const { org, api, addService, add, grid, person, take, commitments } = await stage('changing');
  await addService(3);
  await addService(4);
  const [horns, tubas] = [await add({ skill: 'hn', title: 'Horn' }), await add({ skill: 'tu', title: 'Tuba' })];
  const [ann, ben] = [await person('Ann'), await person('Ben')];
  await take(horns.id, ann);
  await take(tubas.id, ben);
  const { seats, services } = await grid();
  const seat = (needId: string, service: number) =>
    seats.find((each) => each.needId === needId && each.scheduleItemId === services[service]?.id)?.id ?? '';
  const move = (from: string, to: string) => api.move({ org: org.slug, params: { id: from }, body: { seatId: to } });
  const moved = await move(seat(horns.id, 0), seat(tubas.id, 0));
  expect(new Set(moved.seats.map(({ name }) => name))).toEqual(new Set(['Ann', 'Ben']));
  expect((await grid()).seats.find(({ id }) => id === seat(horns.id, 0))?.name).toBe('Ben');
  expect(await commitments(ann)).toHaveLength(2);
  await expect(move(seat(horns.id, 0), seat(tubas.id, 1))).rejects.toMatchObject({ fields: [{ field: 'seatId' }] });
  await expect(move(services[0]?.id ?? '', seat(tubas.id, 1))).rejects.toMatchObject({ status: 404 });
});

test('the roster is seated, less leave and who is committed elsewhere; twice changes nothing', async () => {
  const { org, id, addService, add, apply, grid, person, take, project, seatRoster } = await stage('roster');
  const chairs = app.client(roster, 'manager', org);
  const [first] = [await addService(3), await addService(4)];
  const position = async (
    instrument: 'fl' | 'hn' | 'vn1',
    title: string,
    kind: 'principal' | 'section',
    count: number,
  ) => {
    const body = {
      instrument,
      title,
      kind,
      chairs: count,
      doubles: title.includes('piccolo') ? ['picc' as const] : [],
    };
    const made = await chairs.createPosition({ org: org.slug, body });
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const resourceId = await person(`${title} ${index + 1}`);
        const chair = { positionId: made.id, number: index + 1, resourceId, startsOn: '2020-01-01' };
        await chairs.giveChair({ org: org.slug, body: chair });
        return resourceId;
      }),
    );
  };
  const [flute] = await position('fl', 'Principal flute', 'principal', 1);
  await position('fl', 'Flute and piccolo', 'section', 1);
  const horns = await position('hn', 'Horn, tutti', 'section', 2);
  const violins = await position('vn1', 'First violin, tutti', 'section', 4);
  const away = {
    resourceId: flute ?? '',
    startsAt: '2027-05-04T00:00:00Z',
    endsAt: '2027-05-05T00:00:00Z',
    reason: '',
  };
  await app.client(availability, 'manager', org).addTimeOff({ org: org.slug, body: away });
  const gala = await project('Gala');
  await addService(3, {}, gala);
  await take((await add({ skill: 'hn', title: 'Horn' }, gala)).id, horns[0] ?? '');
  await apply('2[1.2/pic] 0 0 0 - 3 0 0 0 - 4.0.0.0.0');
  const told = await seatRoster();
  const names = async (title: string) => {
    const { needs: all, seats, services } = await grid();
    const need = all.find((each) => each.title === title);
    return services.map(({ id: service }) =>
      seats.filter((each) => each.needId === need?.id && each.scheduleItemId === service).map(({ name }) => name),
    );
  };
  expect(await names('Flute 1')).toEqual([['Principal flute 1'], [null]]);
  expect(await names('Flute 2, also piccolo')).toEqual([['Flute and piccolo 1'], ['Flute and piccolo 1']]);
  // The first tutti horn is committed elsewhere at the first service: nobody is left for that seat.
  expect(await names('Horn 1')).toEqual([[null], [null]]);
  expect(await names('Horn 2')).toEqual([[null], ['Horn, tutti 1']]);
  expect(await names('Horn 3')).toEqual([['Horn, tutti 2'], ['Horn, tutti 2']]);
  expect(await names('First violin, section')).toEqual([
    ['First violin, tutti 1', 'First violin, tutti 2', 'First violin, tutti 3'],
    ['First violin, tutti 1', 'First violin, tutti 2', 'First violin, tutti 3'],
  ]);
  expect(told).toMatchObject({
    away: [{ name: 'Principal flute 1', services: 1 }],
    conflicts: [{ resourceName: 'Horn, tutti 1', reason: 'committed', startsAt: first.startsAt }],
  });
  expect(told.filled + told.open).toBe((await grid()).seats.length);
  const before = await grid();
  expect(await seatRoster()).toMatchObject({ filled: 0, people: 0, open: told.open });
  expect(await grid()).toEqual(before);
  expect(violins).toHaveLength(4);
  await expect(
    app.client(needs, 'staff', org).seatRoster({ org: org.slug, params: { id }, body: {} }),
  ).rejects.toMatchObject({ status: 403 });
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

import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectStage } from '#apps/server/test/project-stage.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { roster } from '#features/calls/roster/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { needs } from '../contract.ts';
import { leaveSeats, openServices, takeSeats } from './seats.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
const stage = (slug: string) => projectStage(app, slug);

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

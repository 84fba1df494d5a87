import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { travel } from '../contract.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
let anna: string;
let bo: string;
let crew: Person;
beforeAll(async () => {
  app = await startTestApp();
  const add = async (name: string, kind: 'person' | 'place' = 'person') =>
    (await app.client(resources).create({ org, body: { kind, name } })).id;
  [anna, bo] = [await add('Anna'), await add('Bo')];
  crew = await addPerson(app, { role: 'crew' });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, anna, crew.userId]),
  );
});
afterAll(() => app.stop());

const api = (role: 'manager' | 'staff' = 'manager') => app.client(travel, role);
const own = () => createClient(travel, { baseUrl: app.baseUrl, headers: { cookie: crew.cookie } });

async function show(title: string, day: string, seriesId?: string) {
  const times = { startsAt: `${day}T14:00:00.000Z`, endsAt: `${day}T22:00:00.000Z` };
  const { id } = await app.client(engagements).create({ org, body: { title, ...times, seriesId, zone: 'UTC' } });
  return { id, params: { id }, ...times };
}
const book = (engagement: { id: string; startsAt: string; endsAt: string }, resourceId: string) => {
  const { id: engagementId, startsAt, endsAt } = engagement;
  return app
    .client(claims)
    .place({ org, body: { engagementId, claims: [{ resourceId, startsAt, endsAt, status: 'commit' }] } });
};
const flight = (day: string, more: object = {}) => ({
  mode: 'air' as const,
  carrier: 'Lufthansa',
  number: 'LH 96',
  fromName: 'Munich',
  fromZone: 'Europe/Berlin',
  toName: 'Lisbon',
  toZone: 'Europe/Lisbon',
  departsAt: `${day}T09:00:00.000Z`,
  arrivesAt: `${day}T12:15:00.000Z`,
  ...more,
});
const hotel = (checkInOn: string, checkOutOn: string) => ({
  name: 'Astra',
  checkInOn,
  checkOutOn,
  confirmation: 'H-77',
});

test('a leg, who is on it, and what two do to it at once', async () => {
  const { params } = await show('Legs', '2029-05-01');
  const leg = await api().addLeg({ org, params, body: flight('2029-05-01', { personIds: [bo, anna, bo] }) });
  expect(leg).toMatchObject({ version: 1, travellers: [{ name: 'Anna', seat: '' }, { name: 'Bo' }] });
  const at = { id: leg.id };
  const seated = await api().setTravellers({
    org,
    params: at,
    body: { people: [{ personId: anna, seat: '12A' }, { personId: bo }] },
  });
  expect(seated.travellers).toMatchObject([{ seat: '12A' }, { seat: '' }]);
  // Who says nothing of a seat leaves it.
  await Promise.all(
    [anna, bo].map((personId) => api().setTravellers({ org, params: at, body: { people: [{ personId }] } })),
  );
  const renamed = api().changeLeg({ org, params: at, body: { version: 1, number: 'LH 98' } });
  const noted = api().changeLeg({ org, params: at, body: { version: 1, notes: 'Two bags each' } });
  await Promise.all([renamed, noted]);
  expect((await api().get({ org, params })).legs).toMatchObject([
    { number: 'LH 98', notes: 'Two bags each', travellers: [{ seat: '12A' }, { seat: '' }] },
  ]);
  await expect(api().changeLeg({ org, params: at, body: { version: 1, number: 'LH 1' } })).rejects.toMatchObject({
    code: 'version_conflict',
  });
  await api().removeTraveller({ org, params: { ...at, personId: bo } });
  await expect(api().removeTraveller({ org, params: { ...at, personId: bo } })).rejects.toMatchObject({ status: 404 });
  await api().removeLeg({ org, params: at });
  expect((await api().get({ org, params })).legs).toEqual([]);
});

test('what makes no sense is refused, and nothing of it stays', async () => {
  const { params } = await show('Refused', '2029-05-02');
  const add = (more: object) => api().addLeg({ org, params, body: flight('2029-05-02', more) });
  const hall = await app.client(resources).create({ org, body: { kind: 'place', name: 'Hall' } });
  for (const [more, field] of [
    [{ arrivesAt: '2029-05-02T09:00:00.000Z' }, 'arrivesAt'],
    [{ arrivesAt: '2029-08-02T09:00:00.000Z' }, 'arrivesAt'],
    [{ fromZone: 'Munich' }, 'fromZone'],
    [{ personIds: [anna, nobody] }, 'personIds'],
    [{ personIds: [hall.id] }, 'personIds'],
  ] as const)
    await expect(add(more), field).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field }] });
  await expect(api().addHotel({ org, params, body: hotel('2029-05-02', '2029-05-02') })).rejects.toMatchObject({
    fields: [{ field: 'checkOutOn' }],
  });
  expect(await api().get({ org, params })).toEqual({ legs: [], hotels: [], perDiems: [], people: [], conflicts: [] });
  const leg = await add({});
  await expect(
    api().changeLeg({ org, params: { id: leg.id }, body: { version: 1, departsAt: '2029-05-03T09:00:00.000Z' } }),
  ).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field: 'arrivesAt' }] });
  await expect(api().get({ org, params: { id: nobody } })).rejects.toMatchObject({ status: 404 });
});

test('a rooming list: everybody has one bed in a hotel, whoever sorts at the same time', async () => {
  const { params } = await show('Rooms', '2029-05-03');
  const stay = await api().addHotel({ org, params, body: hotel('2029-05-03', '2029-05-05') });
  const at = { id: stay.id };
  const { rooms } = await api().addRooms({ org, params: at, body: { kind: 'single', count: 2 } });
  const [first, second] = rooms;
  if (!first || !second) throw new Error('Two rooms were added.');
  const put = (room: string, personIds: string[]) =>
    api().setSleepers({ org, params: { id: room }, body: { personIds } });
  await Promise.all([put(first.id, [anna, bo]), put(second.id, [bo, anna]), put(first.id, [bo])]);
  const sleepers = async () =>
    (await api().get({ org, params })).hotels.flatMap((one) => one.rooms.flatMap((room) => room.sleepers));
  expect(await sleepers()).toHaveLength(2);
  await put(second.id, [anna, bo]);
  expect((await api().get({ org, params })).conflicts).toMatchObject([
    { kind: 'full_room', personName: 'Anna, Bo', what: 'Single, Astra' },
  ]);
  await api().changeRoom({ org, params: { id: second.id }, body: { version: 1, kind: 'twin', label: '204' } });
  expect((await api().get({ org, params })).conflicts).toEqual([]);
  await api().removeSleeper({ org, params: { id: second.id, personId: anna } });
  await api().removeRoom({ org, params: { id: second.id } });
  expect(await sleepers()).toEqual([]);
  await expect(put(second.id, [anna])).rejects.toMatchObject({ status: 404 });
  await api().removeHotel({ org, params: at });
});

test('conflicts: what is scheduled, elsewhere, nights, and who was forgotten', async () => {
  const gala = await show('Gala', '2029-06-10');
  const other = await show('Other show', '2029-06-12');
  await Promise.all([book(gala, anna), book(gala, bo), book(other, anna)]);
  const item = (kind: 'load_in' | 'travel', startsAt: string, endsAt: string) =>
    app.client(timeline).create({ org, params: gala.params, body: { kind, startsAt, endsAt } });
  await item('load_in', '2029-06-10T13:00:00.000Z', '2029-06-10T15:00:00.000Z');
  await item('travel', '2029-06-10T10:00:00.000Z', '2029-06-10T11:00:00.000Z');
  await api().addLeg({ org, params: gala.params, body: flight('2029-06-10', { personIds: [anna] }) });
  const home = { departsAt: '2029-06-12T15:00:00.000Z', arrivesAt: '2029-06-12T17:00:00.000Z' };
  await api().addLeg({ org, params: gala.params, body: flight('2029-06-12', { ...home, personIds: [anna] }) });
  const told = async (client = api()) =>
    (await client.get({ org, params: gala.params })).conflicts.map((one) => [
      one.kind,
      one.personName,
      one.what,
      one.minutes ?? one.nights.join(' '),
    ]);
  expect(await told()).toEqual([
    ['elsewhere', 'Anna', 'Other show', ''],
    ['tight', 'Anna', 'Load-in', 45],
    ['no_bed', 'Anna', 'Lufthansa LH 96', '2029-06-10 2029-06-11'],
    ['no_travel', 'Bo', '', ''],
  ]);
  const stay = await api().addHotel({ org, params: other.params, body: hotel('2029-06-10', '2029-06-12') });
  const { rooms } = await api().addRooms({ org, params: { id: stay.id }, body: { kind: 'single', count: 1 } });
  await api().setSleepers({ org, params: { id: rooms[0]?.id ?? '' }, body: { personIds: [anna] } });
  // The bed stands with the next show. Anna herself isn't told who else was forgotten.
  expect(await told(own())).toEqual([
    ['elsewhere', 'Anna', 'something else', ''],
    ['tight', 'Anna', 'Load-in', 45],
  ]);
});

test('people see their own; numbers and money are for who may', async () => {
  const mine = await show('Mine', '2029-07-01');
  const theirs = await show('Theirs', '2029-07-02');
  const leg = await api().addLeg({
    org,
    params: mine.params,
    body: flight('2029-07-01', { confirmation: 'ABC123', personIds: [anna] }),
  });
  await api().addLeg({ org, params: mine.params, body: flight('2029-07-01', { personIds: [bo], number: 'LH 1' }) });
  await api().addLeg({ org, params: theirs.params, body: flight('2029-07-02', { personIds: [bo] }) });
  const days = { from: '2029-07-01', to: '2029-07-02', amountMinor: 4_500, currency: 'EUR' };
  await api().setPerDiems({ org, params: mine.params, body: { ...days, personIds: [anna, bo] } });

  const office = await api('staff').get({ org, params: mine.params });
  expect(office).toMatchObject({ legs: [{ confirmation: '' }, {}], perDiems: [] });
  const staffAdds = api('staff').addLeg({
    org,
    params: mine.params,
    body: flight('2029-07-01', { confirmation: 'X' }),
  });
  await expect(staffAdds).rejects.toMatchObject({ status: 403, fields: [{ field: 'confirmation' }] });

  const seen = await own().get({ org, params: mine.params });
  expect(seen.legs).toMatchObject([{ id: leg.id, confirmation: 'ABC123' }]);
  expect(seen.perDiems.map(({ name, day }) => [name, day])).toEqual([
    ['Anna', '2029-07-01'],
    ['Anna', '2029-07-02'],
  ]);
  const nothing = { legs: [], hotels: [], perDiems: [], people: [], conflicts: [] };
  expect(await own().get({ org, params: theirs.params })).toEqual(nothing);
  expect(await own().get({ org, params: { id: nobody } })).toEqual(nothing);
  const { items } = await own().mine({ org, query: { from: '2029-06-30T00:00:00.000Z' } });
  expect(items).toMatchObject([{ engagement: { title: 'Mine' }, legs: [{ id: leg.id }], perDiems: [{}, {}] }]);
  expect(await own().mine({ org, query: { from: '2030-01-01T00:00:00.000Z' } })).toEqual({ items: [] });
  await expect(own().removeLeg({ org, params: { id: leg.id } })).rejects.toMatchObject({ status: 403 });
  await expect(own().ofSeries({ org, params: { id: nobody } })).rejects.toMatchObject({ status: 403 });
});

test('per diems: once a day, paid ones stay', async () => {
  const { params } = await show('Money', '2029-08-01');
  const set = (more: object) =>
    api().setPerDiems({
      org,
      params,
      body: {
        personIds: [anna, bo],
        from: '2029-08-01',
        to: '2029-08-03',
        amountMinor: 4_500,
        currency: 'EUR',
        ...more,
      },
    });
  const both = await Promise.all([set({}), set({})]);
  expect(both.map((one) => one.set).toSorted((a, b) => a - b)).toEqual([0, 6]);
  const list = async () => (await api().get({ org, params })).perDiems;
  const [first] = await list();
  if (!first) throw new Error('They were set.');
  expect(await api().payPerDiems({ org, body: { ids: [first.id], paid: true } })).toEqual({ changed: 1 });
  expect(await api().payPerDiems({ org, body: { ids: [first.id], paid: true } })).toEqual({ changed: 0 });
  expect(await set({ amountMinor: 5_000, currency: 'USD' })).toEqual({ set: 5, paid: 1 });
  expect(await list()).toContainEqual(expect.objectContaining({ id: first.id, amountMinor: 4_500, currency: 'EUR' }));
  const ids = (await list()).map(({ id }) => id);
  await expect(api().removePerDiems({ org, body: { ids } })).rejects.toMatchObject({ code: 'in_use' });
  await expect(api().payPerDiems({ org, body: { ids: [first.id, nobody], paid: false } })).rejects.toMatchObject({
    status: 404,
  });
  expect(await api().removePerDiems({ org, body: { ids: ids.filter((id) => id !== first.id) } })).toEqual({
    removed: 5,
  });
  await expect(set({ to: '2029-07-01' })).rejects.toMatchObject({ fields: [{ field: 'to' }] });
  await expect(set({ to: '2029-12-01' })).rejects.toMatchObject({ fields: [{ field: 'to' }] });
  await expect(set({ currency: 'XXQ' })).rejects.toMatchObject({ fields: [{ field: 'currency' }] });
});

test('a copy keeps the clock where the clocks change between, and confirms nothing', async () => {
  const first = await show('First', '2029-10-20');
  const next = await show('Next', '2029-11-03');
  const leg = flight('2029-10-20', { confirmed: true, confirmation: 'ABC', personIds: [anna] });
  await api().addLeg({ org, params: first.params, body: leg });
  const stay = await api().addHotel({
    org,
    params: first.params,
    body: { ...hotel('2029-10-20', '2029-10-22'), confirmed: true },
  });
  const { rooms } = await api().addRooms({
    org,
    params: { id: stay.id },
    body: { kind: 'twin', count: 2, label: '7' },
  });
  await api().setSleepers({ org, params: { id: rooms[0]?.id ?? '' }, body: { personIds: [anna, bo] } });
  const copy = (more: object) => api().copy({ org, params: next.params, body: { from: first.id, days: 14, ...more } });
  expect(await copy({})).toEqual({ legs: 1, hotels: 1 });
  const { legs, hotels } = await api().get({ org, params: next.params });
  expect(legs).toMatchObject([
    {
      // 11:00 in Berlin, in summer and in winter.
      departsAt: '2029-11-03T10:00:00.000Z',
      arrivesAt: '2029-11-03T13:15:00.000Z',
      confirmed: false,
      confirmation: '',
      travellers: [{ name: 'Anna' }],
    },
  ]);
  expect(hotels).toMatchObject([
    { checkInOn: '2029-11-03', checkOutOn: '2029-11-05', confirmed: false, confirmation: '' },
  ]);
  expect(hotels[0]?.rooms.map(({ label, sleepers }) => [label, sleepers.length]).toSorted()).toEqual([
    ['', 0],
    ['', 2],
  ]);
  await expect(copy({ from: nobody })).rejects.toMatchObject({ fields: [{ field: 'from' }] });
  await expect(copy({ from: next.id })).rejects.toMatchObject({ fields: [{ field: 'from' }] });
  await app.inTenant((tx) =>
    tx.query(
      "update hotel_stays set check_in_on = '2195-01-01', check_out_on = '2195-01-02' where org_id = $1 and id = $2",
      [app.org.id, stay.id],
    ),
  );
  await expect(copy({ days: 3_000 })).rejects.toMatchObject({ fields: [{ field: 'days' }] });
});

test('a tour in one list, and both lists as CSV', async () => {
  const series = await app.client(engagements).createSeries({ org, body: { name: 'Autumn tour' } });
  const second = await show('Porto', '2029-09-02', series.id);
  const first = await show('=Lisbon', '2029-09-01', series.id);
  await api().addLeg({
    org,
    params: first.params,
    body: flight('2029-09-01', { notes: '=1+1', confirmation: 'ABC', personIds: [anna, bo] }),
  });
  const stay = await api().addHotel({ org, params: second.params, body: hotel('2029-09-02', '2029-09-03') });
  await api().addRooms({ org, params: { id: stay.id }, body: { kind: 'suite', count: 1 } });
  const tour = await api().ofSeries({ org, params: { id: series.id } });
  expect(tour).toMatchObject({
    name: 'Autumn tour',
    items: [
      { engagement: { title: '=Lisbon' }, legs: [{}], hotels: [] },
      { engagement: { title: 'Porto' }, legs: [], hotels: [{ rooms: [{ kind: 'suite' }] }] },
    ],
  });
  const csv = await api().export({ org, params: first.params });
  expect(csv.split('\r\n').slice(1)).toEqual([
    "Anna,,Flight,Lufthansa,LH 96,Munich,2029-09-01,11:00,Europe/Berlin,Lisbon,2029-09-01,13:15,Europe/Lisbon,no,ABC,'=1+1",
    "Bo,,Flight,Lufthansa,LH 96,Munich,2029-09-01,11:00,Europe/Berlin,Lisbon,2029-09-01,13:15,Europe/Lisbon,no,ABC,'=1+1",
    '',
  ]);
  expect(await api('staff').export({ org, params: first.params })).not.toContain('ABC');
  expect(await api('staff').exportRooms({ org, params: second.params })).toContain(
    'Astra,2029-09-02,2029-09-03,Suite,,,no,\r\n',
  );
});

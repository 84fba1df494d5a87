import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { keep } from '#platform/test/shots.ts';

const org = 'test';
const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
let app: TestApp;
let crew: Person;
let show: string;
let anna: string;
beforeAll(async () => {
  app = await startTestApp();
  show = (await app.client(engagements).create({ org, body: { title: 'Lisbon', zone: 'Europe/Lisbon', ...times } })).id;
  const people: string[] = [];
  for (const name of ['Anna Ångström', 'Bo Li']) {
    const { id } = await app.client(resources).create({ org, body: { kind: 'person', name } });
    people.push(id);
    await app
      .client(claims)
      .place({ org, body: { engagementId: show, claims: [{ resourceId: id, status: 'commit', ...times }] } });
  }
  crew = await addPerson(app, { role: 'crew' });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, people[0], crew.userId]),
  );
  anna = people[0] ?? '';
  const api = app.client(travel);
  const leg = (number: string, personIds: string[]) => ({
    mode: 'air' as const,
    carrier: 'TAP',
    number,
    fromName: 'New York JFK, Terminal 1',
    fromZone: 'America/New_York',
    toName: 'Lisbon',
    toZone: 'Europe/Lisbon',
    departsAt: '2029-04-30T22:00:00.000Z',
    arrivesAt: '2029-05-01T05:30:00.000Z',
    confirmation: `REF-${number}`,
    confirmed: number === 'TP 210',
    notes: 'Two bags each.',
    personIds,
  });
  const params = { id: show };
  await api.addLeg({ org, params, body: leg('TP 210', people) });
  await api.addLeg({ org, params, body: leg('TP 999', people.slice(1)) });
  const home = { departsAt: '2029-05-01T22:00:00.000Z', arrivesAt: '2029-05-02T04:00:00.000Z' };
  await api.addLeg({ org, params, body: { ...leg('TP 300', people.slice(0, 1)), ...home } });
  await api.addLeg({ org, params, body: { ...leg('TP 301', people.slice(1)), ...home } });
  const hotel = await api.addHotel({
    org,
    params,
    body: {
      name: 'Hotel Astra',
      address: 'Rua Augusta 1\n1100-048 Lisbon',
      phone: '+351 21 000',
      checkInOn: '2029-05-01',
      checkOutOn: '2029-05-03',
      confirmation: 'REF-HOTEL',
    },
  });
  const { rooms } = await api.addRooms({ org, params: { id: hotel.id }, body: { kind: 'single', count: 2 } });
  for (const [index, room] of rooms.entries())
    await api.setSleepers({ org, params: { id: room.id }, body: { personIds: people.slice(index, index + 1) } });
});
afterAll(() => app.stop());

const read = async (path: string, headers: Record<string, string>) => {
  const answer = await fetch(`${app.baseUrl}/api/v1/orgs/test/engagements/${path}`, { headers });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
};
const printed = async (name: string, headers: Record<string, string>, paper = 'a4') => {
  const { status, bytes } = await read(`${show}/documents/${name}.pdf?paper=${paper}`, headers);
  expect(status).toBe(200);
  keep(`${name.replaceAll('/', '-')}-${paper}.pdf`, bytes);
  return pdfText(bytes);
};
const keyOf = (role: 'manager' | 'staff') => ({ authorization: `Bearer ${app.org.keys[role]}` });

test('the travel sheet says legs by the clocks there, people and hotels, as far as its reader may see', async () => {
  const sheet = await printed('travel', keyOf('manager'));
  for (const word of [
    'Monday 30 April 2029',
    '18:00',
    '06:30',
    'TAP TP 210',
    'Anna Ångström, Bo Li',
    'REF-TP 210',
    'Hotel Astra',
  ])
    expect(sheet).toContain(word);
  expect(await printed('travel', keyOf('staff'), 'letter')).not.toContain('REF-');
  const own = await printed('travel', { cookie: crew.cookie });
  expect(own).toContain('REF-TP 210');
  expect(own).not.toContain('TP 999');
});

test('the rooming list is for the office; others find their own room', async () => {
  expect(await printed('rooming-list', keyOf('manager'))).toContain('Bo Li');
  const own = await printed('rooming-list', { cookie: crew.cookie });
  expect(own).toContain('Anna Ångström');
  expect(own).not.toContain('Bo Li');
});

test('the day sheet says how people travel and where they sleep; of one person only theirs', async () => {
  const sheet = await printed('day-sheet', keyOf('manager'));
  for (const word of ['Hotel Astra', 'Rua Augusta 1']) expect(sheet).toContain(word);
  expect(sheet).not.toContain('REF-');
  const own = await printed(`people/${anna}/day-sheet`, keyOf('manager'));
  expect(own).toContain('Hotel Astra');
  expect(own).toContain('TP 300');
  expect(own).not.toContain('TP 301');
  expect(own).toContain('Single');
});

test('who may see no travel finds nothing', async () => {
  const promoter = await addPerson(app, { role: 'promoter' });
  expect((await read(`${show}/documents/travel.pdf`, { cookie: promoter.cookie })).status).toBe(404);
});

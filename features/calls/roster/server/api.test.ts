import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { roster } from '../contract.ts';
import { rosterOn } from './queries.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** An organisation of its own, with short ways to what most tests need. */
async function stage(slug: string) {
  const org = await app.addOrganisation(slug);
  const api = app.client(roster, 'manager', org);
  const people = app.client(resources, 'manager', org);
  return {
    org,
    api,
    addPerson: async (name: string, more: object = {}) =>
      (await people.create({ org: slug, body: { kind: 'person', name, ...more } })).id,
    skillsOf: async (id: string) => (await people.get({ org: slug, params: { id } })).skills.map(({ skill }) => skill),
    addPosition: (body: Parameters<typeof api.createPosition>[0]['body']) => api.createPosition({ org: slug, body }),
    give: (positionId: string, number: number, resourceId: string, startsOn = '2026-09-01', more: object = {}) =>
      api.giveChair({ org: slug, body: { positionId, number, resourceId, startsOn, ...more } }),
    onDay: (on?: string) => api.get({ org: slug, query: on ? { on } : {} }),
    load: (content: string) => api.import({ org: slug, body: { content } }),
  };
}

const inOrg = <T>(org: TestOrganisation, work: Parameters<typeof withTenant<T>>[2]) =>
  withTenant(app.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), work);

test('a usual orchestra is set up once, in score order', async () => {
  const { org, api, addPosition, onDay } = await stage('usual');
  await addPosition({ instrument: 'fl', title: 'Principal flute', kind: 'principal' });
  const { created } = await api.setUp({ org: org.slug, body: {} });
  const { positions } = await onDay();
  expect(positions).toHaveLength(created + 1);
  expect(positions.slice(0, 4).map(({ title }) => title)).toEqual([
    'Principal flute',
    'Second flute',
    'Flute and piccolo',
    'Principal oboe',
  ]);
  expect(positions.at(-1)).toMatchObject({ title: 'Double bass, tutti', chairs: 5 });
  expect(await api.setUp({ org: org.slug, body: {} })).toEqual({ created: 0 });
});

test('one holder at a time, named; the past stays; skills follow', async () => {
  const { org, api, addPerson, addPosition, give, onDay, skillsOf } = await stage('holders');
  const { id } = await addPosition({ instrument: 'vn2', title: 'Second violin, tutti', chairs: 2, doubles: ['va'] });
  const ada = await addPerson('Ada', { skills: [{ skill: 'violin', level: 5 }] });
  const bea = await addPerson('Bea');
  const first = await give(id, 1, ada, '2020-01-01');
  expect(await skillsOf(ada)).toEqual(['Viola', 'violin']);
  await expect(give(id, 1, bea)).rejects.toMatchObject({
    status: 409,
    code: 'chair_taken',
    message: expect.stringContaining('Ada holds chair 1, from 1 January 2020'),
  });
  await expect(give(id, 2, ada)).rejects.toMatchObject({ message: expect.stringContaining('sits on chair 1') });
  await expect(give(id, 3, bea)).rejects.toMatchObject({ fields: [{ field: 'number' }] });
  const ended = await api.changeChair({
    org: org.slug,
    params: { id: first.id },
    body: { version: 1, endsOn: '2026-07-31', note: 'Retires' },
  });
  expect(ended).toMatchObject({ endsOn: '2026-07-31', note: 'Retires', name: 'Ada', version: 2 });
  await give(id, 1, bea, '2026-08-01', { tenure: 'trial', endsOn: '2027-07-31' });
  expect(await skillsOf(bea)).toEqual(['Viola', 'Violin']);
  const names = async (day: string) => (await onDay(day)).chairs.map(({ name }) => name);
  expect([
    await names('2019-12-31'),
    await names('2026-07-31'),
    await names('2026-08-01'),
    await names('2027-08-01'),
  ]).toEqual([[], ['Ada'], ['Bea'], []]);
  const { items } = await api.holders({ org: org.slug, params: { id } });
  expect(items.map(({ name }) => name)).toEqual(['Bea', 'Ada']);
  await expect(
    api.changeChair({ org: org.slug, params: { id: first.id }, body: { version: 2, endsOn: null } }),
  ).rejects.toMatchObject({ code: 'chair_taken', message: expect.stringContaining('Bea') });
});

test('of many who take one chair at once, one sits', async () => {
  const { addPerson, addPosition, give, onDay } = await stage('race');
  const { id } = await addPosition({ instrument: 'ob', title: 'Principal oboe', kind: 'principal' });
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => addPerson(`Oboist ${index}`)));
  const tries = await Promise.allSettled(people.map((person) => give(id, 1, person)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'chair_taken' });
  expect((await onDay('2026-10-01')).chairs).toHaveLength(1);
});

test('positions: no title twice, not fewer chairs than sat on, not gone while somebody is known on it', async () => {
  const { org, api, addPerson, addPosition, give } = await stage('positions');
  const wanted = { instrument: 'hn' as const, title: 'Horn', chairs: 4 };
  const { id } = await addPosition(wanted);
  await expect(addPosition(wanted)).rejects.toMatchObject({
    status: 409,
    code: 'duplicate',
    fields: [{ field: 'title' }],
  });
  const chair = await give(id, 3, await addPerson('Cor'));
  const change = (chairs: number) =>
    api.changePosition({ org: org.slug, params: { id }, body: { version: 1, chairs } });
  await expect(change(2)).rejects.toMatchObject({
    code: 'in_use',
    message: expect.stringContaining('Cor sits on chair 3'),
  });
  expect(await change(3)).toMatchObject({ chairs: 3, version: 2 });
  await expect(api.removePosition({ org: org.slug, params: { id } })).rejects.toMatchObject({ code: 'in_use' });
  await api.removeChair({ org: org.slug, params: { id: chair.id } });
  await api.removePosition({ org: org.slug, params: { id } });
  await expect(api.holders({ org: org.slug, params: { id } })).rejects.toMatchObject({ status: 404 });
});

test('a chair is a person’s, and of this organisation', async () => {
  const { org, api, addPerson, addPosition, give } = await stage('strict');
  const { id } = await addPosition({ instrument: 'hp', title: 'Principal harp', kind: 'principal' });
  const place = await app
    .client(resources, 'manager', org)
    .create({ org: org.slug, body: { kind: 'place', name: 'Hall' } });
  const foreign = (await app.client(resources).create({ org: 'test', body: { kind: 'person', name: 'Elsewhere' } })).id;
  const gone = await addPerson('Gone');
  await app.client(resources, 'manager', org).archive({ org: org.slug, params: { id: gone }, body: {} });
  for (const someone of [place.id, foreign, gone, crypto.randomUUID()])
    await expect(give(id, 1, someone)).rejects.toMatchObject({ status: 400, fields: [{ field: 'resourceId' }] });
  await expect(give(crypto.randomUUID(), 1, await addPerson('Real'))).rejects.toMatchObject({
    fields: [{ field: 'positionId' }],
  });
  const body = { positionId: id, number: 1, resourceId: gone, startsOn: '2026-09-01', endsOn: '2026-08-01' };
  await expect(api.giveChair({ org: org.slug, body })).rejects.toMatchObject({ fields: [{ field: 'endsOn' }] });
});

test('leave shows on the day it touches, to those who may see it; notes to those who may read them', async () => {
  const { org, addPerson, addPosition, give, onDay } = await stage('leave');
  const { id } = await addPosition({ instrument: 'va', title: 'Principal viola', kind: 'principal' });
  const person = await addPerson('Vi');
  await give(id, 1, person, '2026-01-01', { note: 'Between us' });
  const time = { startsAt: '2026-12-01T10:00:00.000Z', endsAt: '2026-12-03T22:30:00.000Z' };
  await app.client(availability, 'manager', org).addTimeOff({ org: org.slug, body: { resourceId: person, ...time } });
  const awayOn = async (day: string) => (await onDay(day)).chairs[0]?.away;
  expect(await awayOn('2026-11-30')).toEqual([]);
  expect(await awayOn('2026-12-01')).toEqual([time]);
  expect(await awayOn('2026-12-04')).toEqual([]);
  const seen = await app.client(roster, 'staff', org).get({ org: org.slug, query: { on: '2026-12-01' } });
  expect(seen.chairs[0]).toMatchObject({ note: '', away: [time] });
  await expect(app.client(roster, 'crew', org).get({ org: org.slug, query: {} })).rejects.toMatchObject({
    status: 403,
  });

  const during = (from: string, to: string) =>
    inOrg(org, (tx) => rosterOn(tx, { from, to, instruments: ['va'] })).then((all) =>
      all.map(({ onLeave }) => onLeave),
    );
  expect(await during('2026-12-03T20:00:00Z', '2026-12-03T22:00:00Z')).toEqual([true]);
  expect(await during('2026-12-03T22:30:00Z', '2026-12-04T01:00:00Z')).toEqual([false]);
  // By the clock of Berlin the year has begun an hour before UTC's.
  expect(await during('2025-12-31T22:00:00Z', '2025-12-31T23:00:00Z')).toEqual([]);
  expect(await during('2025-12-31T22:00:00Z', '2025-12-31T23:30:00Z')).toEqual([false]);
  expect(await inOrg(org, (tx) => rosterOn(tx, { from: time.startsAt, to: time.endsAt, instruments: ['vc'] }))).toEqual(
    [],
  );
});

const file = `Person;E-Mail;Instrument;Position;Chair;Tenure;From;To
Ada Lo;ada@example.com;Flöte;Principal flute;1;permanent;1.9.2020;
Bo Ek;;fl;Second flute;;trial;2026-09-01;2027-08-31
Cy Wu;cy@example.com;Violin 2;Second violin, tutti;3;;2026-09-01;
Di Xu;;vn2;Second violin, tutti;;;2026-09-01;
`;

test('a file: looked at, imported whole, and again without any change', async () => {
  const { org, api, addPerson, onDay, load, skillsOf } = await stage('file');
  const ada = await addPerson('Ada Lo');
  const preview = await api.previewImport({ org: org.slug, body: { content: file } });
  expect(preview).toEqual({ rows: 4, people: 4, positions: 3, chairs: 4, changed: 0, unchanged: 0, problems: [] });
  expect((await onDay()).positions).toEqual([]);
  await load(file);
  const { positions, chairs } = await onDay('2026-10-01');
  expect(positions.map(({ title, kind, chairs: count }) => `${title} ${kind} ${count}`)).toEqual([
    'Principal flute principal 1',
    'Second flute section 1',
    'Second violin, tutti section 3',
  ]);
  expect(chairs.map(({ name, number, tenure }) => `${name} ${number} ${tenure}`).sort()).toEqual([
    'Ada Lo 1 permanent',
    'Bo Ek 1 trial',
    'Cy Wu 3 permanent',
    'Di Xu 1 permanent',
  ]);
  expect(await skillsOf(ada)).toEqual(['Flute']);
  expect(await load(file)).toEqual({ rows: 4, people: 0, positions: 0, chairs: 0, changed: 0, unchanged: 4 });
  const swapped = file
    .replace('Cy Wu;cy@example.com;Violin 2;Second violin, tutti;3', 'Cy Wu;cy@example.com;vn2;Second violin, tutti;1')
    .replace('Di Xu;;vn2;Second violin, tutti;;', 'Di Xu;;vn2;Second violin, tutti;3;');
  expect(await load(swapped)).toMatchObject({ changed: 2, unchanged: 2 });
  expect((await onDay('2026-10-01')).chairs.find(({ name }) => name === 'Cy Wu')?.number).toBe(1);
});

test('a file with a wrong row changes nothing and says where', async () => {
  const { org, api, addPerson, onDay, load } = await stage('wrong');
  await addPerson('Twin');
  await addPerson('Twin');
  const content = [
    'person,e-mail,instrument,position,chair,tenure,from,to',
    'Ada,,Flute,Principal flute,1,,2026-09-01,',
    'Bea,,Flute,Principal flute,1,,2026-10-01,',
    'Twin,,Oboe,Principal oboe,1,,,',
    'Cy,nobody,Kazoo,Any,0,lazy,09/01/2026,',
    ',,Horn,,,,2026-09-01,2026-08-01',
    'Di,,Tuba,,,,,',
  ].join('\n');
  const { problems } = await api.previewImport({ org: org.slug, body: { content } });
  expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '3 null',
    '4 null',
    '5 instrument',
    '5 e-mail',
    '5 chair',
    '5 tenure',
    '5 from',
    '6 person',
    '6 to',
    '7 null',
  ]);
  expect(problems[0]?.message).toContain('Ada holds chair 1');
  await expect(load(content)).rejects.toMatchObject({
    status: 422,
    code: 'rows_invalid',
    message: expect.stringContaining('line 3'),
  });
  await expect(load('one,two\n1,2')).rejects.toMatchObject({
    message: expect.stringContaining('person or instrument'),
  });
  await expect(load('"open')).rejects.toMatchObject({ code: 'file_unreadable' });
  expect((await onDay()).positions).toEqual([]);
});

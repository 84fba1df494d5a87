import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { addPerson, type Person } from './people.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** People who see their own things: what they take part in by their person or their contact. */
const org = 'test';
const gala = { title: 'Gala', startsAt: '2029-03-01T10:00:00.000Z', endsAt: '2029-03-01T12:00:00.000Z' };

let app: TestApp;
let crew: Person;
let promoter: Person;
let engagementId: string;
let otherEngagementId: string;
let crewResource: string;
let hall: string;

beforeAll(async () => {
  app = await startTestApp();
  crew = await addPerson(app, { role: 'crew' });
  promoter = await addPerson(app, { role: 'promoter' });
  const add = async (kind: 'person' | 'place', name: string) =>
    (await app.client(resources).create({ org, body: { kind, name, notes: 'Late twice' } })).id;
  crewResource = await add('person', 'Kim Crew');
  hall = await add('place', 'Hall');
  const contact = await app.client(parties).create({ org, body: { name: 'Pat', email: 'pat@example.com' } });
  engagementId = (await app.client(engagements).create({ org, body: { ...gala, notes: 'Fee 500' } })).id;
  otherEngagementId = (await app.client(engagements).create({ org, body: { ...gala, title: 'Secret' } })).id;
  const own = { startsAt: gala.startsAt, endsAt: gala.endsAt };
  await app.client(claims).place({
    org,
    body: {
      engagementId,
      claims: [
        { ...own, resourceId: crewResource, status: 'commit', note: 'Cheaper than Lee' },
        { ...own, resourceId: hall, status: 'commit' },
      ],
    },
  });
  await app.client(claims).place({
    org,
    body: { engagementId: otherEngagementId, claims: [{ ...own, resourceId: crewResource, status: 'pencil' }] },
  });
  await app.client(engagements).addParty({
    org,
    params: { id: engagementId },
    body: { partyId: contact.id, role: 'promoter' },
  });
  await app.inTenant(async (tx) => {
    await tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [
      app.org.id,
      crewResource,
      crew.userId,
    ]);
    await tx.query('update parties set user_id = $3 where org_id = $1 and id = $2', [
      app.org.id,
      contact.id,
      promoter.userId,
    ]);
  });
});
afterAll(() => app.stop());

const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie, origin: app.baseUrl } });

test.each(['crew', 'promoter'] as const)(
  '%s: the engagements they take part in, without what is internal',
  async (who) => {
    const api = as(who === 'crew' ? crew : promoter, engagements);
    const { items } = await api.list({ org, query: {} });
    expect(items.map(({ id, notes }) => [id, notes])).toEqual([[engagementId, '']]);
    const dossier = await api.get({ org, params: { id: engagementId } });
    expect(dossier.parties).toMatchObject([{ name: 'Pat', email: null }]);
    expect(dossier.decisions).toEqual([]);
    await expect(api.get({ org, params: { id: otherEngagementId } })).rejects.toMatchObject({ status: 404 });
    await expect(api.create({ org, body: gala })).rejects.toMatchObject({ status: 403 });
  },
);

test('crew: their own commitments and calendar, and nobody else’s', async () => {
  const board = as(crew, claims);
  const { items } = await board.list({ org, query: {} });
  expect(items.map(({ resourceId, status, note }) => [resourceId, status, note])).toEqual([
    [crewResource, 'commit', ''],
  ]);
  const window = await board.window({ org, query: { from: gala.startsAt, to: gala.endsAt } });
  expect(window.claims.map(({ resourceId }) => resourceId)).toEqual([crewResource]);
  const { items: shown } = await as(crew, resources).list({ org, query: {} });
  expect(shown.map(({ name, notes }) => [name, notes])).toEqual([['Kim Crew', '']]);
});

test('crew: their own time off may be noted, of others not; it looks like a person who isn’t there', async () => {
  const api = as(crew, availability);
  const away = { startsAt: '2029-04-01T00:00:00Z', endsAt: '2029-04-02T00:00:00Z', reason: 'Wedding' };
  const { id } = await api.addTimeOff({ org, body: { resourceId: crewResource, ...away } });
  const theirs = await app.client(availability).addTimeOff({ org, body: { resourceId: hall, ...away } });
  await expect(api.addTimeOff({ org, body: { resourceId: hall, ...away } })).rejects.toMatchObject({ status: 404 });
  await expect(api.removeTimeOff({ org, params: { id: theirs.id } })).rejects.toMatchObject({ status: 404 });
  expect((await api.listTimeOff({ org, query: {} })).items.map((item) => item.id)).toEqual([id]);
  await api.removeTimeOff({ org, params: { id } });
});

test('who loses the link sees nothing any more', async () => {
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = null where org_id = $1 and id = $2', [app.org.id, crewResource]),
  );
  expect((await as(crew, engagements).list({ org, query: {} })).items).toEqual([]);
  expect((await as(crew, claims).list({ org, query: {} })).items).toEqual([]);
});

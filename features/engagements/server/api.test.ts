import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { engagements } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const evening = { startsAt: '2026-05-01T17:30:00.000Z', endsAt: '2026-05-01T20:00:00.000Z' };
const concert = (title: string, more: object = {}) => ({ title, ...evening, ...more });
const unknown = '00000000-0000-7000-8000-000000000000';

test('begins in the first stage, in the place’s zone, with the names of its place and series', async () => {
  const api = app.client(engagements, 'staff');
  const hall = await app
    .client(resources)
    .create({ org: 'test', body: { kind: 'place', name: 'Hall', zone: 'America/New_York' } });
  const season = await api.createSeries({ org: 'test', body: { name: 'Season' } });
  const made = await api.create({ org: 'test', body: concert('Mahler 5', { placeId: hall.id, seriesId: season.id }) });
  expect(made).toMatchObject({
    title: 'Mahler 5',
    pack: 'orchestra',
    stage: 'planned',
    zone: 'America/New_York',
    placeName: 'Hall',
    seriesName: 'Season',
    confirmedAt: null,
    version: 1,
    ...evening,
  });
  expect(await api.create({ org: 'test', body: concert('Elsewhere') })).toMatchObject({
    zone: 'Europe/Berlin',
    placeName: null,
  });
  expect(await api.get({ org: 'test', params: { id: made.id } })).toEqual({
    engagement: made,
    parties: [],
    decisions: [],
  });
  const { items } = await api.listSeries({ org: 'test', query: { q: 'eas' } });
  expect(items).toEqual([{ series: season, engagements: 1, ...evening }]);
});

test('lists by start with filters, page by page', async () => {
  const org = await app.addOrganisation('listing');
  const api = app.client(engagements, 'owner', org);
  for (const day of [5, 3, 4, 1, 2]) {
    await api.create({
      org: 'listing',
      body: { title: `Day ${day}`, startsAt: `2026-06-0${day}T18:00:00Z`, endsAt: `2026-06-0${day}T20:00:00Z` },
    });
  }
  const first = await api.list({ org: 'listing', query: { limit: 2 } });
  const second = await api.list({ org: 'listing', query: { limit: 3, after: first.next ?? '' } });
  expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
    'Day 1',
    'Day 2',
    'Day 3',
    'Day 4',
    'Day 5',
  ]);
  expect(second).toMatchObject({ total: 5, next: null });
  const between = await api.list({
    org: 'listing',
    query: { from: '2026-06-02T20:00:00Z', to: '2026-06-04T18:00:00Z' },
  });
  expect(between.items.map(({ title }) => title)).toEqual(['Day 3']);
  expect((await api.list({ org: 'listing', query: { q: '3', stage: 'planned' } })).total).toBe(1);
  expect((await api.list({ org: 'listing', query: { q: '%' } })).total).toBe(0);
  expect((await api.list({ org: 'listing', query: { stage: 'cancelled' } })).total).toBe(0);
});

test('bad input names the field and what to send', async () => {
  const api = app.client(engagements);
  const create = (body: object) => api.create({ org: 'test', body: { ...concert('Bad'), ...body } });
  const person = await app.client(resources).create({ org: 'test', body: { kind: 'person', name: 'Nobody’s hall' } });
  await expect(create({ endsAt: evening.startsAt })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'endsAt' }],
  });
  await expect(create({ placeId: person.id })).rejects.toMatchObject({ status: 400, fields: [{ field: 'placeId' }] });
  await expect(create({ placeId: unknown })).rejects.toMatchObject({ status: 400, fields: [{ field: 'placeId' }] });
  await expect(create({ seriesId: unknown })).rejects.toMatchObject({ status: 400, fields: [{ field: 'seriesId' }] });
  await expect(create({ pack: 'studio' })).rejects.toMatchObject({ status: 400, fields: [{ field: 'pack' }] });
  await expect(create({ stage: 'confirmed' })).rejects.toMatchObject({ status: 400, fields: [{ field: 'stage' }] });
  await create({ externalRef: 'once' });
  await expect(create({ externalRef: 'once' })).rejects.toMatchObject({ status: 409, code: 'duplicate' });
});

test('two editors: other fields merge, the same field is a conflict', async () => {
  const api = app.client(engagements);
  const { id } = await api.create({ org: 'test', body: concert('Merge') });
  await api.change({ org: 'test', params: { id }, body: { version: 1, title: 'Merged' } });
  const merged = await api.change({ org: 'test', params: { id }, body: { version: 1, notes: 'Bring stands' } });
  expect(merged).toMatchObject({ title: 'Merged', notes: 'Bring stands', version: 3 });
  const clash = api.change({ org: 'test', params: { id }, body: { version: 1, title: 'Mine' } });
  await expect(clash).rejects.toMatchObject({
    code: 'version_conflict',
    problem: { conflicts: { title: { yours: 'Mine', theirs: 'Merged' } } },
  });
  const backwards = api.change({ org: 'test', params: { id }, body: { version: 3, endsAt: '2026-04-30T00:00:00Z' } });
  await expect(backwards).rejects.toMatchObject({ status: 400, fields: [{ field: 'endsAt' }] });
  await expect(api.change({ org: 'test', params: { id }, body: { version: 3, zone: null } })).rejects.toMatchObject({
    fields: [{ field: 'zone' }],
  });
});

test('decisions: recorded, in the pack’s stages, confirmed only by confirming', async () => {
  const api = app.client(engagements, 'manager');
  const { id } = await api.create({ org: 'test', body: concert('Decided') });
  const decide = (version: number, stage: string, reason = '') =>
    api.setStage({ org: 'test', params: { id }, body: { version, stage, reason } });
  await expect(decide(1, 'advanced')).rejects.toMatchObject({ status: 400, fields: [{ field: 'stage' }] });
  await expect(decide(1, 'confirmed')).rejects.toMatchObject({ status: 409, code: 'needs_confirm' });
  await expect(decide(1, 'performed')).rejects.toMatchObject({ status: 409, code: 'needs_confirm' });
  await expect(decide(9, 'held')).rejects.toMatchObject({ status: 400, fields: [{ field: 'version' }] });
  expect(await decide(1, 'held', 'Hall offered')).toMatchObject({ stage: 'held', version: 2 });
  await expect(decide(1, 'cancelled')).rejects.toMatchObject({ status: 409, code: 'version_conflict' });
  expect(await decide(2, 'held')).toMatchObject({ version: 2 });
  const { decisions } = await api.get({ org: 'test', params: { id } });
  expect(decisions).toMatchObject([
    { fromStage: 'planned', toStage: 'held', reason: 'Hall offered', decidedBy: 'API key “manager”' },
  ]);
  const staff = app
    .client(engagements, 'staff')
    .setStage({ org: 'test', params: { id }, body: { version: 2, stage: 'cancelled' } });
  await expect(staff).rejects.toMatchObject({ status: 403 });
});

test('an edit of another field does not spoil a decision; of two decisions one wins', async () => {
  const api = app.client(engagements);
  const { id } = await api.create({ org: 'test', body: concert('Race') });
  await api.change({ org: 'test', params: { id }, body: { version: 1, notes: 'Meanwhile' } });
  const decide = (stage: string) => api.setStage({ org: 'test', params: { id }, body: { version: 1, stage } });
  const both = await Promise.allSettled([decide('held'), decide('cancelled')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a lost engagement releases what it claimed, and loses its confirmation', async () => {
  const api = app.client(engagements);
  const hall = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Lost Hall' } });
  const { id } = await api.create({ org: 'test', body: concert('Lost') });
  const board = app.client(claims);
  await board.place({
    org: 'test',
    body: { engagementId: id, claims: [{ resourceId: hall.id, ...evening, status: 'hold' }] },
  });
  await expect(api.remove({ org: 'test', params: { id } })).rejects.toMatchObject({ status: 409, code: 'in_use' });
  await board.confirm({ org: 'test', params: { id }, body: {} });
  const confirmed = (await api.get({ org: 'test', params: { id } })).engagement;
  expect(confirmed).toMatchObject({ stage: 'confirmed' });
  expect(confirmed.confirmedAt).not.toBeNull();
  const lost = await api.setStage({
    org: 'test',
    params: { id },
    body: { version: confirmed.version, stage: 'cancelled', reason: 'Strike' },
  });
  expect(lost).toMatchObject({ stage: 'cancelled', confirmedAt: null });
  expect((await board.list({ org: 'test', query: { engagementId: id } })).total).toBe(0);
  await api.remove({ org: 'test', params: { id } });
  await expect(api.get({ org: 'test', params: { id } })).rejects.toMatchObject({ status: 404 });
  await expect(api.remove({ org: 'test', params: { id } })).rejects.toMatchObject({ status: 404 });
});

test('contacts in roles: once each, gone with the contact', async () => {
  const api = app.client(engagements);
  const people = app.client(parties);
  const { id } = await api.create({ org: 'test', body: concert('With agent') });
  const agent = await people.create({ org: 'test', body: { name: 'Ann Agent', email: 'ann@example.com' } });
  const add = (body: { partyId: string; role: string }, of = id) =>
    api.addParty({ org: 'test', params: { id: of }, body });
  const entry = await add({ partyId: agent.id, role: 'agent' });
  expect(entry).toMatchObject({ name: 'Ann Agent', role: 'agent', kind: 'person', email: 'ann@example.com' });
  await add({ partyId: agent.id, role: 'donor' });
  await expect(add({ partyId: agent.id, role: 'agent' })).rejects.toMatchObject({ status: 409, code: 'duplicate' });
  await expect(add({ partyId: unknown, role: 'agent' })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'partyId' }],
  });
  await expect(add({ partyId: agent.id, role: 'agent' }, unknown)).rejects.toMatchObject({ status: 404 });
  await api.removeParty({ org: 'test', params: { id, entryId: entry.id } });
  await expect(api.removeParty({ org: 'test', params: { id, entryId: entry.id } })).rejects.toMatchObject({
    status: 404,
  });
  expect((await api.get({ org: 'test', params: { id } })).parties.map(({ role }) => role)).toEqual(['donor']);
  await people.remove({ org: 'test', params: { id: agent.id } });
  expect((await api.get({ org: 'test', params: { id } })).parties).toEqual([]);
});

test('series: changed by version, one external reference each', async () => {
  const api = app.client(engagements);
  const made = await api.createSeries({ org: 'test', body: { name: 'Cycle', externalRef: 's1' } });
  const renamed = await api.changeSeries({
    org: 'test',
    params: { id: made.id },
    body: { version: 1, name: 'Ring cycle' },
  });
  expect(renamed).toMatchObject({ name: 'Ring cycle', version: 2 });
  await expect(api.createSeries({ org: 'test', body: { name: 'Copy', externalRef: 's1' } })).rejects.toMatchObject({
    code: 'duplicate',
  });
  const stale = api.changeSeries({ org: 'test', params: { id: made.id }, body: { version: 1, name: 'Other' } });
  await expect(stale).rejects.toMatchObject({ code: 'version_conflict' });
});

test('nobody sees or moves another organisation’s engagement', async () => {
  const org = await app.addOrganisation('foreign');
  const theirs = await app.client(engagements, 'owner', org).create({ org: 'foreign', body: concert('Secret') });
  const api = app.client(engagements);
  const params = { id: theirs.id };
  await expect(api.get({ org: 'test', params })).rejects.toMatchObject({ status: 404 });
  await expect(api.change({ org: 'test', params, body: { version: 1, title: 'Stolen' } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(api.setStage({ org: 'test', params, body: { version: 1, stage: 'held' } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(api.create({ org: 'test', body: concert('Mine', { seriesId: unknown }) })).rejects.toMatchObject({
    status: 400,
  });
});

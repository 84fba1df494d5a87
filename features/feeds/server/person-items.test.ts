import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { people } from '#features/engagements/people/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';

const org = 'test';
const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
const at = (time: string) => `${soon}T${time}:00.000Z`;
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const person = async (name: string) =>
  (await app.client(resources).create({ org, body: { kind: 'person', name, zone: 'UTC' } })).id;
const show = async (title: string) =>
  (
    await app
      .client(engagements)
      .create({ org, body: { title, zone: 'UTC', startsAt: at('08:00'), endsAt: at('22:00') } })
  ).id;
const add = (id: string, title: string, from: string, more: object = {}) =>
  app.client(timeline).create({
    org,
    params: { id },
    body: { kind: 'other', title, startsAt: at(from), endsAt: at(`${from.slice(0, 2)}:45`), ...more },
  });
const events = async (resourceId: string) => {
  const { url } = await app.client(availability).createFeed({ org, body: { name: 'Mine', resourceId } });
  const text = await (await fetch(new URL(new URL(url).pathname, app.baseUrl))).text();
  return new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
};
const summaries = async (resourceId: string) => (await events(resourceId)).map(({ summary }) => summary);

test('a person’s calendar has what they are wanted at and may know of, with the sheet of that day', async () => {
  const gala = await show('Gala');
  const [ann, ben] = [await person('Ann'), await person('Ben')];
  const join = async (resourceId: string, groupKey: 'a' | 'c') => {
    const { id } = await app.client(people).add({ org, params: { id: gala }, body: { resourceId, groupKey } });
    return id;
  };
  const [annEntry] = [await join(ann, 'a'), await join(ben, 'c')];
  await add(gala, 'For all', '09:00');
  await add(gala, 'For A', '10:00', { forAll: false, forGroups: ['a'] });
  await add(gala, 'Secret of A', '11:00', { seenBy: 'groups', seenByGroups: ['a'] });
  await add(gala, 'Team', '12:00', { seenBy: 'team' });
  await add(gala, 'Ann alone', '13:00', { forAll: false, personIds: [annEntry] });
  // Only thought of.
  expect(await summaries(ann)).toEqual([]);
  for (const { id } of (await app.client(people).list({ org, params: { id: gala } })).items)
    await app.client(people).setConfirmed({ org, params: { id }, body: { confirmed: true } });
  expect(await summaries(ann)).toEqual(['For all – Gala', 'For A – Gala', 'Secret of A – Gala', 'Ann alone – Gala']);
  const [first, ...rest] = await events(ben);
  expect([first?.summary, rest.length]).toEqual(['For all – Gala', 0]);
  const link = first?.component.getFirstPropertyValue('url')?.toString() ?? '';
  const sheet = await fetch(`${app.baseUrl}/api/v1${new URL(link).pathname.replace('/day-sheet/', '/day-sheets/')}`);
  expect(await sheet.json()).toMatchObject({ name: 'Ben', title: 'Gala' });
  await app.client(people).remove({ org, params: { id: annEntry } });
  expect(await summaries(ann)).toEqual([]);
});

test('a booking of the day stands beside what happens in it; a seat is its service, once', async () => {
  const gala = await show('Booked');
  const [cem, dot] = [await person('Cem'), await person('Dot')];
  await add(gala, 'Before', '08:00');
  await add(gala, 'Within', '14:00');
  await app.client(claims).place({
    org,
    body: {
      engagementId: gala,
      claims: [{ resourceId: cem, startsAt: at('12:00'), endsAt: at('20:00'), status: 'commit' }],
    },
  });
  expect(await summaries(cem)).toEqual(['Booked', 'Within – Booked']);
  await add(gala, 'Tutti', '16:00', { kind: 'rehearsal' });
  const need = await app
    .client(needs)
    .create({ org, params: { id: gala }, body: { skill: 'Stagehand', title: 'Stagehands', quantity: 1 } });
  await app.client(needs).take({ org, params: { id: need.id }, body: { resourceId: dot } });
  expect(await summaries(dot)).toEqual(['Rehearsal: Tutti – Booked']);
  const { engagement } = await app.client(engagements).get({ org, params: { id: gala } });
  await app
    .client(engagements)
    .setStage({ org, params: { id: gala }, body: { version: engagement.version, stage: 'cancelled' } });
  expect(await summaries(dot)).toEqual([]);
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { allRoutes, ask, requestOf, scopeOfRoute } from '#apps/server/test/routes.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { groupKeys, type GroupKey } from '#features/engagements/people/group-words.ts';
import { people } from '#features/engagements/people/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { mayKnow, seenBy, type Audience } from '../audience-rules.ts';
import { timeline } from '../contract.ts';

/** A member of group C never learns of what only A may know of, whichever way they ask. */
const org = 'test';
const hidden = 'Label dinner';
const day = '2029-05-01';
const at = (time: string) => `${day}T${time}:00.000Z`;
let app: TestApp;
let show: string;
let crew: Person;
let star: Person;
let entries: Record<'ann' | 'cem', string>;
let persons: Record<'ann' | 'cem', string>;

beforeAll(async () => {
  app = await startTestApp();
  show = (
    await app.client(engagements).create({ org, body: { title: 'Gala', startsAt: at('10:00'), endsAt: at('22:00') } })
  ).id;
  star = await addPerson(app, { role: 'crew', name: 'Ann' });
  crew = await addPerson(app, { role: 'crew', name: 'Cem' });
  const join = async (name: string, groupKey: GroupKey, { userId }: Person) => {
    const { id } = await app
      .client(resources)
      .create({ org, body: { kind: 'person', name, email: `${name}@example.com` } });
    await app.inTenant((tx) =>
      tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, id, userId]),
    );
    const entry = await app.client(people).add({ org, params: { id: show }, body: { resourceId: id, groupKey } });
    await app.client(people).setConfirmed({ org, params: { id: entry.id }, body: { confirmed: true } });
    return [id, entry.id] as const;
  };
  const [ann, annEntry] = await join('Ann', 'a', star);
  const [cem, cemEntry] = await join('Cem', 'c', crew);
  persons = { ann, cem };
  entries = { ann: annEntry, cem: cemEntry };
  await add({ kind: 'soundcheck', title: 'Line check' });
  await add({ kind: 'meal', title: hidden, seenBy: 'groups', seenByGroups: ['a'], forAll: false, forGroups: ['a'] });
  await add({ kind: 'meeting', title: 'Money talk', seenBy: 'team' });
});
afterAll(() => app.stop());

const add = (body: object) =>
  app.client(timeline).create({
    org,
    params: { id: show },
    body: { kind: 'other', startsAt: at('18:00'), endsAt: at('19:00'), ...body },
  });
const get = (path: string, person?: Person) =>
  fetch(`${app.baseUrl}/api/v1/orgs/${org}${path}`, {
    headers: person ? { cookie: person.cookie } : { authorization: `Bearer ${app.org.keys.manager}` },
  });
const titles = async (person?: Person) => {
  const { items, total } = await (await get(`/engagements/${show}/schedule`, person)).json();
  expect(total).toBe(items.length);
  return items.map(({ title }: { title: string }) => title);
};
const printed = async (path: string, person?: Person) => {
  const response = await get(path, person);
  expect(response.status, path).toBe(200);
  return pdfText(Buffer.from(await response.arrayBuffer()));
};

test('lists and counts hold what their reader may know of', async () => {
  expect(await titles()).toEqual(['Line check', hidden, 'Money talk']);
  expect(await titles(star)).toEqual(['Line check', hidden]);
  expect(await titles(crew)).toEqual(['Line check']);
});

test('documents of those on it, of their own day and of others, hold no more', async () => {
  const base = `/engagements/${show}/documents`;
  for (const path of ['day-sheet.pdf', 'call-sheet.pdf', `people/${persons.cem}/day-sheet.pdf`]) {
    const text = await printed(`${base}/${path}`, crew);
    expect(text, path).toContain('Line check');
    expect(text, path).not.toContain(hidden);
    expect(text, path).not.toContain('Money talk');
  }
  expect(await printed(`${base}/people/${persons.ann}/day-sheet.pdf`, star)).toContain(hidden);
  // Another one’s sheet isn’t theirs to print.
  expect((await get(`${base}/people/${persons.ann}/day-sheet.pdf`, crew)).status).toBe(404);
});

test('what the team prints for somebody or for a group holds what they may know of', async () => {
  const base = `/engagements/${show}/documents`;
  expect(await printed(`${base}/people/${persons.cem}/day-sheet.pdf`)).not.toContain(hidden);
  expect(await printed(`${base}/people/${persons.ann}/day-sheet.pdf`)).toContain(hidden);
  const whole = await printed(`${base}/day-sheet.pdf`);
  for (const word of [hidden, 'Money talk', 'Team copy']) expect(whole).toContain(word);
  const everyone = await printed(`${base}/day-sheet.pdf?circle=everyone`);
  for (const word of [hidden, 'Money talk', 'Team copy']) expect(everyone).not.toContain(word);
  expect(await printed(`${base}/call-sheet.pdf?circle=a`)).toContain(hidden);
  expect(await printed(`${base}/call-sheet.pdf?circle=a`)).not.toContain('Money talk');
  expect(await printed(`${base}/call-sheet.pdf?circle=c`)).not.toContain(hidden);
});

test('history and what the office asks is closed to those on it', async () => {
  for (const path of ['/history', `/history?engagementId=${show}`, '/history/actors', '/roster-settings'])
    expect((await get(path, crew)).status, path).toBe(403);
});

test('no read of the API, present or to come, answers somebody of group C with a word of it', async () => {
  const { items } = await (await get(`/engagements/${show}/schedule`)).json();
  const ids: string[] = [show, ...items.map(({ id }: { id: string }) => id)];
  const reads = allRoutes.filter((one) => scopeOfRoute(one) === 'org' && one.route.method === 'GET');
  for (const { name, route } of reads) {
    for (const id of ids) {
      const { body, status } = await ask(app.baseUrl, requestOf(route, org, id), crew);
      expect(status, name).toBeLessThan(500);
      for (const word of [hidden, 'Money talk']) expect(body, name).not.toContain(word);
    }
  }
});

test('whoever is named knows of it, unless it is the team’s; whoever has a seat knows in any case', async () => {
  const named = await add({
    title: 'Fitting',
    seenBy: 'groups',
    seenByGroups: ['a'],
    forAll: false,
    personIds: [entries.cem],
  });
  expect(await titles(crew)).toContain('Fitting');
  const team = { version: named.version, seenBy: 'team' as const };
  await app.client(timeline).change({ org, params: { id: named.id }, body: team });
  expect(await titles(crew)).not.toContain('Fitting');
  const shift = await add({ kind: 'shift', title: 'Night shift', seenBy: 'team' });
  const need = await app
    .client(needs)
    .create({ org, params: { id: show }, body: { skill: 'Stagehand', title: 'Stagehands', quantity: 1 } });
  await app.client(needs).take({ org, params: { id: need.id }, body: { resourceId: persons.cem } });
  expect(await titles(crew)).toContain('Night shift');
  expect(await titles(star)).not.toContain('Night shift');
  await app.client(timeline).remove({ org, params: { id: shift.id } });
  await app.client(timeline).remove({ org, params: { id: named.id } });
});

test('the database and the rule agree on who may know', async () => {
  const audience: fc.Arbitrary<Audience> = fc.record({
    forAll: fc.boolean(),
    forGroups: fc.subarray([...groupKeys]),
    personIds: fc.subarray([entries.ann, entries.cem]),
    seenBy: fc.constantFrom(...seenBy),
    seenByGroups: fc.subarray([...groupKeys]),
  });
  const item = await add({ title: 'Any' });
  const roster = (await app.client(people).list({ org, params: { id: show } })).items;
  await fc.assert(
    fc.asyncProperty(audience, fc.constantFrom('ann', 'cem'), fc.boolean(), async (wanted, who, sure) => {
      const said = await app.inTenant(async (tx) => {
        await tx.query('update engagement_people set confirmed_at = $3 where org_id = $1 and id = $2', [
          app.org.id,
          entries[who],
          sure ? '2029-01-01' : null,
        ]);
        await tx.query(
          `update schedule_items set for_all = $3, for_groups = $4, person_ids = $5, seen_by = $6, seen_by_groups = $7
            where org_id = $1 and id = $2`,
          [app.org.id, item.id, wanted.forAll, wanted.forGroups, wanted.personIds, wanted.seenBy, wanted.seenByGroups],
        );
        const [row] = await tx.query<{ account: boolean; person: boolean }>(
          `select sees_item(i, $3, null) as account, sees_item(i, null, $4) as person
             from schedule_items i where i.org_id = $1 and i.id = $2`,
          [app.org.id, item.id, who === 'ann' ? star.userId : crew.userId, persons[who]],
        );
        return row;
      });
      const entry = roster.find(({ id }) => id === entries[who]);
      const rule = mayKnow(wanted, entry ? [{ ...entry, standing: sure ? 'confirmed' : 'open' }] : [], false);
      expect(said).toEqual({ account: rule, person: rule });
    }),
    { numRuns: 60 },
  );
});

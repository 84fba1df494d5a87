import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { tenantTables } from '#platform/db/moving/tables.ts';
import { withClient } from '#platform/test/connection.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { keep } from '#platform/test/shots.ts';
import { people } from '../contract.ts';

const org = 'test';
/** Set to look at what is printed. */
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const api = () => app.client(people, 'manager');
const as = <C extends Contract>(person: Person, contract: C) =>
  createClient(contract, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });
const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T22:00:00.000Z' };
const show = async (title: string, more: object = {}) =>
  (await app.client(engagements).create({ org, body: { title, ...times, ...more } })).id;
const person = async (name: string) =>
  (
    await app.client(resources).create({
      org,
      body: {
        kind: 'person',
        name,
        email: `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.com`,
        phone: '+49 1',
      },
    })
  ).id;
const contact = async (name: string) => (await app.client(parties).create({ org, body: { name, phone: '+49 9' } })).id;
const add = (engagement: string, body: object) =>
  api().add({ org, params: { id: engagement }, body: { groupKey: 'b', ...body } });
const list = async (engagement: string) => (await api().list({ org, params: { id: engagement } })).items;
const rows = async (engagement: string) =>
  (await list(engagement)).map(({ groupKey, name, role, standing }) => [groupKey, name, role, standing].join(' '));
const claim = (engagementId: string, resourceId: string, status: 'hold' | 'commit') =>
  app.client(claims).place({ org, body: { engagementId, claims: [{ resourceId, ...times, status }] } });
const tie = (resourceId: string, { userId }: Person) =>
  app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, resourceId, userId]),
  );

test('people and contacts, each once, in groups and an order', async () => {
  const gala = await show('Gala');
  const [ann, ben, pat] = [await person('Ann'), await person('Ben'), await contact('Pat')];
  const first = await add(gala, { resourceId: ann, role: 'Singer' });
  expect(first).toMatchObject({ name: 'Ann', standing: 'open', email: 'ann@example.com', phone: '+49 1', mine: false });
  const second = await add(gala, { resourceId: ben });
  await add(gala, { partyId: pat, groupKey: 'a' });
  await expect(add(gala, { resourceId: ann })).rejects.toMatchObject({ code: 'duplicate' });
  await expect(add(gala, {})).rejects.toMatchObject({ fields: [{ field: 'resourceId' }] });
  await expect(add(gala, { resourceId: ann, partyId: pat })).rejects.toMatchObject({ status: 400 });
  await expect(add(gala, { resourceId: nobody })).rejects.toMatchObject({ fields: [{ field: 'resourceId' }] });
  await expect(add(nobody, { resourceId: ann })).rejects.toMatchObject({ status: 404 });
  const hall = await app.client(resources).create({ org, body: { kind: 'place', name: 'Hall' } });
  await expect(add(gala, { resourceId: hall.id })).rejects.toMatchObject({ fields: [{ field: 'resourceId' }] });
  expect(await rows(gala)).toEqual(['a Pat  open', 'b Ann Singer open', 'b Ben  open']);
  const move = (id: string, groupKey: 'a' | 'b', after: string | null) =>
    api().move({ org, params: { id }, body: { groupKey, after } });
  await move(second.id, 'b', null);
  await move(first.id, 'a', null);
  expect((await rows(gala)).map((row) => row.slice(0, 5))).toEqual(['a Ann', 'a Pat', 'b Ben']);
  await expect(move(first.id, 'b', nobody)).rejects.toMatchObject({ fields: [{ field: 'after' }] });
  const { version } = (await list(gala)).find(({ id }) => id === first.id) ?? first;
  const changed = await api().change({
    org,
    params: { id: first.id },
    body: { version, groupKey: 'b', callNote: 'Stage door' },
  });
  expect(changed).toMatchObject({ groupKey: 'b', callNote: 'Stage door', role: 'Singer' });
  expect((await rows(gala)).map((row) => row.slice(0, 5))).toEqual(['a Pat', 'b Ben', 'b Ann']);
  await api().remove({ org, params: { id: second.id } });
  await expect(api().remove({ org, params: { id: second.id } })).rejects.toMatchObject({ status: 404 });
});

test('whoever is held, booked or seated comes on it at once; a booking says that they are there', async () => {
  const gala = await show('Booked');
  const [cleo, dan, eve] = [await person('Cleo'), await person('Dan'), await person('Eve')];
  await claim(gala, cleo, 'commit');
  await claim(gala, dan, 'hold');
  const params = { id: gala };
  const entry = await add(gala, { resourceId: cleo, groupKey: 'c', role: 'Rigger' });
  expect(await api().addBooked({ org, params })).toEqual({ added: 1 });
  expect(await api().addBooked({ org, params })).toEqual({ added: 0 });
  expect(await rows(gala)).toEqual(['b Dan  held', 'c Cleo Rigger booked']);
  const confirm = (id: string, confirmed: boolean) => api().setConfirmed({ org, params: { id }, body: { confirmed } });
  await expect(confirm(entry.id, false)).rejects.toMatchObject({ status: 409, code: 'booked' });
  const other = await add(gala, { resourceId: eve });
  expect(await confirm(other.id, true)).toMatchObject({ standing: 'confirmed' });
  expect(await confirm(other.id, true)).toMatchObject({ standing: 'confirmed' });
  expect(await confirm(other.id, false)).toMatchObject({ standing: 'open' });
});

test('a roster says of everybody the standing that the database derives', async () => {
  const gala = await show('Standings');
  const [max, ned, oz, pia] = [await person('Max'), await person('Ned'), await person('Oz'), await person('Pia')];
  await claim(gala, max, 'commit');
  await claim(gala, ned, 'hold');
  await claim(gala, oz, 'commit');
  const confirm = ({ id }: { id: string }) => api().setConfirmed({ org, params: { id }, body: { confirmed: true } });
  await add(gala, { resourceId: max });
  await confirm(await add(gala, { resourceId: ned }));
  const replaced = await add(gala, { resourceId: oz });
  await api().substitute({ org, params: { id: replaced.id }, body: { resourceId: pia } });
  await confirm(await add(gala, { partyId: await contact('Quin') }));
  const derived = await app.inTenant((tx) =>
    tx.query(
      'select id, standing_of(e) as standing from engagement_people e where org_id = $1 and engagement_id = $2',
      [app.org.id, gala],
    ),
  );
  const listed = (await list(gala)).map(({ id, standing }) => ({ id, standing }));
  expect(listed).toEqual(expect.arrayContaining(derived));
  expect(listed.map(({ standing }) => standing)).toEqual(['booked', 'confirmed', 'replaced', 'open', 'confirmed']);
});

test('copied from another engagement, or from the series as each was last', async () => {
  const series = (await app.client(engagements).createSeries({ org, body: { name: 'Spring' } })).id;
  const [one, two, three] = [
    await show('One', { seriesId: series }),
    await show('Two', { seriesId: series, startsAt: '2029-05-02T14:00:00.000Z', endsAt: '2029-05-02T22:00:00.000Z' }),
    await show('Three', { seriesId: series }),
  ];
  const [fay, gus] = [await person('Fay'), await person('Gus')];
  const fayOne = await add(one, { resourceId: fay, role: 'Sound' });
  await api().setConfirmed({ org, params: { id: fayOne.id }, body: { confirmed: true } });
  await add(two, { resourceId: fay, groupKey: 'c', role: 'FOH' });
  await add(two, { resourceId: gus, groupKey: 'a', role: 'Singer' });
  const copy = (to: string, engagementId: string | null) =>
    api().copy({ org, params: { id: to }, body: { engagementId } });
  expect(await copy(three, null)).toEqual({ added: 2 });
  expect(await rows(three)).toEqual(['a Gus Singer open', 'c Fay FOH open']);
  expect(await copy(one, two)).toEqual({ added: 1 });
  await expect(copy(one, nobody)).rejects.toMatchObject({ fields: [{ field: 'engagementId' }] });
  await expect(copy(one, one)).rejects.toMatchObject({ fields: [{ field: 'engagementId' }] });
  await expect(copy(await show('Alone'), null)).rejects.toMatchObject({ fields: [{ field: 'engagementId' }] });
});

test('a stand-in takes the place, also where the schedule names somebody; without them the first is back', async () => {
  const gala = await show('Stand-in');
  const [hal, ida, jo] = [await person('Hal'), await person('Ida'), await person('Jo')];
  const entry = await add(gala, { resourceId: hal, groupKey: 'c', role: 'FOH' });
  await api().setConfirmed({ org, params: { id: entry.id }, body: { confirmed: true } });
  const item = await app.client(timeline).create({
    org,
    params: { id: gala },
    body: { kind: 'soundcheck', ...times, forAll: false, personIds: [entry.id] },
  });
  const named = async () =>
    (await app.client(timeline).list({ org, params: { id: gala }, query: {} })).items.find(({ id }) => id === item.id)
      ?.personIds;
  const standIn = await api().substitute({ org, params: { id: entry.id }, body: { resourceId: ida } });
  expect(standIn).toMatchObject({ groupKey: 'c', role: 'FOH', standsInFor: 'Hal', standing: 'open' });
  expect(await rows(gala)).toEqual(['c Hal FOH replaced', 'c Ida FOH open']);
  expect(await named()).toEqual([standIn.id]);
  await expect(api().substitute({ org, params: { id: entry.id }, body: { resourceId: jo } })).rejects.toMatchObject({
    code: 'replaced',
  });
  await expect(api().setConfirmed({ org, params: { id: entry.id }, body: { confirmed: true } })).rejects.toMatchObject({
    code: 'replaced',
  });
  await api().remove({ org, params: { id: standIn.id } });
  expect(await rows(gala)).toEqual(['c Hal FOH open']);
  expect(await named()).toEqual([entry.id]);
  await api().remove({ org, params: { id: entry.id } });
  expect(await named()).toEqual([]);
  await expect(
    app.client(timeline).change({ org, params: { id: item.id }, body: { version: 4, personIds: [standIn.id] } }),
  ).rejects.toMatchObject({ fields: [{ field: 'personIds' }] });
  await app.client(engagements).remove({ org, params: { id: gala } });
});

test('those on it see who is sure to be there, and how to reach them where the organisation shares that', async () => {
  const gala = await show('Seen');
  const crew = await addPerson(app, { role: 'crew', name: 'Kim' });
  const [kim, lea] = [await person('Kim'), await person('Lea')];
  await tie(kim, crew);
  const mine = await add(gala, { resourceId: kim, callNote: 'Bring boots' });
  const hers = await add(gala, { resourceId: lea, callNote: 'Unpaid' });
  const see = () => as(crew, people).list({ org, params: { id: gala } });
  // Only thought of: not on it yet.
  await expect(see()).rejects.toMatchObject({ status: 404 });
  for (const { id } of [mine]) await api().setConfirmed({ org, params: { id }, body: { confirmed: true } });
  expect((await see()).items).toMatchObject([{ name: 'Kim', mine: true, phone: '+49 1', callNote: 'Bring boots' }]);
  await api().setConfirmed({ org, params: { id: hers.id }, body: { confirmed: true } });
  expect((await see()).items[1]).toMatchObject({ name: 'Lea', mine: false, phone: null, email: null, callNote: '' });
  const settings = await api().getSettings({ org });
  expect(settings).toMatchObject({ contactsShared: false, restMinutes: 660, version: 0 });
  const body = { ...settings, contactsShared: true, groupNames: { orchestra: { b: 'Players' } } };
  await api().setSettings({ org, body });
  await expect(api().setSettings({ org, body })).rejects.toMatchObject({ code: 'version_conflict' });
  await expect(app.client(people, 'staff').setSettings({ org, body })).rejects.toMatchObject({ status: 403 });
  const shared = await see();
  expect(shared.items[1]).toMatchObject({ phone: '+49 1', callNote: '' });
  expect(shared.groups[1]).toEqual({ key: 'b', name: 'Players' });
  await expect(as(crew, people).addBooked({ org, params: { id: gala } })).rejects.toMatchObject({ status: 403 });
  const stranger = await addPerson(app, { role: 'crew', name: 'Stranger' });
  await expect(as(stranger, people).list({ org, params: { id: gala } })).rejects.toMatchObject({ status: 404 });
});

test('the table has what the asker may see, and no formula of anybody’s', async () => {
  const gala = await show('Table');
  const mo = await person('=Mo');
  await add(gala, { resourceId: mo, role: 'Sound, light' });
  const response = await fetch(`${app.baseUrl}/api/v1/orgs/${org}/engagements/${gala}/people.csv`, {
    headers: { authorization: `Bearer ${app.org.keys.manager}` },
  });
  expect(response.headers.get('content-type')).toContain('text/csv');
  const [, line = ''] = (await response.text()).split('\r\n');
  expect(line).toContain("'=Mo");
  expect(line).toContain('"Sound, light"');
});

test('the contact sheet has the groups in order, and numbers for those who may see them', async () => {
  const gala = await show('Sheet');
  const crew = await addPerson(app, { role: 'crew', name: 'Lu' });
  const [ned, lu, oda] = [await person('Ned'), await person('Lu'), await person('Oda')];
  await tie(lu, crew);
  await add(gala, { partyId: await contact('Pia Promoter'), groupKey: 'a', role: 'Promoter' });
  const replaced = await add(gala, { resourceId: ned, groupKey: 'c', role: 'Rigger' });
  await api().substitute({ org, params: { id: replaced.id }, body: { resourceId: oda } });
  const mine = await add(gala, { resourceId: lu, groupKey: 'c', role: 'Light' });
  await api().setConfirmed({ org, params: { id: mine.id }, body: { confirmed: true } });
  const print = async (headers: Record<string, string>) => {
    const url = `${app.baseUrl}/api/v1/orgs/${org}/engagements/${gala}/documents/contact-sheet.pdf`;
    const bytes = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
    keep('contact-sheet.pdf', bytes);
    return pdfText(bytes);
  };
  const hers = await print({ cookie: crew.cookie });
  expect(hers).toContain('Lu');
  for (const word of ['Oda', 'Ned', 'Pia', '+49 9']) expect(hers, word).not.toContain(word);
  const whole = await print({ authorization: `Bearer ${app.org.keys.manager}` });
  for (const word of ['Conductor and soloists', 'Pia Promoter', '+49 9', 'Oda', 'Rigger', 'lu@example.com'])
    expect(whole, word).toContain(word);
  expect(whole).not.toContain('Ned');
});

test('two who add at once and two who move at once end in one order', async () => {
  const gala = await show('Race');
  const ids = await Promise.all(['N1', 'N2', 'N3', 'N4'].map(person));
  const made = await Promise.all(ids.map((resourceId) => add(gala, { resourceId })));
  await Promise.all(made.map(({ id }) => api().move({ org, params: { id }, body: { groupKey: 'b', after: null } })));
  const sorts = await app.inTenant((tx) =>
    tx.query<{ sort: string }>('select sort from engagement_people where org_id = $1 and engagement_id = $2', [
      app.org.id,
      gala,
    ]),
  );
  expect(new Set(sorts.map(({ sort }) => sort)).size).toBe(4);
});

test('an organisation that moves brings its roster before the schedule that names it', async () => {
  const order = await withClient(app.adminUrl.tenant, tenantTables);
  const names = order.map(({ name }) => name);
  expect(names.indexOf('engagement_people')).toBeLessThan(names.indexOf('schedule_items'));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { files } from '#features/files/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { papers } from '#platform/pdf/document.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { keep as keepFile } from '#platform/test/shots.ts';
import { contracts } from '../contract.ts';
import { builtInContracts } from '../templates/built-in-rules.ts';

const org = 'test';
const nobody = '0199b8e0-0000-7000-8000-000000000000';
let app: TestApp;
let show: string;
let partyId: string;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  const hall = await app.client(resources).create({
    org,
    body: { kind: 'place', name: 'Great Hall', address: '1 Main Street, Hamburg', zone: 'Europe/Berlin' },
  });
  const made = await app.client(engagements).create({
    org,
    body: {
      title: 'Gala & “friends”',
      startsAt: '2030-05-14T17:30:00.000Z',
      endsAt: '2030-05-14T22:00:00.000Z',
      placeId: hall.id,
      valueMinor: 250_000,
      valueCurrency: 'EUR',
    },
  });
  show = made.id;
  const party = await app.client(parties).create({ org, body: { name: 'Pat **Promoter** {{today}}', phone: '+49 3' } });
  partyId = party.id;
  await app.client(engagements).addParty({ org, params: { id: show }, body: { partyId, role: 'soloist' } });
});
afterAll(() => app.stop());

const api = () => app.client(contracts, 'manager');
const print = async (key: string, paper: 'a4' | 'letter' = 'a4', of = partyId) => {
  const answer = await fetch(
    `${app.baseUrl}/api/v1/orgs/${org}/engagements/${show}/documents/contract.pdf?key=${key}&partyId=${of}&paper=${paper}`,
    { headers: { authorization: `Bearer ${app.org.keys.manager}` } },
  );
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
};

test('each wording becomes a PDF with what is known, and room for a pen for what is not', async () => {
  const { title, missing } = await api().draft({
    org,
    params: { id: show },
    query: { key: 'orchestra.engagement', partyId },
  });
  expect(title).toContain('Engagement letter');
  expect(missing).toEqual([]);
  const memo = await api().draft({ org, params: { id: show }, query: { key: 'studio.deal-memo', partyId } });
  expect(memo.missing).toEqual([{ name: 'party.email', means: 'Their e-mail address' }]);
  for (const [index, { key }] of builtInContracts.entries()) {
    const { status, bytes } = await print(key, papers[index % papers.length]);
    expect(status, key).toBe(200);
    const text = pdfText(bytes);
    // What stands in a name is text.
    expect(text, key).toContain('Pat **Promoter** {{today}}');
    expect(text).toContain('2,500.00');
    expect(text).toContain('Great Hall');
    keepFile(`${key}.pdf`, bytes);
  }
});

test('kept among the files of the dossier, and made again as a new version of the same file', async () => {
  const keep = () =>
    api().keep({ org, params: { id: show }, body: { key: 'orchestra.engagement', partyId, paper: 'a4' } });
  const first = await keep();
  expect(first.name).toBe('Engagement letter, Pat Promoter {{today}}, Gala & “friends”.pdf');
  const again = await keep();
  expect(again.fileId).toBe(first.fileId);
  const known = () => app.client(files).get({ org, params: { id: first.fileId } });
  await expect
    .poll(async () => (await known()).versions.map(({ state }) => state), { timeout: 20_000 })
    .toEqual(['unscanned', 'unscanned']);
});

test('a wording of one’s own: unknown variables are refused with their place', async () => {
  const body = '# Our letter\n\nDear {{party.name}},\n\n1. Come to {{engagement.place}}.\n\n[sign: Us]';
  const made = await api().createTemplate({ org, body: { pack: 'orchestra', name: 'Letter', body } });
  expect(made).toMatchObject({ builtIn: false, version: 1 });
  expect(pdfText((await print(made.key)).bytes)).toContain('Come to Great Hall');
  await expect(
    api().createTemplate({ org, body: { pack: 'orchestra', name: 'x', body: 'Dear {{party.shoe}}' } }),
  ).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'body', message: expect.stringContaining('At character 6: There is no {{party.shoe}}') }],
  });
  const set = (key: string, version: number, name: string) =>
    api().setTemplate({ org, params: { key }, body: { pack: 'orchestra', name, body, version } });
  expect(await set('orchestra.engagement', 0, 'Ours')).toMatchObject({ builtIn: true, version: 1 });
  await expect(set('orchestra.engagement', 0, 'Again')).rejects.toMatchObject({ code: 'version_conflict' });
  await expect(set('orchestra.engagement', 7, 'Again')).rejects.toMatchObject({ fields: [{ field: 'version' }] });
  await api().removeTemplate({ org, params: { key: 'orchestra.engagement' } });
  const { items, variables } = await api().listTemplates({ org });
  expect(items.map(({ key }) => key)).toEqual(['orchestra.engagement', made.key]);
  expect(variables.find(({ name }) => name === 'today')).toMatchObject({ means: expect.any(String) });
  await expect(set('none', 1, 'x')).rejects.toMatchObject({ status: 404 });
});

test('what only the team knows of stands in no contract', async () => {
  const times = { startsAt: '2030-05-14T15:00:00.000Z', endsAt: '2030-05-14T16:00:00.000Z' };
  const plan = (title: string, seenBy: 'everyone' | 'team') =>
    app.client(timeline).create({ org, params: { id: show }, body: { kind: 'other', title, seenBy, ...times } });
  await plan('Soundcheck of all', 'everyone');
  await plan('Pay them less', 'team');
  const text = pdfText((await print('orchestra.engagement')).bytes);
  expect(text).toContain('Soundcheck of all');
  expect(text).not.toContain('Pay them less');
});

test('who may not know how to reach contacts reads it in no contract either', async () => {
  const id = uuidv7();
  const permissions = ['documents.contracts', 'engagements.read'];
  await app.databases.control
    .insertInto('custom_roles')
    .values({ id, organisation_id: app.org.id, name: 'Lawyer', permissions })
    .execute();
  const { cookie } = await addPerson(app, { role: 'custom', customRoleId: id, name: 'Lars' });
  const lawyer = createClient(contracts, { baseUrl: app.baseUrl, headers: { cookie } });
  const body = '# Reach\n\nRing {{party.phone}} about {{engagement.value}}.';
  const { key } = await api().createTemplate({ org, body: { pack: 'orchestra', name: 'Reach', body } });
  const missing = async (asker: typeof lawyer) =>
    (await asker.draft({ org, params: { id: show }, query: { key, partyId } })).missing.map(({ name }) => name);
  expect(await missing(api())).toEqual([]);
  expect(await missing(lawyer)).toEqual(['party.phone', 'engagement.value']);
});

test('only for those who may, and of what there is', async () => {
  const query = { key: 'orchestra.engagement', partyId };
  await expect(app.client(contracts, 'staff').draft({ org, params: { id: show }, query })).rejects.toMatchObject({
    status: 403,
  });
  for (const [id, wanted] of [
    [nobody, query],
    [show, { ...query, partyId: nobody }],
    [show, { ...query, key: 'none' }],
  ] as const)
    await expect(api().draft({ org, params: { id }, query: wanted })).rejects.toMatchObject({ status: 404 });
});

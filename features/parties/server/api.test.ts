import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { parties } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test('adds, reads, finds, changes and removes a contact', async () => {
  const api = app.client(parties, 'staff');
  const made = await api.create({
    org: 'test',
    body: { kind: 'company', name: 'Big Shows Ltd', email: 'desk@bigshows.example' },
  });
  expect(made).toMatchObject({ kind: 'company', phone: null, notes: '', version: 1 });
  expect(await api.get({ org: 'test', params: { id: made.id } })).toEqual(made);
  await api.create({ org: 'test', body: { name: 'Zoe' } });
  expect((await api.list({ org: 'test', query: {} })).items.map(({ name }) => name)).toEqual(['Big Shows Ltd', 'Zoe']);
  expect((await api.list({ org: 'test', query: { q: 'bigshows.ex' } })).items).toEqual([made]);
  const changed = await api.change({ org: 'test', params: { id: made.id }, body: { version: 1, phone: '+1 212 1' } });
  expect(changed).toMatchObject({ phone: '+1 212 1', version: 2 });
  await api.remove({ org: 'test', params: { id: made.id } });
  await expect(api.get({ org: 'test', params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
  await expect(api.remove({ org: 'test', params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
});

test('two editors and bad input', async () => {
  const api = app.client(parties);
  const { id } = await api.create({ org: 'test', body: { name: 'Merge', externalRef: 'p1' } });
  await api.change({ org: 'test', params: { id }, body: { version: 1, email: 'a@example.com' } });
  const clash = api.change({ org: 'test', params: { id }, body: { version: 1, email: 'b@example.com' } });
  await expect(clash).rejects.toMatchObject({
    code: 'version_conflict',
    problem: { conflicts: { email: { theirs: 'a@example.com' } } },
  });
  await expect(api.create({ org: 'test', body: { name: 'Copy', externalRef: 'p1' } })).rejects.toMatchObject({
    code: 'duplicate',
  });
  const wrong = api.create({ org: 'test', body: { name: ' ', email: 'no' } });
  await expect(wrong).rejects.toMatchObject({ status: 400, fields: [{ field: 'name' }, { field: 'email' }] });
});

test('people of a company, seen from both sides', async () => {
  const api = app.client(parties, 'staff');
  const company = await api.create({ org: 'test', body: { kind: 'company', name: 'Agency' } });
  const person = await api.create({ org: 'test', body: { name: 'Ann Agent', email: 'ann@agency.example' } });
  const params = { id: company.id };
  const tie = await api.addBelonging({ org: 'test', params, body: { partyId: person.id, position: 'Booking' } });
  expect(tie).toMatchObject({
    partyId: person.id,
    name: 'Ann Agent',
    position: 'Booking',
    email: 'ann@agency.example',
  });
  const mine = { org: 'test', params: { id: person.id } };
  expect((await api.listBelongings(mine)).items).toMatchObject([{ partyId: company.id, name: 'Agency' }]);
  const again = api.addBelonging({ ...mine, body: { partyId: company.id } });
  await expect(again).rejects.toMatchObject({ code: 'duplicate' });
  const alike = api.addBelonging({
    ...mine,
    body: { partyId: (await api.create({ org: 'test', body: { name: 'Bo' } })).id },
  });
  await expect(alike).rejects.toMatchObject({
    fields: [{ field: 'partyId', message: 'Choose a company for a person.' }],
  });
  const turned = api.change({ ...mine, body: { version: 1, kind: 'company' } });
  await expect(turned).rejects.toMatchObject({ code: 'in_use' });
  const at = { id: person.id, belongingId: tie.id };
  expect(await api.changeBelonging({ org: 'test', params: at, body: { position: 'Owner' } })).toMatchObject({
    position: 'Owner',
  });
  await api.removeBelonging({ org: 'test', params: at });
  await expect(api.removeBelonging({ org: 'test', params: at })).rejects.toMatchObject({ status: 404 });
});

test('roles and addresses: found by them, safe to click, and safe in a spreadsheet', async () => {
  const api = app.client(parties, 'staff');
  const made = await api.create({
    org: 'test',
    body: {
      name: '=HYPERLINK("x")',
      roles: ['caterer', 'caterer', 'vendor'],
      website: 'food.example/menu',
      phone: '+49 1',
    },
  });
  expect(made).toMatchObject({ roles: ['caterer', 'vendor'], website: 'https://food.example/menu', address: '' });
  const renamed = await api.change({
    org: 'test',
    params: { id: made.id },
    body: { version: 1, address: 'Main St 1' },
  });
  expect(renamed.roles).toEqual(['caterer', 'vendor']);
  expect((await api.list({ org: 'test', query: { role: 'caterer' } })).items).toEqual([renamed]);
  expect((await api.listRoles({ org: 'test' })).items).toContainEqual({ role: 'caterer', contacts: 1 });
  for (const website of ['javascript:alert(1)', 'data:text/html,x', 'nowhere', 'http://'])
    await expect(api.create({ org: 'test', body: { name: 'Bad', website } })).rejects.toMatchObject({
      fields: [{ field: 'website' }],
    });
  const csv = await api.export({ org: 'test' });
  expect(csv.split('\r\n')[0]).toBe('Name,Kind,E-mail,Phone,Address,Website,Roles,Company,Notes,Reference');
  expect(csv).toContain(`"'=HYPERLINK(""x"")",person,,'+49 1,Main St 1,https://food.example/menu,caterer; vendor`);
});

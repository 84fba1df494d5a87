import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import { history } from '#features/history/contract.ts';
import { createUser } from '#features/identity/server/commands.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { personalDetails } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const iban = 'DE89370400440532013000';
const password = 'correct horse battery';

async function addPerson(name: string, kind: 'person' | 'place' = 'person'): Promise<string> {
  return (await app.client(resources).create({ org: 'test', body: { kind, name } })).id;
}

/** A client of the contract, signed in as a new member who is the person `id`. */
async function signedIn(role: string, personId?: string) {
  const email = `${role}-${crypto.randomUUID()}@example.com`;
  const userId = await createUser(app.databases.control, { name: role, email, password });
  await app.databases.control
    .insertInto('memberships')
    .values({ organisation_id: app.org.id, user_id: userId, role })
    .execute();
  if (personId)
    await app.inTenant((tx) =>
      tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, personId, userId]),
    );
  const session = await fetch(`${app.baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return createClient(personalDetails, { baseUrl: app.baseUrl, headers: { cookie } });
}

const everything = <T>(work: (client: import('pg').Client) => Promise<T>) => withClient(app.adminUrl.tenant, work);

test('keeps values sealed, shows masks, and reveals on request', async () => {
  const id = await addPerson('Ada');
  const api = app.client(personalDetails);
  expect(await api.getIdentity({ org: 'test', params: { id } })).toMatchObject({
    version: 0,
    updatedAt: null,
    fields: { account: null, legalName: null },
  });
  const body = { version: 0, account: 'de89 3704 0044 0532 0130 00', accountHolder: 'Ada Lo', bankCode: 'cobadeffxxx' };
  const changed = await api.changeIdentity({ org: 'test', params: { id }, body });
  expect(changed).toMatchObject({
    version: 1,
    fields: { account: '•••• 3000', accountHolder: '••••', bankCode: '••••', legalName: null },
  });
  const revealed = await api.revealIdentity({
    org: 'test',
    params: { id },
    body: { fields: ['account', 'legalName'] },
  });
  expect(revealed).toEqual({ version: 1, fields: { account: iban, legalName: null } });
  const rows = await everything((client) => client.query<Record<string, string>>('select * from personal_details'));
  expect(rows.rows[0]?.['sealed_account']).toMatch(/^hf1\.test\./);
  expect(JSON.stringify(rows.rows)).not.toContain('370400');
});

test('history says who changed and who looked at what, and holds neither value nor ciphertext', async () => {
  const id = await addPerson('Bea');
  const api = app.client(personalDetails);
  await api.changeIdentity({
    org: 'test',
    params: { id },
    body: { version: 0, account: iban, taxNumber: '12 345 678 901' },
  });
  await api.changeIdentity({ org: 'test', params: { id }, body: { version: 1, account: null, legalName: 'Beatrix' } });
  await api.revealIdentity({ org: 'test', params: { id }, body: { fields: ['taxNumber'] } });
  await app.client(personalDetails).erase({ org: 'test', params: { id } });
  const recorded = await everything((client) =>
    client.query<{ operation: string; before: object; after: object }>(
      `select operation, before, after from changes where entity = 'personal_details' and entity_id = $1 order by id`,
      [id],
    ),
  );
  expect(recorded.rows).toMatchObject([
    { operation: 'insert', after: { sealed_account: 'sealed', sealed_tax_number: 'sealed', sealed_legal_name: null } },
    {
      operation: 'update',
      before: { sealed_account: 'sealed', sealed_legal_name: null },
      after: { sealed_account: null, sealed_legal_name: 'sealed' },
    },
    { operation: 'looked', after: { fields: ['taxNumber'] } },
    { operation: 'delete', before: { sealed_tax_number: 'sealed' } },
  ]);
  const all = JSON.stringify(recorded.rows);
  for (const secret of ['hf1.', 'DE8937', 'Beatrix', '345 678']) expect(all).not.toContain(secret);
  const { items } = await app.client(history).list({ org: 'test', query: { entityId: id } });
  const told = items.filter(({ entity }) => entity === 'personal_details').map(({ operation }) => operation);
  expect(told).toEqual(['delete', 'looked', 'update', 'insert']);
  expect(await api.getIdentity({ org: 'test', params: { id } })).toMatchObject({
    version: 0,
    fields: { taxNumber: null },
  });
});

test('no answer with a value is kept for a retry', async () => {
  const id = await addPerson('Kept');
  const api = app.client(personalDetails);
  const call = { idempotencyKey: crypto.randomUUID() };
  await api.changeEmergency({ org: 'test', params: { id }, body: { version: 0, healthNote: 'Nuts' } }, call);
  await api.revealEmergency({ org: 'test', params: { id }, body: { fields: ['healthNote'] } }, call);
  const kept = await everything((client) =>
    client.query(`select from idempotency_keys where answer like '%Nuts%' or key = $1`, [call.idempotencyKey]),
  );
  expect(kept.rowCount).toBe(0);
});

test('two editors: other fields merge, the same field is a conflict that shows no value', async () => {
  const id = await addPerson('Merge');
  const api = app.client(personalDetails);
  const change = (version: number, changes: object) =>
    api.changeIdentity({ org: 'test', params: { id }, body: { version, ...changes } });
  await change(0, { account: iban });
  expect(await change(0, { legalName: 'Merge Lo' })).toMatchObject({ version: 2 });
  await expect(change(0, { account: 'GB29NWBK60161331926819' })).rejects.toMatchObject({
    status: 409,
    code: 'version_conflict',
    problem: { conflicts: { account: { yours: 'GB29NWBK60161331926819', theirs: '•••• 3000' } } },
  });
  expect(await change(1, { account: iban })).toMatchObject({ version: 2 });
  await change(2, { account: null });
  await expect(change(1, { account: iban })).rejects.toMatchObject({
    problem: { conflicts: { account: { theirs: null } } },
  });
  await api.erase({ org: 'test', params: { id } });
  await expect(change(3, { account: iban })).rejects.toMatchObject({ code: 'version_conflict' });
});

test('two first editors at once both count', async () => {
  const id = await addPerson('Race');
  const api = app.client(personalDetails);
  await Promise.all([
    api.changeIdentity({ org: 'test', params: { id }, body: { version: 0, legalName: 'Race Lo' } }),
    api.changeIdentity({ org: 'test', params: { id }, body: { version: 0, taxNumber: '123' } }),
    api.changeEmergency({ org: 'test', params: { id }, body: { version: 0, healthNote: 'None' } }),
  ]);
  expect(await api.getIdentity({ org: 'test', params: { id } })).toMatchObject({
    version: 3,
    fields: { legalName: '••••', taxNumber: '••••' },
  });
});

test.each([
  [{ account: 'DE89370400440532013001' }, 'account', /check digits/],
  [{ account: 'DE8937040044053201300' }, 'account', /has 22 characters/],
  [{ account: '   ' }, 'account', /empty/],
  [{ bankCode: 'NOBANK' }, 'bankCode', /BIC/],
  [{ birthDate: '2999-01-01' }, 'birthDate', /past/],
  [{ birthDate: '31.12.1980' }, 'birthDate', /date like/],
  [{ iban }, 'iban', /./],
])('refuses %j and names the field', async (changes, field, said) => {
  const id = await addPerson('Wrong');
  const refused = await app
    .client(personalDetails)
    .changeIdentity({ org: 'test', params: { id }, body: { version: 0, ...changes } })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({
    status: 400,
    code: 'invalid_input',
    fields: [{ field, message: expect.stringMatching(said) }],
  });
});

test('only people have them, and a person with them stays one', async () => {
  const api = app.client(personalDetails);
  const place = await addPerson('Hall', 'place');
  const org = await app.addOrganisation('elsewhere');
  const foreign = await app
    .client(resources, 'owner', org)
    .create({ org: 'elsewhere', body: { kind: 'person', name: 'X' } });
  for (const id of [place, foreign.id, crypto.randomUUID()]) {
    const missing = { status: 404, message: 'This person was not found.' };
    await expect(api.getIdentity({ org: 'test', params: { id } })).rejects.toMatchObject(missing);
    await expect(
      api.changeEmergency({ org: 'test', params: { id }, body: { version: 0, healthNote: 'x' } }),
    ).rejects.toMatchObject(missing);
    await expect(
      api.revealIdentity({ org: 'test', params: { id }, body: { fields: ['account'] } }),
    ).rejects.toMatchObject(missing);
    await expect(api.erase({ org: 'test', params: { id } })).rejects.toMatchObject(missing);
  }
  const id = await addPerson('Fixed');
  await api.changeEmergency({ org: 'test', params: { id }, body: { version: 0, healthNote: 'x' } });
  const turned = app.client(resources).change({ org: 'test', params: { id }, body: { version: 1, kind: 'thing' } });
  await expect(turned).rejects.toMatchObject({ status: 400, fields: [{ field: 'kind' }] });
});

test('owner sees both groups, a manager emergencies, the others their own person’s', async () => {
  const [own, other] = [await addPerson('Own'), await addPerson('Other')];
  const forbidden = { status: 403, code: 'forbidden' };
  const missing = { status: 404, code: 'not_found' };
  const manager = app.client(personalDetails, 'manager');
  await manager.changeEmergency({
    org: 'test',
    params: { id: other },
    body: { version: 0, emergencyPhone: '+49 30 1' },
  });
  expect(
    (await manager.revealEmergency({ org: 'test', params: { id: other }, body: { fields: ['emergencyPhone'] } }))
      .fields,
  ).toEqual({ emergencyPhone: '+49 30 1' });
  // A key of the role is nobody's person, so nothing is its own.
  await expect(manager.getIdentity({ org: 'test', params: { id: other } })).rejects.toMatchObject(missing);
  await expect(manager.erase({ org: 'test', params: { id: other } })).rejects.toMatchObject(forbidden);
  for (const role of ['staff', 'crew', 'client'] as const) {
    await expect(
      app.client(personalDetails, role).getEmergency({ org: 'test', params: { id: other } }),
    ).rejects.toMatchObject(missing);
  }
  const crew = await signedIn('crew', own);
  await crew.changeIdentity({ org: 'test', params: { id: own }, body: { version: 0, account: iban } });
  expect(
    (await crew.revealIdentity({ org: 'test', params: { id: own }, body: { fields: ['account'] } })).fields,
  ).toEqual({ account: iban });
  await crew.changeEmergency({ org: 'test', params: { id: own }, body: { version: 1, healthNote: 'Vegan' } });
  await expect(crew.getEmergency({ org: 'test', params: { id: other } })).rejects.toMatchObject(missing);
  await expect(
    crew.changeIdentity({ org: 'test', params: { id: other }, body: { version: 0, account: iban } }),
  ).rejects.toMatchObject(missing);
  await expect(
    crew.revealIdentity({ org: 'test', params: { id: other }, body: { fields: ['account'] } }),
  ).rejects.toMatchObject(missing);
  await expect(crew.erase({ org: 'test', params: { id: own } })).rejects.toMatchObject(forbidden);
});

test('a value moved to another person’s organisation or column, or altered, is not opened', async () => {
  const id = await addPerson('Tampered');
  const api = app.client(personalDetails);
  await api.changeIdentity({ org: 'test', params: { id }, body: { version: 0, account: iban, legalName: 'T' } });
  await everything((client) =>
    client.query('update personal_details set sealed_legal_name = sealed_account where id = $1', [id]),
  );
  const shown = api.revealIdentity({ org: 'test', params: { id }, body: { fields: ['legalName'] } });
  await expect(shown).rejects.toMatchObject({
    status: 503,
    message: expect.stringMatching(/legalName can’t be opened/),
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetAttempts } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { inquiries } from '../contract.ts';
import { inquiryStatus } from '../status-contract.ts';
import { inquiryWorld } from '#apps/server/test/inquiry-world.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());
// All of them come from one address.
beforeEach(() => forgetAttempts(app.databases));

const { evening, received, place } = inquiryWorld(() => app);
const inbox = () => app.client(inquiries);
const raise = (): never => {
  throw new Error('It is not there.');
};
/** Without any credential. */
const page = () => createClient(inquiryStatus, { baseUrl: app.baseUrl });

interface Link {
  orgId: string;
  token: string;
}
const address = ({ orgId, token }: Link) => `${app.baseUrl}/api/v1/inquiry-pages/${orgId}/${token}`;

const rowOf = (id: string) =>
  app.inTenant(async (tx) => {
    const [row] = await tx.query<{ stamp: string }>(
      'select md5(q::text) as stamp from inquiries q where org_id = $1 and id = $2',
      [app.org.id, id],
    );
    return row;
  });

test('its sender sees what they sent and how it stands, and nothing of the office', async () => {
  const one = await received();
  await inbox().addNote({ org, params: one.params, body: { body: 'NOT-FOR-THEM' } });
  await inbox().ask({ org, params: one.params, body: { body: 'Dinner, too?' } });
  const sheet = await page().get({ params: one.link });
  expect(sheet).toMatchObject({
    organisation: 'test',
    title: 'Summer party',
    state: 'received',
    answers: { what: 'A party' },
    messages: [{ mine: false, body: 'Dinner, too?' }],
    can: ['write', 'withdraw'],
  });
  const response = await fetch(address(one.link));
  expect(await response.text()).not.toMatch(/NOT-FOR-THEM|Muster|assignee|budget/i);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
});

test('a scanner that opens every link changes nothing', async () => {
  const one = await received();
  const before = await rowOf(one.id);
  for (let time = 0; time < 6; time++) await fetch(address(one.link), { method: time % 2 ? 'HEAD' : 'GET' });
  for (const what of ['withdraw', 'messages']) expect((await fetch(`${address(one.link)}/${what}`)).status).toBe(404);
  expect(await rowOf(one.id)).toEqual(before);
});

test('an answer reaches the inbox; one sender can’t fill it', async () => {
  const one = await received();
  await inbox().ask({ org, params: one.params, body: { body: 'Dinner, too?' } });
  await expect(page().write({ params: one.link, body: { body: ' ' } })).rejects.toMatchObject({
    fields: [{ field: 'body' }],
  });
  await page().write({ params: one.link, body: { body: 'Yes,\nfor 80.' } });
  // Pressed twice.
  const sheet = await page().write({ params: one.link, body: { body: 'Yes,\nfor 80.' } });
  expect(sheet.messages).toMatchObject([{ mine: false }, { mine: true, body: 'Yes,\nfor 80.' }]);
  const { inquiry, messages } = await inbox().get({ org, params: one.params });
  expect(inquiry.unanswered).toBe(true);
  expect(messages.map(({ kind, writtenBy }) => [kind, writtenBy])).toEqual([
    ['question', 'API key “owner”'],
    ['answer', 'Its sender'],
  ]);
  for (let more = 1; more < 10; more++) await page().write({ params: one.link, body: { body: `${more}` } });
  const over = page().write({ params: one.link, body: { body: 'One more' } });
  await expect(over).rejects.toMatchObject({ status: 429, code: 'too_many_messages' });
  await inbox().ask({ org, params: one.params, body: { body: 'Thank you. Vegetarians?' } });
  await page().write({ params: one.link, body: { body: 'Five.' } });
});

test('taken back, once, and what was held is free; not what is agreed', async () => {
  const one = await received();
  const hall = await place('Hall');
  await inbox().hold({
    org,
    params: one.params,
    body: { claims: [{ resourceId: hall, ...evening(), status: 'hold' }] },
  });
  expect((await page().get({ params: one.link })).state).toBe('hold');
  const all = await Promise.all(
    Array.from({ length: 8 }, () => page().withdraw({ params: one.link, body: { reason: 'Ill.' } })),
  );
  for (const sheet of all) expect(sheet).toMatchObject({ state: 'withdrawn', can: [] });
  expect((await app.client(claims).list({ org, query: { resourceId: hall } })).total).toBe(0);
  const { decisions } = await inbox().get({ org, params: one.params });
  expect(decisions.map(({ toState, decidedBy, reason }) => [toState, decidedBy, reason])).toEqual([
    ['hold', 'API key “owner”', ''],
    ['withdrawn', 'Its sender', 'Ill.'],
  ]);
  await expect(page().write({ params: one.link, body: { body: 'Hello?' } })).rejects.toMatchObject({ status: 409 });
  const agreed = await received();
  await inbox().approve({ org, params: agreed.params, body: { title: 'Party', ...evening() } });
  expect(await page().get({ params: agreed.link })).toMatchObject({
    state: 'approved',
    title: 'Party',
    can: ['write'],
  });
  await expect(page().withdraw({ params: agreed.link, body: {} })).rejects.toMatchObject({ code: 'already_decided' });
  const { id, version } = (await app.client(engagements).list({ org, query: { q: 'Party' } })).items[0] ?? raise();
  const moved = evening();
  await app.client(engagements).change({ org, params: { id }, body: { version, ...moved } });
  expect(await page().get({ params: agreed.link })).toMatchObject({ state: 'approved', ...moved });
  await app.client(engagements).setStage({ org, params: { id }, body: { version: version + 1, stage: 'cancelled' } });
  expect((await page().get({ params: agreed.link })).state).toBe('cancelled');
});

test('who is taken for a spammer learns nothing of it', async () => {
  const one = await received({ suspected: true });
  expect(await page().get({ params: one.link })).toMatchObject({ state: 'received', can: ['write', 'withdraw'] });
});

test('a link opens one inquiry of one organisation, until a newer one is made or the date is long over', async () => {
  const one = await received();
  const second = await received();
  const { token } = one.link;
  const other = await app.addOrganisation('elsewhere');
  const wrong = [
    { orgId: app.org.id, token: `${second.id}.1.${token.split('.')[2]}` },
    { orgId: app.org.id, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` },
    { orgId: app.org.id, token: token.replace('.1.', '.2.') },
    { orgId: app.org.id, token: 'x'.repeat(200) },
    { orgId: other.id, token },
    { orgId: uuidv7(), token },
  ];
  const bodies = await Promise.all(wrong.map(async (each) => fetch(address(each)).then((response) => response.json())));
  for (const body of bodies) expect({ ...body, requestId: '' }).toEqual({ ...bodies[0], requestId: '' });
  expect(bodies[0]).toMatchObject({ status: 404, detail: 'This link was not found.' });
  for (const params of wrong)
    await expect(page().withdraw({ params, body: {} })).rejects.toMatchObject({ status: 404 });
  const { path } = await inbox().link({ org, params: one.params, body: { renew: true } });
  await expect(page().get({ params: one.link })).rejects.toMatchObject({ status: 410, code: 'link_replaced' });
  await expect(page().withdraw({ params: one.link, body: {} })).rejects.toMatchObject({ code: 'link_replaced' });
  const renewed = { orgId: app.org.id, token: path.split('/').at(-1) ?? '' };
  expect((await page().get({ params: renewed })).state).toBe('received');
  await app.inTenant((tx) =>
    tx.query("update inquiries set starts_at = '2020-01-01', ends_at = '2020-01-02' where org_id = $1 and id = $2", [
      app.org.id,
      one.id,
    ]),
  );
  await expect(page().get({ params: renewed })).rejects.toMatchObject({ status: 410, code: 'link_over' });
  await app.databases.control
    .updateTable('organisations')
    .set({ status: 'suspended' })
    .where('id', '=', app.org.id)
    .execute();
  await expect(page().get({ params: second.link })).rejects.toMatchObject({ status: 404 });
  await expect(page().withdraw({ params: second.link, body: {} })).rejects.toMatchObject({ status: 404 });
  await app.databases.control
    .updateTable('organisations')
    .set({ status: 'active' })
    .where('id', '=', app.org.id)
    .execute();
});

test('one address can’t try for ever', async () => {
  const { link } = await received();
  const tries = await Promise.all(
    Array.from({ length: 40 }, () =>
      page()
        .withdraw({ params: { ...link, token: `${link.token}x` }, body: {} })
        .catch(({ status }: { status: number }) => status),
    ),
  );
  expect(tries.filter((status) => status === 429)).toHaveLength(10);
});

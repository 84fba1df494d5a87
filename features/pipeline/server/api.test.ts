import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { pipeline } from '../contract.ts';

const org = 'test';
let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startTestApp();
  ann = await addPerson(app, { role: 'staff', name: 'Ann' });
});
afterAll(() => app.stop());

const api = () => app.client(engagements);
const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const add = (title: string, fields: object = {}) =>
  api().create({ org, body: { title, startsAt: soon(40), endsAt: soon(41), ...fields } });
const titles = async (query: object = {}) =>
  (await app.client(pipeline).board({ org, query })).cards.map(({ title, stage }) => `${title}: ${stage}`);
const move = (id: string, version: number, stage: string) =>
  api().setStage({ org, params: { id }, body: { version, stage, reason: 'Budget' } });

test('what is open, and what was won or lost this month; not what ended before', async () => {
  const open = await add('Open', { valueMinor: 100_000, valueCurrency: 'EUR', nextStep: 'Send the offer' });
  const won = await add('Won');
  await app.client(claims).confirm({ org, params: { id: won.id }, body: {} });
  const lost = await add('Lost');
  await move(lost.id, 1, 'cancelled');
  const longAgo = await add('Long ago');
  await move(longAgo.id, 1, 'cancelled');
  await app.inTenant((tx) =>
    tx.query(
      "update stage_decisions set decided_at = now() - interval '70 days' where org_id = $1 and engagement_id = $2",
      [app.org.id, longAgo.id],
    ),
  );
  expect((await titles()).toSorted()).toEqual(['Lost: cancelled', 'Open: planned', 'Won: confirmed']);
  await move(open.id, 1, 'held');
  const { cards } = await app.client(pipeline).board({ org, query: {} });
  const card = cards.find(({ id }) => id === open.id);
  expect(card).toMatchObject({ stage: 'held', valueMinor: 100_000, nextStep: 'Send the offer', leadName: null });
  expect(Date.parse(card?.stageSince ?? '')).toBeGreaterThan(Date.parse(open.createdAt));
});

test('who it is for, who is responsible, and the filters by both, by month and by pack', async () => {
  const client = await app.client(parties).create({ org, body: { name: 'Presenter' } });
  const other = await app.client(parties).create({ org, body: { name: 'Vendor' } });
  const mine = await add('Mine', { leadUserId: ann.userId, startsAt: soon(100), endsAt: soon(101) });
  for (const [party, role] of [
    [other, 'vendor'],
    [client, 'presenter'],
  ] as const)
    await api().addParty({ org, params: { id: mine.id }, body: { partyId: party.id, role } });
  const { cards } = await app.client(pipeline).board({ org, query: { leadUserId: ann.userId } });
  expect(cards).toMatchObject([{ title: 'Mine', leadName: 'Ann', party: { name: 'Presenter' } }]);
  expect(await titles({ partyId: other.id })).toEqual(['Mine: planned']);
  expect(await titles({ from: soon(90) })).toEqual(['Mine: planned']);
  expect(await titles({ pack: 'venue' })).toEqual([]);
  expect(await api().list({ org, query: { leadUserId: ann.userId } })).toMatchObject({ total: 1 });
  expect(await api().ofParty({ org, params: { id: client.id }, query: {} })).toMatchObject({
    items: [{ engagement: { id: mine.id }, roles: ['presenter'] }],
  });
});

test('values are for those who may see them; a value is whole, a member a member', async () => {
  const valued = await add('Valued', { valueMinor: 5_000, valueCurrency: 'EUR', probability: 30 });
  const staff = app.client(engagements, 'staff');
  const seen = await staff.get({ org, params: { id: valued.id } });
  expect(seen.engagement).toMatchObject({ valueMinor: null, valueCurrency: null, probability: 30 });
  const board = await app.client(pipeline, 'staff').board({ org, query: {} });
  expect(board.cards.some(({ valueMinor }) => valueMinor !== null)).toBe(false);
  expect(await app.client(pipeline, 'staff').forecast({ org, query: {} })).toEqual({ months: [] });
  await expect(
    staff.change({ org, params: { id: valued.id }, body: { version: 1, valueMinor: 1 } }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(add('Half', { valueMinor: 1 })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'valueMinor' }],
  });
  await expect(add('Sure', { probability: 101 })).rejects.toMatchObject({ fields: [{ field: 'probability' }] });
  await expect(add('Led', { leadUserId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({
    fields: [{ field: 'leadUserId' }],
  });
});

test('the forecast: by month and currency, what happens in full and the rest as likely', async () => {
  // At noon the month is the same in every zone of the test.
  const starts = { startsAt: `${soon(200).slice(0, 10)}T12:00:00Z`, endsAt: soon(202) };
  const sure = await add('Sure', { ...starts, valueMinor: 10_000, valueCurrency: 'JPY' });
  await app.client(claims).confirm({ org, params: { id: sure.id }, body: {} });
  await add('Maybe', { ...starts, valueMinor: 999, valueCurrency: 'JPY', probability: 33 });
  await add('Other currency', { ...starts, valueMinor: 7, valueCurrency: 'CHF' });
  const { months } = await app.client(pipeline).forecast({ org, query: {} });
  const month = starts.startsAt.slice(0, 7);
  expect(months.filter((each) => each.currency === 'JPY')).toEqual([
    { month, currency: 'JPY', engagements: 2, won: 10_000, open: 999, weighted: 10_330 },
  ]);
  expect(months.find((each) => each.currency === 'CHF')).toMatchObject({ open: 7, weighted: 4 });
});

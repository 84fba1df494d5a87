import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history, type Change } from '../contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const evening = { startsAt: '2026-05-01T17:30:00.000Z', endsAt: '2026-05-01T20:00:00.000Z' };
const steps = (items: Change[]) => items.map(({ entity, operation }) => `${entity} ${operation}`);

test('one record: who, when, before and after, newest first', async () => {
  const api = app.client(resources, 'manager');
  const { id } = await api.create({ org: 'test', body: { kind: 'person', name: 'Ada' } });
  await api.change({ org: 'test', params: { id }, body: { version: 1, phone: '+49 1', notes: 'First desk' } });
  const { items, total, next } = await app.client(history, 'manager').list({ org: 'test', query: { entityId: id } });
  expect({ total, next }).toEqual({ total: 2, next: null });
  expect(items[0]).toMatchObject({
    entity: 'resources',
    entityId: id,
    operation: 'update',
    version: 2,
    actorName: 'API key “manager”',
    before: { phone: null, notes: '' },
    after: { phone: '+49 1', notes: 'First desk' },
  });
  expect(items[1]).toMatchObject({
    operation: 'insert',
    before: null,
    after: { name: 'Ada', kind: 'person', challengeHours: 16 },
  });
  expect(Object.keys(items[1]?.after ?? {})).not.toContain('orgId');
});

test('an engagement: its row, decisions, contacts and claims, the released ones too', async () => {
  const api = app.client(engagements);
  const hall = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Hall' } });
  const { id } = await api.create({ org: 'test', body: { title: 'Told', ...evening } });
  const other = await api.create({ org: 'test', body: { title: 'Untold', ...evening } });
  const agent = await app.client(parties).create({ org: 'test', body: { name: 'Ann' } });
  await api.addParty({ org: 'test', params: { id }, body: { partyId: agent.id, role: 'agent' } });
  const board = app.client(claims);
  const hold = { resourceId: hall.id, ...evening, status: 'hold' as const };
  const placed = await board.place({ org: 'test', body: { engagementId: id, claims: [hold] } });
  await board.place({ org: 'test', body: { engagementId: other.id, claims: [hold] } });
  await board.release({
    org: 'test',
    body: { claimIds: placed.claims.map((claim) => claim.id), reason: 'Other hall' },
  });
  await api.setStage({ org: 'test', params: { id }, body: { version: 1, stage: 'held', reason: 'Soon' } });
  const told = await app.client(history).list({ org: 'test', query: { engagementId: id } });
  expect(steps(told.items).toSorted()).toEqual([
    'claims delete',
    'claims insert',
    'engagement_parties insert',
    'engagements insert',
    'engagements update',
    'stage_decisions insert',
  ]);
  expect(told.items.find(({ entity, operation }) => entity === 'claims' && operation === 'delete')).toMatchObject({
    reason: 'Other hall',
    after: null,
    before: { status: 'hold', startsAt: evening.startsAt, engagementId: id },
  });
  const pages: Change[] = [];
  let after: string | undefined;
  do {
    const page = await app
      .client(history)
      .list({ org: 'test', query: { engagementId: id, limit: 4, ...(after && { after }) } });
    expect(page.total).toBe(6);
    pages.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  expect(pages).toEqual(told.items);
});

test('a challenge of one of its holds is part of its history, with the end of it', async () => {
  const hall = await app.client(resources).create({ org: 'test', body: { kind: 'place', name: 'Contested' } });
  const api = app.client(engagements);
  const first = await api.create({ org: 'test', body: { title: 'First', ...evening } });
  const second = await api.create({ org: 'test', body: { title: 'Second', ...evening } });
  const board = app.client(claims);
  const hold = { resourceId: hall.id, ...evening, status: 'hold' as const };
  const place = async (engagementId: string) =>
    (await board.place({ org: 'test', body: { engagementId, claims: [hold] } })).claims[0]?.id ?? '';
  const [held, challenger] = [await place(first.id), await place(second.id)];
  await board.challenge({ org: 'test', params: { id: held }, body: { challengerId: challenger } });
  await board.release({ org: 'test', body: { claimIds: [held] } });
  const { items } = await app.client(history).list({ org: 'test', query: { engagementId: first.id } });
  expect(steps(items).filter((step) => step.startsWith('challenges'))).toEqual([
    'challenges delete',
    'challenges insert',
  ]);
});

test('staff may not read it; another organisation’s record has none; a bad page is refused', async () => {
  const foreign = await app.addOrganisation('other');
  const { id } = await app
    .client(resources, 'owner', foreign)
    .create({ org: 'other', body: { kind: 'thing', name: 'Secret' } });
  const api = app.client(history);
  expect(await api.list({ org: 'test', query: { entityId: id } })).toEqual({ items: [], total: 0, next: null });
  await expect(app.client(history, 'staff').list({ org: 'test', query: {} })).rejects.toMatchObject({ status: 403 });
  await expect(api.list({ org: 'test', query: { after: 'nonsense' } })).rejects.toMatchObject({ status: 400 });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { tenantTables } from '#apps/server/test/canaries.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { tasks } from '#features/engagements/tasks/contract.ts';
import { travel } from '#features/engagements/travel/contract.ts';
import { historySentence } from '#features/engagements/web/page/history-sentences.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { withClient } from '#platform/test/connection.ts';
import { activityParts, toldTable, untold } from '../activity-rules.ts';
import { history } from '../contract.ts';

const org = 'test';
let app: TestApp;
let show: string;
let other: string;
let anna: string;
beforeAll(async () => {
  app = await startTestApp();
  const times = { startsAt: '2029-05-01T14:00:00.000Z', endsAt: '2029-05-01T21:00:00.000Z' };
  show = (await app.client(engagements).create({ org, body: { title: 'Gala', ...times } })).id;
  other = (await app.client(engagements).create({ org, body: { title: 'Other', ...times } })).id;
  anna = (await app.client(resources).create({ org, body: { kind: 'person', name: 'Anna' } })).id;
});
afterAll(() => app.stop());

type Query = Parameters<ReturnType<typeof reader>['activity']>[0]['query'];
const reader = (role: 'manager' | 'staff' = 'manager') => app.client(history, role);
/** Read as people do, the oldest first. */
async function told(query: Query, role: 'manager' | 'staff' = 'manager'): Promise<string[]> {
  const { items, names } = await reader(role).activity({ org, query });
  const words = { pack: packs.touring, zone: 'UTC', nameOf: (id: string) => names[id] };
  return items.flatMap((item) => historySentence(item, words) ?? []).toReversed();
}

test('a dossier tells what happened across its tabs, in sentences', async () => {
  const params = { id: show };
  const todo = await app.client(tasks).create({ org, body: { engagementId: show, title: 'Book the hotel' } });
  await app.client(tasks).change({ org, params: { id: todo.id }, body: { version: 1, title: 'Book a hotel' } });
  const leg = await app.client(travel).addLeg({
    org,
    params,
    body: {
      mode: 'rail',
      number: 'ICE 5',
      fromName: 'Munich',
      fromZone: 'UTC',
      toName: 'Berlin',
      toZone: 'UTC',
      departsAt: '2029-05-01T08:00:00.000Z',
      arrivesAt: '2029-05-01T12:00:00.000Z',
      confirmation: 'SECRET-REF',
    },
  });
  await app
    .client(travel)
    .setTravellers({ org, params: { id: leg.id }, body: { people: [{ personId: anna, seat: '7' }] } });
  await app.client(travel).changeLeg({ org, params: { id: leg.id }, body: { version: 1, confirmed: true } });
  const money = { from: '2029-05-01', to: '2029-05-01', amountMinor: 987_654, currency: 'EUR' };
  await app.client(travel).setPerDiems({ org, params, body: { personIds: [anna], ...money } });
  await app.client(travel).removeLeg({ org, params: { id: leg.id } });
  expect(await told({ engagementId: show })).toEqual([
    'created it',
    'added the task “Book the hotel”',
    'renamed a task to “Book a hotel”',
    'added ICE 5, Munich to Berlin',
    'put Anna on ICE 5',
    'confirmed ICE 5',
    'set a per diem of Anna for Tue, May 1',
    'removed ICE 5',
    'took Anna off ICE 5',
  ]);
  expect(await told({ engagementId: show, part: 'tasks' })).toHaveLength(2);
  expect(await told({ engagementId: other })).toEqual(['created it']);
});

test('whoever may not see a thing reads nothing of it; secrets are told to nobody', async () => {
  const body = JSON.stringify(await reader().activity({ org, query: { engagementId: show } }));
  expect(body).not.toContain('SECRET-REF');
  expect(body).not.toContain('987654');
  const staff = await reader('staff').activity({ org, query: { engagementId: show } });
  expect(staff.items.map(({ entity }) => entity)).not.toContain('per_diems');
  expect(staff.items.map(({ entity }) => entity)).toContain('travel_legs');
});

test('the organisation’s stream names the engagement, pages, and narrows to a person', async () => {
  const { items, actors } = await reader().activity({ org, query: { limit: 3 } });
  expect(items).toHaveLength(3);
  expect(items.every(({ engagementTitle }) => engagementTitle === 'Gala')).toBe(true);
  expect(actors.map(({ name }) => name)).toContain('API key “owner”');
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const page = await reader().activity({ org, query: { limit: 4, ...(after ? { after } : {}) } });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  const all = await reader().activity({ org, query: { limit: 500 } });
  expect(seen).toEqual(all.items.map(({ id }) => id));
  const nobody = await reader().activity({ org, query: { actor: 'user:nobody' } });
  expect(nobody.items).toEqual([]);
  expect(nobody.actors).toEqual(actors);
  await expect(
    reader().activity({ org, query: { engagementId: '0199b8e0-0000-7000-8000-000000000000' } }),
  ).rejects.toMatchObject({ status: 404 });
});

test('of every recorded table of a dossier somebody decided whether it is told', async () => {
  const undecided = await withClient(app.adminUrl.tenant, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'engagement_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'changes'
          and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname like '%record%') order by 1`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const known = new Set(await tenantTables(client));
    expect(Object.keys(untold).filter((table) => !known.has(table))).toEqual([]);
    return rows.map(({ name }) => name).filter((name) => !toldTable(name) && !(name in untold));
  });
  expect(undecided).toEqual([]);
});

test('columns that are told are there', async () => {
  const columns = await withClient(app.adminUrl.tenant, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    return new Set(rows.map(({ name }) => name));
  });
  const missing = Object.values(activityParts)
    .flatMap(({ tables }) => Object.keys(tables))
    .flatMap((table) => {
      const { shown = [], named = [] } = toldTable(table) ?? {};
      return [...shown, ...named].map((column) => `${table}.${column}`);
    })
    .filter((name) => !columns.has(name));
  expect(missing).toEqual([]);
});

import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillOrganisation } from '../../../../bench/dataset.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '#platform/test/connection.ts';
import { find, findQuery } from '../contract.ts';
import { findStatement } from './statement.ts';

/** How PostgreSQL goes about the search, as the app's role under row security: a scan over all claims would be seconds. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const size = { people: 600, places: 60, things: 40, claimsPerResource: 60 };
  await withClient(app.adminUrl.tenant, (owner) => fillOrganisation(owner, app.org.id, size));
});
afterAll(() => app.stop());

const time = { startsAt: '2026-11-12T18:00:00Z', endsAt: '2026-11-12T20:00:00Z' };
const searches = {
  plain: {},
  skill: { skill: 'Violin', minLevel: '2' },
  near: { latitude: '52.5', longitude: '13.4', withinKm: '60' },
  rate: { maxRateMinor: '40000', rateCurrency: 'EUR', rateUnit: 'day' },
  pool: { kind: 'thing', units: '3' },
  days: { startsAt: '2026-11-10T08:00:00Z', endsAt: '2026-11-15T17:00:00Z' },
};

const node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Loops': z.number(),
  'Actual Rows': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(node).optional();
  },
});
type Node = z.output<typeof node>;

const answer = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) });

async function nodesOf(query: object, mode: 'force_custom_plan' | 'force_generic_plan'): Promise<Node[]> {
  const parsed = findQuery.parse({ limit: '10', ...time, ...query });
  const { text, values } = findStatement(app.org.id, parsed, '[]', 44);
  const [row] = await app.inTenant(async (tx) => {
    await tx.query("select set_config('plan_cache_mode', $1, true)", [mode]);
    return tx.query(`explain (analyze, format json) ${text}`, values);
  });
  const all = (one: Node): Node[] => [one, ...(one.Plans ?? []).flatMap(all)];
  return all(answer.parse(row)['QUERY PLAN'][0].Plan);
}

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('%s', (mode) => {
  test.each(Object.entries(searches))(
    '%s: claims by index, a few rows per candidate, and not for all',
    async (_, query) => {
      const nodes = await nodesOf(query, mode);
      const claims = nodes.filter((one) => one['Relation Name'] === 'claims' && one['Actual Loops'] > 0);
      expect(claims.length).toBeGreaterThan(0);
      for (const scan of claims) {
        expect(['Index Scan', 'Index Only Scan']).toContain(scan['Node Type']);
        expect(scan['Index Name']).toMatch(/^claims_(commits|calendar)$/);
        // 60 claims of one resource are all that a probe may meet.
        expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(60);
        expect(scan['Actual Loops']).toBeLessThan(200);
      }
    },
  );
});

test('finds people with their skill, and says why', async () => {
  const api = app.client(find, 'staff');
  const { items, more } = await api.find({
    org: 'test',
    query: { ...time, skill: 'Violin', minLevel: 2, latitude: 52.5, longitude: 13.4, limit: 5 },
  });
  expect(items).toHaveLength(5);
  expect(more).toBe(true);
  const [best] = items;
  expect(best?.resource.skills).toContainEqual({ skill: 'Violin', level: best?.level });
  expect(best?.reasons[0]).toBe('Violin, outstanding');
  expect(best?.reasons[1]).toMatch(/^\d[\d,]* km away$/);
  expect(best?.reasons[2]).toMatch(/^nobody else holds this time$|at this time$/);
});

test('bad questions name the field', async () => {
  const ask = (query: object) => app.client(find).find({ org: 'test', query: { ...time, ...query } });
  await expect(ask({ endsAt: time.startsAt })).rejects.toMatchObject({ status: 400, fields: [{ field: 'endsAt' }] });
  await expect(ask({ endsAt: '2027-11-12T20:00:00Z' })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'endsAt' }],
  });
  await expect(ask({ latitude: 1 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'longitude' }] });
  await expect(ask({ withinKm: 1 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'withinKm' }] });
  await expect(ask({ maxRateMinor: 1 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'rateCurrency' }] });
  await expect(ask({ limit: 201 })).rejects.toMatchObject({ status: 400, fields: [{ field: 'limit' }] });
});

test('an organisation without resources, and one whose resources the other sees not', async () => {
  const other = await app.addOrganisation('find-other');
  expect(await app.client(find, 'owner', other).find({ org: 'find-other', query: time })).toEqual({
    items: [],
    more: false,
  });
});

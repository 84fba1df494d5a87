import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { withClient } from '#platform/test/connection.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { planSeason, type SeasonPlan } from '../rules-nyphil.ts';
import { bundledSeason } from './bundled.ts';
import { importSeason, type SeasonOptions } from './season.ts';

let app: TestApp;
const plan = planSeason(bundledSeason(), 150);
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const run = (season: SeasonPlan = plan) => importSeason(app.inTenant, season, { packs: ['orchestra'] });

/** One hash over every row of every tenant table, history and sequences' effects included. */
function checksum(): Promise<Record<string, string>> {
  return withClient(app.adminUrl.tenant, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

/** Every concert in turn takes whom it needs, unless an earlier one has them at that time. */
function naive({ concerts }: SeasonPlan) {
  const taken: { need: string; startsAt: string; endsAt: string; ref: string }[] = [];
  const refused: { need: string; ref: string }[] = [];
  for (const { ref, needs, startsAt, endsAt, timed } of concerts) {
    if (!timed) continue;
    for (const need of needs) {
      const clash = taken.some((other) => other.need === need && other.startsAt < endsAt && startsAt < other.endsAt);
      if (clash) refused.push({ need, ref });
      else taken.push({ need, startsAt, endsAt, ref });
    }
  }
  return { commits: taken.length, refused };
}

test('the real season goes in; its conflicts are those of a naive model; again changes nothing', async () => {
  const first = await run();
  const model = naive(plan);
  expect(first).toMatchObject({ programmes: 144, concerts: 252, venues: 28, people: 258, commits: model.commits });
  expect(first.untimed.map(({ date }) => date)).toEqual(['2025-10-28', '2025-12-14']);
  expect(first.conflicts).toHaveLength(model.refused.length);
  const untimedClaims = plan.concerts.filter(({ timed }) => !timed).flatMap(({ needs }) => needs).length;
  expect(first.created).toBe(28 + 258 + 144 + 252 + model.commits + untimedClaims);
  for (const { engagements: sides, resourceId, startsAt, endsAt } of first.conflicts) {
    expect(sides.length).toBeGreaterThan(1);
    const standing = await app
      .client(claims)
      .list({ org: 'test', query: { resourceId, status: 'commit', from: startsAt, to: endsAt, limit: 500 } });
    expect(new Set(standing.items.map(({ engagementId }) => engagementId))).toEqual(
      new Set(sides.slice(1).map(({ id }) => id)),
    );
  }
  const before = await checksum();
  const second = await run();
  expect(second).toEqual({ ...first, created: 0 });
  expect(await checksum()).toEqual(before);
});

test('names, places, skills, times and stages are as people read them', async () => {
  const api = app.client(resources);
  const byName = async (q: string) => (await api.list({ org: 'test', query: { q } })).items;
  expect(await byName('Jakub Hrůša')).toMatchObject([{ kind: 'person', skills: [{ skill: 'Conductor' }] }]);
  expect(await byName('Yuja Wang')).toMatchObject([{ skills: [{ skill: 'Conductor' }, { skill: 'Piano' }] }]);
  expect(await byName('Museum of Modern Art')).toMatchObject([
    { kind: 'place', name: 'The Museum of Modern Art', address: 'Manhattan, NY', zone: 'America/New_York' },
  ]);
  const [mahler] = (
    await app
      .client(engagements)
      .list({ org: 'test', query: { from: '2024-09-12T00:00:00Z', to: '2024-09-13T12:00:00Z' } })
  ).items;
  expect(mahler).toMatchObject({
    title: 'Mahler: Symphony No. 5',
    startsAt: '2024-09-12T23:30:00.000Z',
    endsAt: '2024-09-13T02:00:00.000Z',
    zone: 'America/New_York',
    placeName: 'David Geffen Hall',
    seriesName: 'Mahler: Symphony No. 5',
    stage: 'confirmed',
    notes: 'Subscription Season',
    pack: 'orchestra',
  });
});

test('what was released, cancelled or retitled on purpose stays so', async () => {
  const api = app.client(engagements);
  const [cancelled, retitled, released] = (await api.list({ org: 'test', query: { from: '2025-05-16T00:00:00Z' } }))
    .items;
  if (!cancelled || !retitled || !released) throw new Error('The season has more concerts than that.');
  await api.setStage({
    org: 'test',
    params: { id: cancelled.id },
    body: { version: cancelled.version, stage: 'cancelled', reason: 'Snow' },
  });
  await api.change({
    org: 'test',
    params: { id: retitled.id },
    body: { version: retitled.version, title: 'Retitled' },
  });
  const board = app.client(claims);
  const [claim] = (await board.list({ org: 'test', query: { engagementId: released.id } })).items;
  await board.release({ org: 'test', body: { claimIds: [claim?.id ?? ''], reason: 'Ill' } });
  const before = await checksum();
  expect((await run()).created).toBe(0);
  expect(await checksum()).toEqual(before);
});

test('a conflict that somebody solved is made good by the next run', async () => {
  const nightcap = (await run()).conflicts.filter(({ startsAt }) => startsAt === '2025-01-26T02:30:00.000Z');
  expect(nightcap.map(({ resource }) => resource)).toEqual(['David Geffen Hall', 'Yuja Wang']);
  const { id } = nightcap[0]?.engagements[1] ?? { id: '' };
  const api = app.client(engagements);
  const { engagement } = await api.get({ org: 'test', params: { id } });
  await api.setStage({ org: 'test', params: { id }, body: { version: engagement.version, stage: 'cancelled' } });
  const after = await run();
  expect(after.created).toBe(2);
  expect(after.conflicts).toHaveLength(6);
});

test('another length moves nothing that is there', async () => {
  const before = await checksum();
  expect((await run(planSeason(bundledSeason(), 60))).created).toBe(0);
  expect(await checksum()).toEqual(before);
});

test('the hall that the organisation has is the hall that the season means', async () => {
  const org = await app.addOrganisation('adopts');
  const api = app.client(resources, 'owner', org);
  const hall = await api.create({
    org: 'adopts',
    body: { kind: 'place', name: 'David Geffen Hall', zone: 'America/New_York', notes: 'Ours' },
  });
  const blocked = {
    resourceId: hall.id,
    startsAt: '2024-09-12T22:00:00Z',
    endsAt: '2024-09-13T00:00:00Z',
    status: 'commit' as const,
  };
  const {
    claims: [block],
  } = await app.client(claims, 'owner', org).place({ org: 'adopts', body: { claims: [blocked] } });
  const report = await inOrganisation(org.id);
  expect(report.conflicts[0]).toMatchObject({
    resource: 'David Geffen Hall',
    resourceId: hall.id,
    engagements: [{ title: 'Mahler: Symphony No. 5' }, { id: block?.id, title: 'Blocked time' }],
  });
  expect(report.conflicts).toHaveLength(9);
  expect(await api.list({ org: 'adopts', query: { q: 'Geffen' } })).toMatchObject({
    total: 1,
    items: [{ id: hall.id, notes: 'Ours', version: 2 }],
  });
});

test('a capacity is filled, not exceeded, and the rest goes in all the same', async () => {
  const org = await app.addOrganisation('pooled');
  const api = app.client(resources, 'owner', org);
  const hall = await api.create({ org: 'pooled', body: { kind: 'place', name: 'David Geffen Hall', capacity: 1 } });
  const report = await inOrganisation(org.id);
  expect(report.commits).toBe(naive(plan).commits);
  expect(report.conflicts.filter(({ resourceId }) => resourceId === hall.id)).toHaveLength(4);
});

test('an import that dies halfway goes on where it stopped', async () => {
  const org = await app.addOrganisation('crashes');
  const died = inOrganisation(org.id, async (_, done) => {
    if (done > 100) throw new Error('The plug was pulled.');
  });
  await expect(died).rejects.toThrow('The plug was pulled.');
  const api = app.client(engagements, 'owner', org);
  expect((await api.list({ org: 'crashes', query: {} })).total).toBe(96);
  const report = await inOrganisation(org.id);
  expect(report).toMatchObject({ commits: naive(plan).commits, concerts: 252 });
  expect(report.conflicts).toHaveLength(8);
  expect((await inOrganisation(org.id)).created).toBe(0);
});

test('two imports at once make everything once', async () => {
  const org = await app.addOrganisation('twice');
  const reports = await Promise.all([inOrganisation(org.id), inOrganisation(org.id)]);
  const made = reports.map(({ created }) => created).reduce((a, b) => a + b);
  expect(made).toBe(
    28 +
      258 +
      144 +
      252 +
      naive(plan).commits +
      plan.concerts.filter(({ timed }) => !timed).flatMap(({ needs }) => needs).length,
  );
  expect((await inOrganisation(org.id)).created).toBe(0);
});

function inOrganisation(orgId: string, onProgress: SeasonOptions['onProgress'] = async () => undefined) {
  const scope = mintScope({ orgId, actor: 'command', requestId: 'test' });
  return importSeason((work) => withTenant(app.databases, scope, work), plan, { packs: ['orchestra'], onProgress });
}

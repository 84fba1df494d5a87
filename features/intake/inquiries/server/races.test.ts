import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { ApiError, createClient } from '#platform/client/client.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { breaking } from '#platform/test/breaking.ts';
import { withClient } from '#platform/test/connection.ts';
import { inquiries } from '../contract.ts';
import { inquiryStatus } from '../status-contract.ts';
import { inquiryWorld } from '#apps/server/test/inquiry-world.ts';
import { approveInquiry } from './approve.ts';
import { settleUnheld } from './holds.ts';

/** What happens at the same moment, and what breaks in the middle. */

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_ROLES: 'api' });
});
afterAll(() => app.stop());

const { evening, received, place, secret } = inquiryWorld(() => app);
const inbox = () => app.client(inquiries);
const codeOf = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === 'fulfilled' ? 'done' : outcome.reason instanceof ApiError ? outcome.reason.code : 'broken';

test('several inquiries of one address at once are of one contact', async () => {
  const several = await Promise.all(Array.from({ length: 6 }, () => received({ email: 'at-once@example.com' })));
  const details = await Promise.all(several.map(({ params }) => inbox().get({ org, params })));
  const contacts = new Set(details.map(({ inquiry }) => inquiry.partyId));
  expect([contacts.size, contacts.has(null)]).toEqual([1, false]);
});

test('two managers decide at once: one wins, the other is told', async () => {
  for (let round = 0; round < 8; round++) {
    const { params } = await received();
    const outcomes = await Promise.allSettled([
      inbox().approve({ org, params, body: { title: 'Party', ...evening() } }),
      app.client(inquiries, 'manager').decline({ org, params, body: { letter: 'No.' } }),
      inbox().approve({ org, params, body: { title: 'Party, too', ...evening() } }),
    ]);
    expect(outcomes.map(codeOf).toSorted()).toEqual(['already_decided', 'already_decided', 'done']);
    const { decisions, inquiry } = await inbox().get({ org, params });
    expect(decisions).toHaveLength(1);
    expect(inquiry.engagementId !== null).toBe(inquiry.state === 'approved');
  }
});

test('taken back while it is approved: one of the two, whole', async () => {
  for (let round = 0; round < 8; round++) {
    const { params, link } = await received();
    const hall = await place(`Hall ${round}`);
    const claim = { resourceId: hall, ...evening(), status: 'hold' as const };
    await inbox().hold({ org, params, body: { claims: [claim] } });
    const page = createClient(inquiryStatus, { baseUrl: app.baseUrl });
    const outcomes = await Promise.allSettled([
      inbox().approve({ org, params, body: { title: 'Party', ...evening() } }),
      page.withdraw({ params: link, body: {} }),
    ]);
    expect(outcomes.map(codeOf).toSorted()).toEqual(['already_decided', 'done']);
    const { inquiry } = await inbox().get({ org, params });
    const standing = await app.client(claims).list({ org, query: { resourceId: hall } });
    expect(standing.total).toBe(inquiry.state === 'approved' ? 1 : 0);
  }
});

test('held, released and settled at once: it is on hold if and only if something is held', async () => {
  const hall = await place('Busy hall');
  for (let round = 0; round < 8; round++) {
    const { params } = await received();
    const first = await inbox().hold({
      org,
      params,
      body: { claims: [{ resourceId: hall, ...evening(), status: 'hold' }] },
    });
    await Promise.all([
      app.client(claims).release({ org, body: { claimIds: first.claims.map(({ id }) => id) } }),
      inbox().hold({ org, params, body: { claims: [{ resourceId: hall, ...evening(), status: 'hold' }] } }),
      app.inTenant(settleUnheld),
    ]);
    await app.inTenant(settleUnheld);
    const { inquiry } = await inbox().get({ org, params });
    expect([inquiry.holds, inquiry.state]).toEqual([1, 'hold']);
  }
});

test('many hold the same evening for their inquiries: each gets a rank of its own', async () => {
  const hall = await place('Wanted hall');
  const span = evening();
  const several = await Promise.all(Array.from({ length: 8 }, () => received()));
  const placed = await Promise.all(
    several.map(({ params }) =>
      inbox().hold({ org, params, body: { claims: [{ resourceId: hall, ...span, status: 'hold' }] } }),
    ),
  );
  const ranks = placed.flatMap(({ claims: held }) => held.map(({ rank }) => rank));
  expect(ranks.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('whatever statement of an approval breaks, nothing is half done', async () => {
  const { id, params } = await received();
  const [hall, studio] = await Promise.all([place('Half hall'), place('Half studio')]);
  const span = evening();
  const ask = [hall, studio].map((resourceId) => ({ resourceId, ...span, status: 'hold' as const }));
  const { claims: held } = await inbox().hold({ org, params, body: { claims: ask } });
  const body = {
    title: 'Party',
    ...span,
    zone: null,
    placeId: hall,
    partyId: null,
    role: 'client',
    claimIds: held.slice(0, 1).map((claim) => claim.id),
    confirm: true,
    reason: 'Good.',
    letter: 'Yes.',
  };
  const organisation = {
    id: app.org.id,
    slug: org,
    name: org,
    packs: ['orchestra'],
    zone: 'Europe/Berlin',
    currency: 'EUR',
    suspended: null,
    projects: null,
  };
  const before = await picture();
  for (let at = 1; ; at++) {
    let reached = 0;
    const done = await app
      .inTenant(async (tx) => {
        const { tx: broken, statements } = breaking(tx, at);
        try {
          await approveInquiry(broken, id, body, { organisation, secret: secret() });
        } finally {
          reached = statements();
        }
      })
      .then(
        () => true,
        () => false,
      );
    if (done) {
      expect(reached).toBeGreaterThan(15);
      break;
    }
    expect(await picture()).toEqual(before);
  }
  const { inquiry } = await inbox().get({ org, params });
  expect(inquiry).toMatchObject({ state: 'approved', holds: 1 });
  expect(await picture()).not.toEqual(before);
});

/** Everything that an approval touches, its jobs included. */
async function picture(): Promise<unknown> {
  const tables = ['inquiries', 'inquiry_decisions', 'inquiry_claims', 'claims', 'engagements', 'engagement_parties'];
  return withClient(app.adminUrl.tenant, async (db) => {
    const counts: unknown[] = [];
    for (const table of [...tables, 'parties', 'tasks', 'messages', 'stage_decisions', 'changes']) {
      const { rows } = await db.query<{ sum: string }>(
        `select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`,
      );
      counts.push([table, rows[0]?.sum]);
    }
    const jobs = await db.query<{ count: string }>('select count(*) from graphile_worker.jobs');
    return [...counts, jobs.rows[0]?.count];
  });
}

test('what a manager committed is neither a sender’s to release nor that of who may only hold', async () => {
  const hall = await place('Committed hall');
  const held = async () => {
    const one = await received();
    const body = { claims: [{ resourceId: hall, ...evening(), status: 'hold' as const }] };
    const [claim] = (await app.client(inquiries, 'staff').hold({ org, params: one.params, body })).claims;
    return { ...one, claimId: claim?.id ?? '', version: claim?.version ?? 1 };
  };
  const [back, spam, free] = [await held(), await held(), await held()];
  for (const { claimId, version } of [back, spam])
    await app
      .client(claims, 'manager')
      .setStatus({ org, params: { id: claimId }, body: { version, status: 'commit' } });
  await createClient(inquiryStatus, { baseUrl: app.baseUrl }).withdraw({ params: back.link, body: {} });
  await app.client(inquiries, 'staff').spam({ org, params: spam.params });
  await app.client(inquiries, 'staff').spam({ org, params: free.params });
  const { items } = await app.client(claims).list({ org, query: { resourceId: hall } });
  expect(items.map(({ id }) => id).toSorted()).toEqual([back.claimId, spam.claimId].toSorted());
});

test('nobody gets before others who may not change their order', async () => {
  const hall = await place('Wanted hall');
  const { params } = await received();
  const body = { claims: [{ resourceId: hall, ...evening(), status: 'hold' as const, rank: 1 }] };
  const forbidden = { status: 403, code: 'forbidden' };
  await expect(app.client(inquiries, 'staff').hold({ org, params, body })).rejects.toMatchObject(forbidden);
  await expect(app.client(claims, 'staff').place({ org, body })).rejects.toMatchObject(forbidden);
  expect((await inbox().hold({ org, params, body })).claims).toMatchObject([{ rank: 1 }]);
});

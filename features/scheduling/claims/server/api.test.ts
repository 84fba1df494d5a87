import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { availability } from '#features/scheduling/availability/contract.ts';
import { createUser } from '#features/identity/server/commands.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { claims, type ClaimStatus } from '../contract.ts';
import { decideChallenge, expireClaim } from './challenges.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const org = 'test';
const at = (day: number, hour: number) => new Date(Date.UTC(2027, 2, day, hour)).toISOString();

async function addRoom(name = 'Room', more: object = {}): Promise<string> {
  return (await app.client(resources).create({ org, body: { kind: 'place', name, ...more } })).id;
}

async function addEngagement(title: string): Promise<string> {
  const id = randomUUID();
  await app.inTenant((tx) =>
    tx.query(
      `insert into engagements (org_id, id, pack, title, stage, zone, starts_at, ends_at)
       values ($1, $2, 'venue', $3, 'inquiry', 'Europe/Berlin', $4, $5)`,
      [app.org.id, id, title, at(1, 18), at(1, 22)],
    ),
  );
  return id;
}

function place(
  resourceId: string,
  status: ClaimStatus,
  from: number,
  to: number,
  more: object = {},
  engagementId: string | null = null,
) {
  const claim = { resourceId, status, startsAt: at(1, from), endsAt: at(1, to), ...more };
  return app.client(claims).place({ org, body: { engagementId, claims: [claim] } });
}

async function placeOne(...input: Parameters<typeof place>) {
  const [claim] = (await place(...input)).claims;
  if (!claim) throw new Error('Nothing was placed.');
  return claim;
}

async function ranks(resourceId: string): Promise<Record<string, number | null>> {
  const { items } = await app.client(claims).list({ org, query: { resourceId, status: 'hold' } });
  return Object.fromEntries(items.map(({ note, rank }) => [note, rank]));
}

test('who may not commit does not release what is being committed in that moment', async () => {
  const { id } = await placeOne(await addRoom(), 'hold', 10, 12);
  const release = () => app.client(claims, 'staff').release({ org, body: { claimIds: [id] } });
  const outcome = Promise.withResolvers<unknown>();
  await app.inTenant(async (tx) => {
    const committing = "update claims set status = 'commit', rank = null, version = version + 1";
    await tx.query(`${committing} where org_id = $1 and id = $2`, [tx.scope.orgId, id]);
    release().then(outcome.resolve, outcome.resolve);
    // It has looked by then, and waits for the row.
    await sleep(500);
  });
  expect(await outcome.promise).toMatchObject({ code: 'forbidden' });
});

test('claims come in pages without gaps or repeats, each as it was placed', async () => {
  const room = await addRoom();
  // Two begin at the same time.
  const placed = [];
  for (const hour of [10, 12, 12, 14, 16]) placed.push(await placeOne(room, 'hold', hour, hour + 1));
  const list = (limit: number, after?: string) =>
    app.client(claims).list({ org, query: { resourceId: room, limit, ...(after && { after }) } });
  expect(await list(5)).toEqual({ items: placed, total: 5, next: null });
  const pages = [await list(2)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await list(2, next));
  expect(pages.map(({ items, total }) => [items.length, total])).toEqual([2, 2, 1].map((length) => [length, 5]));
  expect(pages.flatMap(({ items }) => items)).toEqual(placed);
});

test('a second commitment is refused with who stands there; pencils and holds never are', async () => {
  const room = await addRoom('Great Hall');
  const gala = await addEngagement('Gala');
  await place(room, 'commit', 18, 22, {}, gala);
  await place(room, 'pencil', 18, 22);
  await place(room, 'hold', 18, 22);
  await place(room, 'commit', 22, 23);
  const refused = place(room, 'commit', 21, 23);
  await expect(refused).rejects.toMatchObject({
    status: 409,
    code: 'conflict',
    problem: {
      conflicts: [
        {
          resourceId: room,
          resourceName: 'Great Hall',
          startsAt: at(1, 21),
          reason: 'committed',
          blockers: [{ engagementId: gala, title: 'Gala', status: 'commit' }, { title: 'Blocked time' }],
          message: 'Great Hall is committed to Gala, Mon 1 Mar 2027, 19:00–23:00 (Europe/Berlin) and 1 more.',
        },
      ],
    },
  });
});

test('several resources are claimed together or not at all', async () => {
  const [a, b] = [await addRoom('A'), await addRoom('B')];
  await place(b, 'commit', 10, 12);
  const body = {
    claims: [a, b].map((resourceId) => ({
      resourceId,
      status: 'commit' as const,
      startsAt: at(1, 11),
      endsAt: at(1, 13),
    })),
  };
  const refused = app.client(claims).place({ org, body });
  await expect(refused).rejects.toMatchObject({ status: 409, problem: { conflicts: [{ resourceName: 'B' }] } });
  expect((await app.client(claims).list({ org, query: { resourceId: a } })).total).toBe(0);
  const unknown = app
    .client(claims)
    .place({ org, body: { claims: [{ ...body.claims[0]!, resourceId: randomUUID() }] } });
  await expect(unknown).rejects.toMatchObject({ status: 400, fields: [{ field: 'claims.0.resourceId' }] });
});

test('holds queue; on release those below move up, and a rank can be asked for', async () => {
  const room = await addRoom();
  const first = await placeOne(room, 'hold', 10, 14, { note: 'first' });
  await place(room, 'hold', 12, 16, { note: 'second' });
  await place(room, 'hold', 13, 15, { note: 'third' });
  await place(room, 'hold', 18, 20, { note: 'apart' });
  expect(await ranks(room)).toEqual({ first: 1, second: 2, third: 3, apart: 1 });
  const { promoted } = await app
    .client(claims)
    .release({ org, body: { claimIds: [first.id], reason: 'lost interest' } });
  expect(promoted.map(({ from, to }) => `${from} → ${to}`).toSorted()).toEqual(['2 → 1', '3 → 2']);
  expect(await ranks(room)).toEqual({ second: 1, third: 2, apart: 1 });
  await place(room, 'hold', 14, 17, { note: 'pushed in', rank: 1 });
  expect(await ranks(room)).toEqual({ 'pushed in': 1, second: 2, third: 3, apart: 1 });
});

test('a hold commits from the head of the queue only', async () => {
  const room = await addRoom('Stage');
  const show = await addEngagement('Show');
  const first = await placeOne(room, 'hold', 10, 12, {}, show);
  const second = await placeOne(room, 'hold', 10, 12);
  const api = app.client(claims);
  const tooSoon = api.setStatus({ org, params: { id: second.id }, body: { version: 1, status: 'commit' } });
  await expect(tooSoon).rejects.toMatchObject({
    code: 'blocked',
    problem: { blockers: [{ reason: 'outranked', blockers: [{ title: 'Show', rank: 1 }] }] },
  });
  await api.setStatus({ org, params: { id: first.id }, body: { version: 1, status: 'commit' } });
  const taken = api.setStatus({ org, params: { id: second.id }, body: { version: 1, status: 'commit' } });
  await expect(taken).rejects.toMatchObject({ code: 'conflict', problem: { conflicts: [{ reason: 'committed' }] } });
});

test('a challenge gives the holder business hours; silence releases, committing ends it, the challenger may waive', async () => {
  const room = await addRoom('Club', { challengeHours: 4 });
  const api = app.client(claims);
  const first = await placeOne(room, 'hold', 10, 12, { note: 'first' });
  const second = await placeOne(room, 'hold', 10, 12, { note: 'second' });
  const upwards = api.challenge({ org, params: { id: second.id }, body: { challengerId: first.id } });
  await expect(upwards).rejects.toMatchObject({ code: 'not_challengeable' });
  const { challenge } = await api.challenge({ org, params: { id: first.id }, body: { challengerId: second.id } });
  expect(challenge).toMatchObject({ challengerId: second.id });
  const again = api.challenge({ org, params: { id: first.id }, body: { challengerId: second.id } });
  await expect(again).rejects.toMatchObject({ status: 409, code: 'already_challenged' });
  await api.waive({ org, params: { id: first.id }, body: {} });
  const renewed = await api.challenge({ org, params: { id: first.id }, body: { challengerId: second.id } });
  const id = renewed.challenge?.id ?? '';
  await app.inTenant((tx) => decideChallenge(tx, id));
  expect(await ranks(room)).toEqual({ first: 1, second: 2 });
  await app.inTenant((tx) =>
    tx.query("update challenges set deadline_at = now() - interval '1 minute' where org_id = $1", [app.org.id]),
  );
  await app.inTenant((tx) => decideChallenge(tx, id));
  await app.inTenant((tx) => decideChallenge(tx, id));
  expect(await ranks(room)).toEqual({ second: 1 });
});

test('a hold expires once, and not when it was prolonged or committed', async () => {
  const room = await addRoom();
  const api = app.client(claims);
  const hold = await placeOne(room, 'hold', 10, 12, { note: 'soon', expiresAt: at(1, 9) });
  await app.inTenant((tx) => expireClaim(tx, hold.id));
  expect(await ranks(room)).toEqual({ soon: 1 });
  await api.change({
    org,
    params: { id: hold.id },
    body: { version: 1, expiresAt: new Date(Date.now() - 1_000).toISOString() },
  });
  await app.inTenant((tx) => expireClaim(tx, hold.id));
  await app.inTenant((tx) => expireClaim(tx, hold.id));
  expect(await ranks(room)).toEqual({});
});

test('chain confirm commits everything, or names every blocker and commits nothing', async () => {
  const [hall, piano] = [await addRoom('Hall'), await addRoom('Piano room')];
  const recital = await addEngagement('Recital');
  const rival = await addEngagement('Rival');
  const api = app.client(claims);
  await place(hall, 'hold', 18, 22, {}, rival);
  await place(piano, 'commit', 17, 19, {}, rival);
  for (const room of [hall, piano]) await place(room, 'hold', 18, 22, {}, recital);
  const blocked = api.confirm({ org, params: { id: recital }, body: {} });
  await expect(blocked).rejects.toMatchObject({
    status: 409,
    code: 'blocked',
    problem: {
      blockers: [
        { resourceName: 'Piano room', reason: 'committed' },
        { resourceName: 'Hall', reason: 'outranked' },
      ],
    },
  });
  const mine = await api.list({ org, query: { engagementId: recital } });
  expect(mine.items.map(({ status }) => status)).toEqual(['hold', 'hold']);
  const theirs = await api.list({ org, query: { engagementId: rival } });
  await api.release({ org, body: { claimIds: theirs.items.map(({ id }) => id) } });
  const done = await api.confirm({ org, params: { id: recital }, body: { reason: 'signed' } });
  expect(done).toMatchObject({
    stage: 'definite',
    claims: [
      { status: 'commit', rank: null },
      { status: 'commit', rank: null },
    ],
  });
  await expect(api.confirm({ org, params: { id: randomUUID() }, body: {} })).rejects.toMatchObject({ status: 404 });
});

test('moving: a commitment is refused where something stands, a hold goes behind the queue, shrinking keeps its rank', async () => {
  const room = await addRoom();
  const api = app.client(claims);
  const a = await placeOne(room, 'commit', 10, 12);
  await place(room, 'commit', 14, 16);
  const onto = api.move({ org, params: { id: a.id }, body: { version: 1, startsAt: at(1, 13), endsAt: at(1, 15) } });
  await expect(onto).rejects.toMatchObject({ code: 'conflict', problem: { conflicts: [{ reason: 'committed' }] } });
  const moved = await api.move({
    org,
    params: { id: a.id },
    body: { version: 1, startsAt: at(1, 12), endsAt: at(1, 14) },
  });
  expect(moved).toMatchObject({ startsAt: at(1, 12), version: 2 });
  const stale = api.move({ org, params: { id: a.id }, body: { version: 1, startsAt: at(1, 8), endsAt: at(1, 9) } });
  await expect(stale).rejects.toMatchObject({ code: 'version_conflict' });
  const first = await placeOne(room, 'hold', 18, 22, { note: 'first' });
  await place(room, 'hold', 18, 20, { note: 'second' });
  await api.move({ org, params: { id: first.id }, body: { version: 1, startsAt: at(1, 18), endsAt: at(1, 21) } });
  expect(await ranks(room)).toEqual({ first: 1, second: 2 });
  await api.move({ org, params: { id: first.id }, body: { version: 2, startsAt: at(1, 17), endsAt: at(1, 21) } });
  expect(await ranks(room)).toEqual({ first: 2, second: 1 });
});

test('pooled resources are never oversold, at no instant', async () => {
  const vans = await addRoom('Vans', { kind: 'thing', capacity: 3 });
  await place(vans, 'commit', 8, 12, { units: 2 });
  await place(vans, 'commit', 12, 16, { units: 2 });
  await place(vans, 'commit', 10, 14, { units: 1 });
  await expect(place(vans, 'commit', 13, 18, { units: 1 })).rejects.toMatchObject({
    code: 'conflict',
    problem: { conflicts: [{ reason: 'over_capacity' }] },
  });
  await place(vans, 'commit', 16, 18, { units: 3 });
  const many = await Promise.allSettled(Array.from({ length: 12 }, () => place(vans, 'commit', 20, 22)));
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});

test('staff may hold and not commit', async () => {
  const room = await addRoom();
  const staff = app.client(claims, 'staff');
  const body = (status: ClaimStatus) => ({
    claims: [{ resourceId: room, status, startsAt: at(1, 10), endsAt: at(1, 12) }],
  });
  await expect(staff.place({ org, body: body('commit') })).rejects.toMatchObject({ status: 403 });
  const [hold] = (await staff.place({ org, body: body('hold') })).claims;
  await expect(
    staff.setStatus({ org, params: { id: hold!.id }, body: { version: 1, status: 'commit' } }),
  ).rejects.toMatchObject({ status: 403 });
});

test('the board window holds what touches it, long claims included, and the text names who holds what', async () => {
  const room = await addRoom('Window');
  const long = {
    resourceId: room,
    status: 'pencil' as const,
    startsAt: new Date(Date.UTC(2026, 11, 1)).toISOString(),
    endsAt: new Date(Date.UTC(2027, 5, 1)).toISOString(),
  };
  await app.client(claims).place({ org, body: { claims: [long] } });
  await place(room, 'hold', 10, 12);
  const seen = await app.client(claims).window({ org, query: { from: at(1, 11), to: at(1, 13), resourceIds: [room] } });
  expect(seen.claims).toHaveLength(2);
  expect(seen.complete).toBe(true);
  const text = await app
    .client(claims)
    .holdsText({ org, query: { from: at(1, 11), to: at(1, 13), resourceIds: [room] } });
  expect(text).toContain('Window\n');
  expect(text).toContain('1st hold, Blocked time');
  const aged = await app.client(claims).ageing({ org, query: {} });
  expect(aged.items.length).toBeGreaterThan(0);
});

test('checking says what committing would meet, who queues there, and what else speaks against it; nothing is saved', async () => {
  const room = await addRoom('Checked');
  const committed = await placeOne(room, 'commit', 10, 12);
  await place(room, 'hold', 13, 14);
  await app
    .client(availability)
    .addTimeOff({ org, body: { resourceId: room, startsAt: at(1, 8), endsAt: at(1, 16), reason: 'Painters' } });
  const check = (from: number, to: number, claimId?: string) =>
    app.client(claims).check({
      org,
      body: { claims: [{ resourceId: room, startsAt: at(1, from), endsAt: at(1, to), ...(claimId && { claimId }) }] },
    });
  const met = await check(11, 14);
  expect(met.conflicts).toMatchObject([{ reason: 'committed', resourceName: 'Checked' }]);
  expect(met.holds).toMatchObject([{ blockers: [{ status: 'hold', rank: 1 }] }]);
  expect(met.warnings).toMatchObject([{ resourceId: room, message: expect.stringContaining('Painters') }]);
  // A claim doesn't stand in its own way.
  expect((await check(10, 13, committed.id)).conflicts).toEqual([]);
});

test('jobs do what is due: an expired hold is released, the next one moves up and its placer is told', async () => {
  const working = await startTestApp({ HOLDFAST_ROLES: 'api,worker' });
  try {
    const api = working.client(claims);
    const { id: room } = await working.client(resources).create({ org, body: { kind: 'place', name: 'Worked' } });
    const span = { resourceId: room, status: 'hold' as const, startsAt: at(1, 10), endsAt: at(1, 12) };
    const userId = await createUser(working.databases.control, {
      name: 'Hana Holder',
      email: 'hana@example.com',
      password: 'correct horse battery',
    });
    // Long enough to place the second, and to say whose it is.
    const soon = new Date(Date.now() + 3_000).toISOString();
    await api.place({ org, body: { claims: [{ ...span, expiresAt: soon, note: 'first' }] } });
    const [second] = (await api.place({ org, body: { claims: [{ ...span, note: 'second' }] } })).claims;
    await working.inTenant((tx) =>
      tx.query('update claims set placed_by = $2 where id = $1', [second?.id, `user:${userId}`]),
    );
    await expect
      .poll(
        async () => (await api.list({ org, query: { resourceId: room } })).items.map(({ note, rank }) => [note, rank]),
        { timeout: 20_000 },
      )
      .toEqual([['second', 1]]);
    const notice = () =>
      working.inTenant((tx) =>
        tx.query<{ message: string }>('select message from notices where user_id = $1', [userId]),
      );
    await expect
      .poll(notice, { timeout: 20_000 })
      .toMatchObject([{ message: expect.stringContaining('is now the 1st') }]);
  } finally {
    await working.stop();
  }
});

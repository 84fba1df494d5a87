import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { history, type EngagementThen } from '../contract.ts';

let app: TestApp;
let rooms: string[];
let partyId: string;
beforeAll(async () => {
  app = await startTestApp();
  const made = await Promise.all(
    ['Hall', 'Studio'].map((name) => app.client(resources).create({ org: 'test', body: { kind: 'place', name } })),
  );
  rooms = made.map(({ id }) => id);
  partyId = (await app.client(parties).create({ org: 'test', body: { name: 'Ann' } })).id;
});
afterAll(() => app.stop());

const org = 'test';
const day = 86_400_000;
const evening = (n: number) => ({
  startsAt: new Date(Date.UTC(2030, 0, 1, 18) + n * day).toISOString(),
  endsAt: new Date(Date.UTC(2030, 0, 1, 21) + n * day).toISOString(),
});

/** What the API shows now, in the shape of the view of that time: the naive model. */
async function snapshot(id: string): Promise<Omit<EngagementThen, 'at'>> {
  const [{ engagement, parties: entries }, { items }] = await Promise.all([
    app.client(engagements).get({ org, params: { id } }),
    app.client(claims).list({ org, query: { engagementId: id } }),
  ]);
  const {
    title,
    pack,
    stage,
    seriesName,
    placeName,
    zone,
    startsAt,
    endsAt,
    notes,
    externalRef,
    confirmedAt,
    version,
  } = engagement;
  const names: Record<string, string> = { [rooms[0] ?? '']: 'Hall', [rooms[1] ?? '']: 'Studio' };
  return {
    engagement: {
      id,
      title,
      pack,
      stage,
      seriesName,
      placeName,
      zone: zone ?? '',
      startsAt,
      endsAt,
      notes,
      externalRef,
      confirmedAt,
      version,
    },
    claims: items.map(
      ({ id: claimId, resourceId, status, rank, startsAt: from, endsAt: to, zone: at, units, expiresAt, note }) => ({
        id: claimId,
        resourceId,
        resourceName: names[resourceId] ?? null,
        status,
        rank,
        startsAt: from,
        endsAt: to,
        zone: at,
        units,
        expiresAt,
        note,
      }),
    ),
    parties: entries.map(({ id: entryId, partyId: party, name, role }) => ({
      id: entryId,
      partyId: party,
      name,
      role,
    })),
    notes: [],
  };
}

const sorted = ({ claims: list, parties: entries, ...rest }: Omit<EngagementThen, 'at'>) => ({
  ...rest,
  claims: list.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  parties: entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

/** One step of somebody's work; those that make no sense at the moment are refused, which is fine. */
async function step(id: string, kind: number, n: number): Promise<void> {
  const now = await snapshot(id);
  const { version } = now.engagement;
  const claim = now.claims[n % Math.max(1, now.claims.length)];
  const [api, board] = [app.client(engagements), app.client(claims)];
  switch (kind) {
    case 0:
      return void (await api.change({
        org,
        params: { id },
        body: { version, title: `Title ${n}`, placeId: rooms[n % 2] ?? null },
      }));
    case 1: {
      const wanted = {
        resourceId: rooms[n % 2] ?? '',
        status: (['pencil', 'hold', 'commit'] as const)[n % 3] ?? 'hold',
        ...evening(n % 4),
      };
      return void (await board.place({ org, body: { engagementId: id, claims: [wanted] } }));
    }
    case 2:
      return claim && void (await board.release({ org, body: { claimIds: [claim.id] } }));
    case 3:
      return (
        claim && void (await board.move({ org, params: { id: claim.id }, body: { version: 1_000, ...evening(n % 5) } }))
      );
    case 4: {
      const entry = now.parties[0];
      if (entry) await api.removeParty({ org, params: { id, entryId: entry.id } });
      else await api.addParty({ org, params: { id }, body: { partyId, role: `Role ${n % 3}` } });
      return;
    }
    default:
      return void (await api.setStage({ org, params: { id }, body: { version, stage: n % 2 ? 'held' : 'planned' } }));
  }
}

test('after any work, each instant shows what could be seen then', { timeout: 120_000 }, async () => {
  const works = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(60)), { minLength: 3, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(works, async (work) => {
      const { id } = await app.client(engagements).create({ org, body: { title: 'Start', ...evening(0) } });
      const seen: { at: string; state: Omit<EngagementThen, 'at'> }[] = [];
      for (const [kind, n] of work) {
        await step(id, kind, n).catch(() => undefined);
        await sleep(2);
        seen.push({ at: new Date().toISOString(), state: await snapshot(id) });
        await sleep(2);
      }
      for (const { at, state } of seen) {
        const { at: _, ...then } = await app.client(history).asOf({ org, params: { id }, query: { at } });
        expect(sorted(then)).toEqual(sorted(state));
      }
      const held = (await snapshot(id)).claims.map((claim) => claim.id);
      if (held.length > 0) await app.client(claims).release({ org, body: { claimIds: held } });
    }),
    { numRuns: 12 },
  );
});

test('before it was made, of a deleted one, of another organisation’s', async () => {
  const before = new Date(Date.now() - 1_000).toISOString();
  const { id } = await app.client(engagements).create({ org, body: { title: 'Gone', ...evening(9) } });
  const api = app.client(history);
  await expect(api.asOf({ org, params: { id }, query: { at: before } })).rejects.toMatchObject({ status: 404 });
  await sleep(2);
  const there = new Date().toISOString();
  await sleep(2);
  await app.client(engagements).remove({ org, params: { id } });
  expect((await api.asOf({ org, params: { id }, query: { at: there } })).engagement.title).toBe('Gone');
  await sleep(2);
  const gone = api.asOf({ org, params: { id }, query: { at: new Date().toISOString() } });
  await expect(gone).rejects.toMatchObject({ status: 404 });
  const other = await app.addOrganisation('other');
  const foreign = app.client(history, 'owner', other).asOf({ org: 'other', params: { id }, query: { at: there } });
  await expect(foreign).rejects.toMatchObject({ status: 404 });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { withClient } from '#platform/test/connection.ts';
import type { Databases } from '#platform/db/databases.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { insertAll } from '#features/scheduling/claims/server/place.ts';
import type { BenchServer } from '../server.ts';
import { at, hour, inParallel, makeResources, must, type World } from './world.ts';

/** Holds of one statement. */
const batch = 100;
const oneDay = 24 * hour;

/**
 * Bar 9: the process, API and worker in one, is killed with -9 again and again while it works off holds that expire.
 * Half of them were placed by a member, who is to be told; the others come over HTTP meanwhile, each sent under its
 * key until it is acknowledged. Afterwards each hold was placed once and released once, each member was told once of
 * each, and no job stood still for a minute because its worker was dead.
 */
export async function kills(server: Pick<BenchServer, 'world' | 'databases' | 'crash'>, kills: number, jobs: number) {
  const { world, databases, crash } = server;
  const [room = ''] = await makeResources(world, 1, 'Killed');
  // Each kill takes about two seconds: what expires is spread over most of that time.
  const spread = kills * 1_600;
  const member = randomUUID();
  const placed = await placeHolds(databases, world.orgId, { room, member, count: Math.floor(jobs / 2), spread });
  const sending = sendHolds(world, { room, count: jobs - placed.length, spread });
  const watch = watchOrphans(world.tenantUrl);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(200 + Math.random() * 800);
    await crash();
  }
  const all = [...placed, ...(await sending)];
  await allWorkedOff(world.tenantUrl);
  const orphans = await watch.end();
  const found = await withClient(world.tenantUrl, (client) => look(client, { all, placed, member }));
  must(found.lost === 0, `${found.lost} holds were not released, or not placed.`);
  must(found.doubled === 0, `${found.doubled} holds were placed or released more than once.`);
  must(found.untold === 0, `${found.untold} releases were not told, or told more than once.`);
  must(orphans.longestMs < 60_000, `A job waited ${orphans.longestMs} ms for its dead worker.`);
  return { kills, jobs: all.length, ...found, ...orphans };
}

interface Placing {
  room: string;
  count: number;
  /** Over how many milliseconds they expire. */
  spread: number;
}

async function placeHolds(
  databases: Databases,
  orgId: string,
  { room, member, count, spread }: Placing & { member: string },
): Promise<string[]> {
  const base = Date.UTC(2036, 0, 1);
  const now = Date.now();
  const ids = Array.from({ length: count }, () => randomUUID());
  const scope = mintScope({ orgId, actor: `user:${member}`, requestId: 'bench' });
  for (let from = 0; from < count; from += batch) {
    const claims = ids.slice(from, from + batch).map((id, index) => ({
      id,
      ...holdOf(room, base + (from + index) * oneDay, now + Math.random() * spread),
    }));
    await withTenant(databases, scope, (tx) => insertAll(tx, null, claims));
  }
  return ids;
}

function holdOf(resourceId: string, from: number, expires: number) {
  return {
    resourceId,
    startsAt: at(from),
    endsAt: at(from + hour),
    status: 'hold' as const,
    units: 1,
    expiresAt: at(expires),
    note: '',
  };
}

/** @returns the ids of those acknowledged: all of them */
async function sendHolds(world: World, { room, count, spread }: Placing): Promise<string[]> {
  const base = Date.UTC(2060, 0, 1);
  const lanes = 8;
  return inParallel(count, lanes, async (n) => {
    const id = randomUUID();
    const { units: _, ...hold } = holdOf(room, base + n * oneDay, Date.now() + 500);
    await sendUntilAcknowledged(world, id, { ...hold, id });
    await sleep((spread * lanes) / count / 2);
    return id;
  });
}

async function sendUntilAcknowledged(world: World, key: string, claim: object): Promise<void> {
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ claims: [claim] }),
  };
  for (;;) {
    const response = await fetch(`${world.baseUrl}/api/v1/orgs/${world.org}/claims`, init).catch(() => undefined);
    const text = await response?.text().catch(() => undefined);
    if (response?.status === 201) return;
    if (response && text !== undefined && response.status < 500) throw new Error(`${response.status} ${text}`);
    await sleep(50);
  }
}

const waiting = `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where t.identifier in ('claims.expire', 'claims.released', 'notices.onReleased') limit 1`;

/** Looks every half second how long jobs have been locked. Handling one takes milliseconds, so a long lock is an orphan's. */
function watchOrphans(tenantUrl: string): { end: () => Promise<{ orphans: number; longestMs: number }> } {
  const seen = new Map<string, number>();
  let ended = false;
  const watching = withClient(tenantUrl, async (client) => {
    while (!ended) {
      const { rows } = await client.query<{ job: string; ms: number }>(
        `select id || ' ' || locked_at as job, (extract(epoch from clock_timestamp() - locked_at) * 1000)::int as ms
           from graphile_worker._private_jobs where locked_at is not null`,
      );
      for (const { job, ms } of rows) if (ms > 3_000) seen.set(job, ms);
      await sleep(500);
    }
  });
  return {
    async end() {
      ended = true;
      await watching;
      return { orphans: seen.size, longestMs: Math.max(0, ...seen.values()) };
    },
  };
}

async function allWorkedOff(tenantUrl: string): Promise<void> {
  await withClient(tenantUrl, async (client) => {
    for (let tries = 0; tries < 600; tries++) {
      const { rows } = await client.query(waiting);
      if (rows.length === 0) return;
      await sleep(250);
    }
    throw new Error('Jobs are left after two and a half minutes.');
  });
}

async function look(
  client: pg.Client,
  { all, placed, member }: { all: string[]; placed: string[]; member: string },
): Promise<{ lost: number; doubled: number; untold: number }> {
  const { rows } = await client.query<{ lost: number; doubled: number }>(
    `select count(*) filter (where inserts = 0 or deletes = 0 or there)::int as lost,
            count(*) filter (where inserts > 1 or deletes > 1)::int as doubled
       from (select w.id, count(*) filter (where c.operation = 'insert') as inserts,
                    count(*) filter (where c.operation = 'delete') as deletes,
                    exists (select from claims k where k.id = w.id) as there
               from unnest($1::uuid[]) as w(id) left join changes c on c.entity = 'claims' and c.entity_id = w.id
              group by w.id) as effects`,
    [all],
  );
  const told = await client.query<{ source: string; count: number }>(
    'select source, count(*)::int as count from notices where user_id = $1 group by source',
    [member],
  );
  const once = told.rows.filter(({ count }) => count === 1).length;
  const { lost = 0, doubled = 0 } = rows[0] ?? {};
  return { lost, doubled, untold: Math.abs(placed.length - once) + (told.rows.length - once) };
}

import { ApiError } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import { apis, at, hour, inParallel, makeResources, must, overlapsSql, queueFaultsSql, type World } from './world.ts';

/** Bar 1: many try to hold and then commit few slots; each slot has exactly one winner, everybody else a 409. */
export async function contention(world: World, attempts: number, slots: number, connections: number) {
  const [room = ''] = await makeResources(world, 1, 'Contended');
  const api = apis(world).claims;
  const base = Date.UTC(2031, 0, 1);
  const counts = { winners: 0, conflicts: 0, other: [] as string[] };
  const started = performance.now();
  await inParallel(attempts, connections, async (n) => {
    const from = base + (n % slots) * 2 * hour;
    const claim = { resourceId: room, startsAt: at(from), endsAt: at(from + hour) };
    try {
      await api.place({ org: world.org, body: { claims: [{ ...claim, status: 'hold' }] } });
      await api.place({ org: world.org, body: { claims: [{ ...claim, status: 'commit' }] } });
      counts.winners++;
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) counts.conflicts++;
      else counts.other.push(String(error));
    }
  });
  const seconds = (performance.now() - started) / 1_000;
  must(counts.other.length === 0, `Answers other than 409: ${counts.other.slice(0, 3).join('; ')}`);
  must(counts.winners === slots, `${counts.winners} winners on ${slots} slots.`);
  must(counts.conflicts === attempts - slots, `${counts.conflicts} conflicts.`);
  await withClient(world.tenantUrl, async (client) => {
    for (const sql of [overlapsSql, queueFaultsSql]) {
      const { rows } = await client.query<{ count: number }>(sql);
      must(rows[0]?.count === 0, `${rows[0]?.count} faults by SQL: ${sql}`);
    }
  });
  return { attempts, winners: counts.winners, conflicts: counts.conflicts, seconds: Math.round(seconds * 10) / 10 };
}

import { ApiError } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import {
  apis,
  at,
  hour,
  inParallel,
  makeEngagement,
  makeResources,
  must,
  overlapsSql,
  queueFaultsSql,
  type World,
} from './world.ts';

/** Bar 2: confirms over several resources and moves, in random order and at once: whole groups or nothing, and no deadlock comes out. */
export async function groups(world: World, confirms: number, moves: number, connections: number) {
  const rooms = await makeResources(world, 12, 'Group');
  const api = apis(world).claims;
  const base = Date.UTC(2032, 0, 1);
  const counts = { confirmed: 0, blocked: 0, moved: 0, refused: 0, other: [] as string[] };
  const note = (error: unknown, expected: 'blocked' | 'refused') => {
    if (error instanceof ApiError && [404, 409].includes(error.status)) counts[expected]++;
    else counts.other.push(String(error));
  };
  const placed: string[] = [];
  const confirmOne = async () => {
    const from = base + Math.floor(Math.random() * 400) * hour;
    const [startsAt, endsAt] = [at(from), at(from + (1 + Math.floor(Math.random() * 3)) * hour)];
    const engagementId = await makeEngagement(world, startsAt, endsAt);
    const chosen = rooms.toSorted(() => Math.random() - 0.5).slice(0, 3);
    const wanted = chosen.map((resourceId) => ({ resourceId, startsAt, endsAt, status: 'hold' as const }));
    const { claims } = await api.place({ org: world.org, body: { engagementId, claims: wanted } });
    placed.push(...claims.map(({ id }) => id));
    try {
      await api.confirm({ org: world.org, params: { id: engagementId }, body: {} });
      counts.confirmed++;
    } catch (error) {
      note(error, 'blocked');
      // Makes room: what can't be confirmed is given back half of the time.
      if (Math.random() < 0.5) await api.release({ org: world.org, body: { claimIds: claims.map(({ id }) => id) } });
    }
  };
  const moveOne = async () => {
    const id = placed[Math.floor(Math.random() * placed.length)];
    if (!id) return;
    const version = await versionOf(world, id);
    if (!version) return;
    const from = base + Math.floor(Math.random() * 400) * hour;
    const resourceId = rooms[Math.floor(Math.random() * rooms.length)];
    try {
      await api.move({
        org: world.org,
        params: { id },
        body: { version, startsAt: at(from), endsAt: at(from + 2 * hour), ...(resourceId && { resourceId }) },
      });
      counts.moved++;
    } catch (error) {
      note(error, 'refused');
    }
  };
  const started = performance.now();
  const works = [
    ...Array.from({ length: confirms }, () => confirmOne),
    ...Array.from({ length: moves }, () => moveOne),
  ];
  const shuffled = works.toSorted(() => Math.random() - 0.5);
  await inParallel(shuffled.length, connections, (n) => shuffled[n]?.() ?? Promise.resolve());
  const seconds = (performance.now() - started) / 1_000;
  must(counts.other.length === 0, `Unexpected answers: ${counts.other.slice(0, 3).join('; ')}`);
  await withClient(world.tenantUrl, async (client) => {
    const half = `select count(*)::int as count from (select engagement_id from claims where engagement_id is not null
      group by engagement_id having count(*) filter (where status = 'commit') not in (0, count(*))) as halves`;
    for (const sql of [overlapsSql, queueFaultsSql, half]) {
      const { rows } = await client.query<{ count: number }>(sql);
      must(rows[0]?.count === 0, `${rows[0]?.count} faults by SQL: ${sql}`);
    }
  });
  const { other: _, ...figures } = counts;
  return { ...figures, seconds: Math.round(seconds * 10) / 10 };
}

/** Undefined for a claim that was released meanwhile. */
async function versionOf(world: World, id: string): Promise<number | undefined> {
  return withClient(world.tenantUrl, async (client) => {
    const { rows } = await client.query<{ version: number }>('select version from claims where id = $1', [id]);
    return rows[0]?.version;
  });
}

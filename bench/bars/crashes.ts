import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '#platform/test/connection.ts';
import { at, hour, makeResources, must, type World } from './world.ts';

/**
 * Bar 8: the database server is killed with -9 again and again while writers write. Each write is repeated
 * under its key until it is acknowledged; afterwards each acknowledged write is there, once.
 *
 * @param dataFolder of the running server, whose embedded PostgreSQL is killed and started again by it
 */
export async function crashes(world: World, dataFolder: string, kills: number, writers: number) {
  const [room = ''] = await makeResources(world, 1, 'Crashed');
  const base = Date.UTC(2034, 0, 1);
  const acknowledged: string[] = [];
  let attempts = 0;
  let stop = false;
  let slot = 0;
  const write = async () => {
    while (!stop) {
      const id = randomUUID();
      const from = base + slot++ * 60_000;
      const claim = { id, resourceId: room, status: 'pencil', startsAt: at(from), endsAt: at(from + hour) };
      const init = {
        method: 'POST',
        headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json', 'idempotency-key': id },
        body: JSON.stringify({ claims: [claim] }),
      };
      for (let done = false; !done;) {
        attempts++;
        const response = await fetch(`${world.baseUrl}/api/v1/orgs/${world.org}/claims`, init).catch(() => undefined);
        done = response?.status === 201;
        if (response && ![201, 500, 503].includes(response.status))
          throw new Error(`${response.status} ${await response.text()}`);
        await response?.arrayBuffer();
        if (!done) await sleep(50);
      }
      acknowledged.push(id);
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, write));
  for (let kill = 0; kill < kills; kill++) {
    await sleep(150 + Math.random() * 400);
    process.kill(await postmaster(dataFolder), 'SIGKILL');
    const before = acknowledged.length;
    while (acknowledged.length < before + writers) await sleep(20);
  }
  stop = true;
  await writing;
  const found = await withClient(world.tenantUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from claims where resource_id = $1', [room]);
    return new Set(rows.map(({ id }) => id));
  });
  const lost = acknowledged.filter((id) => !found.has(id)).length;
  must(lost === 0, `${lost} acknowledged writes were lost.`);
  must(found.size === acknowledged.length, `${found.size} rows for ${acknowledged.length} acknowledged writes.`);
  return { kills, acknowledged: acknowledged.length, attempts, lost, doubled: found.size - acknowledged.length };
}

/** Process id of the running server; waits while it is being started. */
async function postmaster(dataFolder: string): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    try {
      const [pid, , , , , , , status] = readFileSync(path.join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split(
        '\n',
      );
      if (status?.trim() === 'ready') return Number(pid);
    } catch {
      // Not there yet.
    }
    await sleep(20);
  }
  throw new Error('PostgreSQL did not come back within ten seconds.');
}

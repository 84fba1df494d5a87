import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { withClient } from '#platform/test/connection.ts';
import { at, hour, inParallel, makeResources, must, type World } from './world.ts';

/**
 * Bar 7: each write is sent one to five times under one key, and every tenth connection is cut after the
 * request went out; there are exactly as many effects as writes, and every answer to one key is the same.
 */
export async function retries(world: World, writes: number, connections: number) {
  const [room = ''] = await makeResources(world, 1, 'Retried');
  const base = Date.UTC(2033, 0, 1);
  const counts = { sent: 0, cut: 0 };
  await inParallel(writes, connections, async (n) => {
    const claim = {
      resourceId: room,
      status: 'pencil',
      startsAt: at(base + n * hour),
      endsAt: at(base + n * hour + hour),
    };
    const body = JSON.stringify({ claims: [claim] });
    const key = randomUUID();
    const answers = new Set<string>();
    const once = async (cut: boolean) => {
      counts.sent++;
      const answer = await post(world, key, body, cut);
      if (answer === undefined) counts.cut++;
      else answers.add(answer);
    };
    const times = 1 + Math.floor(Math.random() * 5);
    await Promise.all(Array.from({ length: times }, () => once(Math.random() < 0.1)));
    // The last try is never cut: a client goes on until it has an answer.
    await once(false);
    must(answers.size === 1, `One key had ${answers.size} answers: ${[...answers].join(' | ').slice(0, 400)}`);
  });
  const effects = await withClient(world.tenantUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from claims where resource_id = $1',
      [room],
    );
    return rows[0]?.count ?? 0;
  });
  must(effects === writes, `${effects} effects of ${writes} writes.`);
  return { writes, ...counts, effects };
}

/** @returns the body; undefined when the connection was cut before the answer */
function post(world: World, key: string, body: string, cut: boolean): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${world.baseUrl}/api/v1/orgs/${world.org}/claims`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json', 'idempotency-key': key },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 201) resolve(text);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      },
    );
    request.on('error', (error) => (cut ? resolve(undefined) : reject(error)));
    request.end(body);
    // Long enough for the server to have begun, often long enough for it to have committed.
    if (cut) setTimeout(() => request.destroy(), Math.random() * 8);
  });
}

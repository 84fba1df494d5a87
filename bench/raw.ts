// The same statements straight to PostgreSQL: prepared, pipelined, without a server in between. This is the
// limit that the HTTP figures are compared with.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { LoadResult } from './load.ts';

export interface Statement {
  text: string;
  values?: unknown[];
}

export interface RawLoad {
  url: string;
  clients: number;
  seconds: number;
  readOnly: boolean;
  /** One transaction's statements after `begin`; `commit` is added. All travel together. */
  transaction: (client: number, n: number) => Statement[];
}

export async function runRaw(load: RawLoad): Promise<LoadResult> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const clients = await Promise.all(
    Array.from({ length: load.clients }, async () => {
      const options = '-c timezone=UTC -c plan_cache_mode=force_generic_plan';
      const client = new pg.Client({ connectionString: load.url, pipeline: true, options });
      await client.connect();
      return client;
    }),
  );
  const started = performance.now();
  const end = started + load.seconds * 1_000;
  await Promise.all(clients.map((client, index) => runClient(load, client, index, end, times, statuses)));
  const elapsed = (performance.now() - started) / 1_000;
  await Promise.all(clients.map((client) => client.end()));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99), statuses };
}

async function runClient(
  load: RawLoad,
  client: pg.Client,
  index: number,
  end: number,
  times: number[],
  statuses: Record<string, number>,
) {
  for (let n = 0; performance.now() < end; n++) {
    const sentAt = performance.now();
    const sent = [
      client.query(load.readOnly ? 'begin read only' : 'begin'),
      ...load.transaction(index, n).map(({ text, values = [] }) => client.query({ name: nameOf(text), text, values })),
      client.query('commit'),
    ];
    const results = await Promise.allSettled(sent);
    const failed = results.find(({ status }) => status === 'rejected');
    const status = failed ? `error: ${String((failed as PromiseRejectedResult).reason)}` : 'ok';
    statuses[status] = (statuses[status] ?? 0) + 1;
    times.push(performance.now() - sentAt);
  }
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  const name = names.get(text) ?? `b${createHash('sha1').update(text).digest('hex').slice(0, 16)}`;
  names.set(text, name);
  return name;
}

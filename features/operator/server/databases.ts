import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { inLanes } from '#platform/db/lanes.ts';
import { newestVersion } from '#platform/db/migrate.ts';
import type { TenantDatabase } from '#platform/db/tenant-database.ts';
import { apiVersion } from '#platform/http/docs.ts';
import type { Services } from '#platform/http/services.ts';

/** Databases asked at once, and how long one may take, in milliseconds: the page must not wait for a dead one. */
const atOnce = 8;
const patience = 1_500;
/** How long an answer serves every operator who looks, in milliseconds. */
const memory = 2_000;

interface Counts {
  waiting: number;
  running: number;
  later: number;
  failed: number;
  oldestAt: string | null;
  workers: number;
  bytes: number;
}

/** Numbers only: the app's role can't see the queue, and nobody's rows without their scope. */
const counted = `select q.waiting, q.running, q.later, q.failed, q.oldest_at as "oldestAt", q.workers,
  pg_database_size(current_database()) as bytes from queue_counts() q`;

let remembered: { of: object; until: number; counts: Promise<Map<string, Counts>> } | undefined;

/** Queue and size of each database that answers, by its id. */
function countAll({ databases }: Services): Promise<Map<string, Counts>> {
  if (remembered?.of === databases && remembered.until > Date.now()) return remembered.counts;
  const counts = databases.tenants().then(async (all) => {
    const found = await inLanes(all, atOnce, async (database) => [database.id, await countIn(database)] as const);
    return new Map(found.flatMap(([id, one]) => (one ? [[id, one] as const] : [])));
  });
  remembered = { of: databases, until: Date.now() + memory, counts };
  return counts;
}

async function countIn(database: TenantDatabase): Promise<Counts | undefined> {
  const asked = database
    .attempt(() => database.pool.query<Counts>(counted))
    .then(({ rows }) => rows[0])
    // It is down or behind, which the console shows beside it.
    .catch(() => undefined);
  return Promise.race([asked, sleep(patience, undefined, { ref: false })]);
}

export async function listDatabases(services: Services) {
  const { databases } = services;
  const [states, counts, troubles] = await Promise.all([
    databases.databaseStates(),
    countAll(services),
    newestTroubles(services),
  ]);
  const items = states.map((state) => {
    const known = counts.get(state.id);
    return {
      ...state,
      bytes: known?.bytes ?? null,
      queue: known ?? null,
      trouble: state.reachable === false ? (troubles.get(state.name) ?? null) : null,
    };
  });
  return { items, newestVersion: newestVersion('tenant') };
}

/** Why each database was last found unreachable, by its name. */
async function newestTroubles({ databases }: Services): Promise<Map<string, string | null>> {
  const rows = await databases.control
    .selectFrom('routing_events as e')
    .innerJoin('tenant_databases as d', 'd.name', 'e.database_name')
    .distinctOn('e.database_name')
    .select(['e.database_name as name', 'e.detail'])
    .where('e.event', '=', 'unreachable')
    .where('d.reachable', '=', false)
    .orderBy('e.database_name')
    .orderBy('e.id', 'desc')
    .execute();
  return new Map(rows.map(({ name, detail }) => [name, detail]));
}

/** The installation at a glance. */
export async function installationFacts(services: Services) {
  const { databases, config } = services;
  const [
    {
      rows: [facts],
    },
    states,
    counts,
  ] = await Promise.all([
    sql<{ users: number; operators: number; active: number; suspended: number; closed: number; mails: number }>`
      select (select count(*)::int from users) as users, (select count(*)::int from users where operator) as operators,
             count(*) filter (where status = 'active')::int as active,
             count(*) filter (where status = 'suspended')::int as suspended,
             count(*) filter (where status = 'closed')::int as closed,
             (select count(*)::int from outgoing_mails where sent_at is null) as mails
        from organisations`.execute(databases.control),
    databases.databaseStates(),
    countAll(services),
  ]);
  const sum = (key: 'workers' | 'waiting' | 'failed') => [...counts.values()].reduce((all, one) => all + one[key], 0);
  return {
    version: apiVersion,
    mail: config.smtpUrl !== undefined,
    mailsWaiting: facts?.mails ?? 0,
    users: facts?.users ?? 0,
    operators: facts?.operators ?? 0,
    organisations: {
      active: facts?.active ?? 0,
      suspended: facts?.suspended ?? 0,
      closed: facts?.closed ?? 0,
    },
    workers: sum('workers'),
    jobsWaiting: sum('waiting'),
    jobsFailed: sum('failed'),
    databasesDown: states.filter(({ reachable }) => reachable === false).map(({ name }) => name),
  };
}

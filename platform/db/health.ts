import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { DB as ControlDatabase } from '#db/control-types.ts';
import type { TenantDatabase } from './tenant-database.ts';
import { reasonOf } from './unreachable.ts';

/** How often each database is looked at, by one process of all, in milliseconds. */
export const checkEvery = 5_000;

interface Finding {
  reachable: boolean;
  latencyMs: number | null;
  detail: string | null;
}

/**
 * Looks at the databases that nobody looked at for a while, and keeps what it finds in the registry. Taking a
 * row's turn is an update of `checked_at`, so that of many processes one looks, and no lock outlives it.
 */
export async function checkHealth(
  control: Kysely<ControlDatabase>,
  databases: readonly TenantDatabase[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update tenant_databases set checked_at = clock_timestamp() where id in (
      select id from tenant_databases
       where checked_at is null or checked_at < clock_timestamp() - ${checkEvery * 0.9} * interval '1 millisecond'
         for update skip locked)
    returning id`.execute(control);
  await Promise.all(
    rows.map(async ({ id }) => {
      const database = databases.find((one) => one.id === id);
      await keep(control, id, database ? await look(database) : unopened);
    }),
  );
}

const unopened: Finding = { reachable: false, latencyMs: null, detail: 'The key of its connection is missing.' };

async function look(database: TenantDatabase): Promise<Finding> {
  try {
    return { reachable: true, latencyMs: await database.ping(), detail: null };
  } catch (error) {
    await database.ask();
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { reachable: !database.down, latencyMs: null, detail: reasonOf(database.trouble ?? cause) };
  }
}

/** A change of state is a routing event, once, whoever found it. */
async function keep(control: Kysely<ControlDatabase>, id: string, { reachable, latencyMs, detail }: Finding) {
  await sql`
    with before as (select name, reachable from tenant_databases where id = ${id} for update),
    kept as (update tenant_databases set reachable = ${reachable}, latency_ms = ${latencyMs}::double precision,
                    checked_at = clock_timestamp() where id = ${id})
    insert into routing_events (database_name, event, detail)
    select name, ${reachable ? 'recovered' : 'unreachable'}::text, ${detail}::text from before
     where reachable is distinct from ${reachable} and (reachable is not null or not ${reachable}::boolean)`.execute(
    control,
  );
}

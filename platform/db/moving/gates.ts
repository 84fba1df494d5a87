import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from './place.ts';

/** Writers end within 30 s (the app's time limits), or something is wrong with them. Milliseconds. */
const writersEnd = 45_000;
/** The same for those who read. */
const readersEnd = 45_000;

/**
 * Lets no writer in any more, and waits until those under way have ended. In this order: whoever shares the lock
 * before we take it either is waited for, or looks at the gate after it was closed.
 */
export async function freeze(client: pg.Client, orgId: string, operationId: string): Promise<void> {
  await setGate(client, orgId, 'frozen', operationId);
  await inTransaction(client, 'begin', async () => {
    await client.query(`set local lock_timeout = ${writersEnd}`);
    await client.query('select pg_advisory_xact_lock(7263, hashtext($1))', [orgId]);
  });
}

export async function setGate(
  client: pg.ClientBase,
  orgId: string,
  state: 'frozen' | 'departed',
  operationId: string,
): Promise<void> {
  await client.query(
    `insert into organisation_gates (org_id, state, operation_id) values ($1, $2, $3)
     on conflict (org_id) do update set state = excluded.state, operation_id = excluded.operation_id, since = now()`,
    [orgId, state, operationId],
  );
}

/** Only the operation that closed a gate opens it. */
export async function openGate(client: pg.ClientBase, orgId: string, operationId: string): Promise<void> {
  await client.query('delete from organisation_gates where org_id = $1 and operation_id = $2', [orgId, operationId]);
}

/** Waits until every transaction has ended that is under way in this database now: none of them saw a gate closed since. */
export async function othersEnd(client: pg.ClientBase): Promise<void> {
  const underWay = async (among: readonly string[] | null): Promise<string[]> => {
    const { rows } = await client.query<{ id: string }>(
      `select distinct l.virtualxid as id from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'virtualxid' and a.datname = current_database() and l.pid <> pg_backend_pid()
          and coalesce(a.backend_type, 'client backend') = 'client backend'
          and ($1::text[] is null or l.virtualxid = any($1))`,
      [among],
    );
    return rows.map(({ id }) => id);
  };
  const until = Date.now() + readersEnd;
  for (let left = await underWay(null); left.length > 0 && Date.now() < until; left = await underWay(left)) {
    await sleep(25);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import pg from 'pg';
import type { DB as TenantDatabase } from '#db/tenant-types.ts';
import { AppError } from '../contract/errors.ts';
import type { Scope } from './scope.ts';
import { kyselyOver, Session } from './session.ts';

declare const brand: unique symbol;

/** A transaction in one organisation's scope. Only `withTenant` makes one, so whoever holds it is inside the fence. */
export interface Tx {
  readonly [brand]: true;
  readonly scope: Scope;
  /** Typed queries. */
  readonly db: Kysely<TenantDatabase>;
  /** SQL where SQL is clearer. Queries issued without awaiting in between share one round trip. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs after the commit; never when the transaction fails. */
  afterCommit(action: () => void): void;
}

export interface TenantOptions {
  /** Nothing is written: the answer leaves before the transaction has ended. */
  readOnly?: boolean;
  /** An idempotency key to take before anything else. */
  key?: { key: string; hash: string };
}

/** What `withTenant` needs of its surroundings. */
export interface TenantDoor {
  /** The pool of the database in which the organisation lives. @throws AppError unavailable */
  poolOf(orgId: string): Promise<pg.Pool>;
  /** Told after each committed write. */
  wrote(orgId: string): void;
}

/**
 * The transaction is undone and may simply run again: deadlock, serialisation failure, and an exclusion
 * constraint that refused what a check had just allowed (the second run's check then says why).
 */
const retryable = new Set(['40P01', '40001', '23P01']);
const attempts = 4;

const setScope = `select set_config('app.org_id', $1, true), set_config('app.actor', $2, true),
  set_config('app.request_id', $3, true)`;
const takeKey = 'select claim_idempotency_key($1, $2)';

/**
 * The only door to an organisation's rows: finds its database, opens a transaction, sets the scope for
 * that transaction only, and hands `work` the Tx. Deadlocks are retried up to three times, so `work`
 * must not have effects outside of the transaction.
 *
 * @throws whatever `work` throws; database errors as they are (platform/http words them)
 */
export async function withTenant<T>(
  door: TenantDoor,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  options: TenantOptions = {},
): Promise<T> {
  const pool = await door.poolOf(scope.orgId);
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, door, scope, work, options);
    } catch (error) {
      if (isUnreachable(error)) throw new AppError('unavailable', { message: 'The database is not reachable. Try again.', cause: error });
      const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
      if (!retryable.has(code) || attempt === attempts) throw error;
      await sleep(Math.random() * 20 * attempt);
    }
  }
}

async function once<T>(
  pool: pg.Pool,
  door: TenantDoor,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  { readOnly = false, key }: TenantOptions,
): Promise<T> {
  const session = new Session(pool, readOnly, (send) => {
    send(setScope, [scope.orgId, scope.actor, scope.requestId]);
    if (key) send(takeKey, [key.key, key.hash]);
  });
  const after: (() => void)[] = [];
  let db: Kysely<TenantDatabase> | undefined;
  const tx = {
    scope,
    get db() {
      return (db ??= kyselyOver<TenantDatabase>(session));
    },
    query: <Row extends object>(text: string, values?: readonly unknown[]) => session.query<Row>(text, values),
    afterCommit: (action: () => void) => void after.push(action),
  } as unknown as Tx;
  try {
    const result = await work(tx);
    await session.commit();
    for (const action of after) action();
    if (!readOnly && session.started) door.wrote(scope.orgId);
    return result;
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

/** Connection-level failures: nothing answered, or the server is going down or coming up. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|57P0[123]|08\d\d\d|53300)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import pg from 'pg';
import type { DB as TenantTables } from '#db/tenant-types.ts';
import { AppError } from '../contract/errors.ts';
import type { Scope } from './scope.ts';
import { kyselyOver, Session } from './session.ts';
import type { TenantDatabase } from './tenant-database.ts';

declare const brand: unique symbol;

/** A transaction in one organisation's scope. Only `withTenant` makes one, so whoever holds it is inside the fence. */
export interface Tx {
  readonly [brand]: true;
  readonly scope: Scope;
  /** Typed queries. */
  readonly db: Kysely<TenantTables>;
  /** SQL where SQL is clearer. Queries issued without awaiting in between share one round trip. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * The transaction's last statement: the commit (and the key's answer) go with it in one round trip. It
   * must return the whole answer as `set_config('app.answer', …, true) as answer`, and raise where the
   * transaction must not be committed. Nothing may be queried after it.
   * @returns the answer
   */
  last(text: string, values?: readonly unknown[]): Promise<string>;
  /** Runs after the commit; never when the transaction fails. */
  afterCommit(action: () => void): void;
}

export interface TenantOptions {
  /** Nothing is written: the answer leaves before the transaction has ended. */
  readOnly?: boolean;
  /** Refuses to begin when the key has its answer; stores the answer when `work` has it. */
  key?: IdempotencyKey;
}

export interface IdempotencyKey {
  key: string;
  /** Of the request: the same key with another request is a mistake. */
  hash: string;
  /** HTTP status that a success has. */
  status: number;
}

/** What `withTenant` needs of its surroundings. */
export interface TenantDoor {
  /** The database in which the organisation lives. @throws AppError not_found, unavailable */
  databaseOf(orgId: string): Promise<Pick<TenantDatabase, 'pool' | 'attempt'>>;
  /** The organisation isn't where `databaseOf` said: look again. */
  forgetPlacement(orgId: string): void;
  /** Told after each committed write. */
  wrote(orgId: string): void;
}

/**
 * Thrown in a transaction that has failed and so can't look at anything any more: `withTenant` ends it,
 * asks `why` in a fresh one, and throws the answer. (Asking on a second connection while the first is
 * still held would exhaust the pool: fifty refusals at once waited for each other.)
 */
export class Refused extends Error {
  readonly why: (tx: Tx) => Promise<Error>;
  constructor(why: (tx: Tx) => Promise<Error>) {
    super('The transaction was refused.');
    this.name = 'Refused';
    this.why = why;
  }
}

/**
 * The transaction is undone and may simply run again: deadlock, serialisation failure, and an exclusion
 * constraint that refused what a check had just allowed (the second run's check then says why).
 */
const retryable = new Set(['40P01', '40001', '23P01']);
const attempts = 4;

/** Raised by `enter_organisation`: the organisation is being moved away, or has been. */
const frozen = 'HF004';
const departed = 'HF003';
const movingMessage = 'This organisation is being moved to another database. Try again in a few seconds.';

export const enterOrganisation = 'select enter_organisation($1, $2, $3, $4, $5, $6, $7)';
export const refuseUsedKey = 'select refuse_used_key($1)';
const keyColumns = 'insert into idempotency_keys (org_id, actor, key, request_hash, status, answer)';
const storeAnswer = `${keyColumns} values ($1, $2, $3, $4, $5, $6)`;
export const storeLastAnswer = `${keyColumns} values ($1, $2, $3, $4, $5, current_setting('app.answer'))`;

/**
 * The only door to an organisation's rows: finds its database, opens a transaction, sets the scope for
 * that transaction only, and hands `work` the Tx. Deadlocks are retried up to three times, so `work`
 * must not have effects outside of the transaction.
 *
 * With a key, `work` must return the answer's text, which is stored beside its effect.
 *
 * @throws whatever `work` throws; database errors as they are (platform/http words them)
 */
export async function withTenant<T>(
  door: TenantDoor,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  options: TenantOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const database = await door.databaseOf(scope.orgId);
    try {
      return await database.attempt(() => once(database.pool, door, scope, work, options));
    } catch (error) {
      if (error instanceof Refused) throw await withTenant(door, scope, error.why, { readOnly: true });
      const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
      if (code === frozen) throw new AppError('unavailable', { message: movingMessage, cause: error });
      if (code === departed) {
        door.forgetPlacement(scope.orgId);
        if (attempt < attempts) continue;
        throw new AppError('unavailable', { message: movingMessage, cause: error });
      }
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
    send(enterOrganisation, scopeValues(scope, !readOnly));
    if (key) send(refuseUsedKey, [key.key]);
  });
  const after: (() => void)[] = [];
  const keyRow = key && [scope.orgId, scope.actor, key.key, key.hash, key.status];
  let db: Kysely<TenantTables> | undefined;
  let finished = false;
  const tx = {
    scope,
    get db() {
      return (db ??= kyselyOver<TenantTables>(session));
    },
    query: <Row extends object>(text: string, values?: readonly unknown[]) => session.query<Row>(text, values),
    async last(text: string, values?: readonly unknown[]) {
      finished = true;
      const answer = session.query<{ answer: string }>(text, values);
      const stored = keyRow && session.query(storeLastAnswer, keyRow);
      // Whatever of this fails, the commit then undoes everything and says so.
      stored?.catch(() => undefined);
      await Promise.resolve();
      session.commitNow();
      const [row] = await answer;
      await stored;
      return row?.answer ?? '';
    },
    afterCommit: (action: () => void) => void after.push(action),
  } as unknown as Tx;
  try {
    const result = await work(tx);
    // Travels with the commit; its failure would undo the transaction there.
    const stored = keyRow && !finished ? session.query(storeAnswer, [...keyRow, String(result)]) : undefined;
    stored?.catch(() => undefined);
    await Promise.resolve();
    const [answered, committed] = await Promise.allSettled([stored, session.commit()]);
    if (answered.status === 'rejected') throw answered.reason;
    if (committed.status === 'rejected') throw committed.reason;
    for (const action of after) action();
    if (!readOnly && session.started) door.wrote(scope.orgId);
    return result;
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

/** Values for `enterOrganisation`. */
export function scopeValues(
  {
    orgId,
    actor,
    requestId,
    session,
    address,
    realActor,
  }: Pick<Scope, 'orgId' | 'actor' | 'requestId' | 'session' | 'address' | 'realActor'>,
  writes: boolean,
): unknown[] {
  return [orgId, actor, requestId, session ?? '', address ?? '', realActor ?? '', writes];
}

import { createHash } from 'node:crypto';
import pg from 'pg';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, Dialect, QueryResult } from 'kysely';

/**
 * `2026-05-01 08:00:00.123456+00`, as PostgreSQL writes an instant in UTC, is cut to size: a tenth of the time that Date
 * takes, which was half of reading a long list.
 */
export function instantOf(written: string): string {
  if (written[10] !== ' ' || !written.endsWith('+00')) return new Date(written).toISOString();
  const milliseconds = written.slice(20, -3).slice(0, 3).padEnd(3, '0');
  return `${written.slice(0, 10)}T${written.slice(11, 19)}.${milliseconds}Z`;
}

/** timestamptz leaves the driver as an ISO string in UTC: the same text that the API speaks. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) => {
    if (oid === pg.types.builtins.TIMESTAMPTZ) return instantOf;
    // bigint: every one that we store (minor units, sequence numbers) is a safe integer.
    if (oid === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/**
 * A pool whose clients send queries without waiting for the answer to the one before (pg's pipeline
 * mode), so that statements issued together share one round trip.
 *
 * @param idleTimeoutMillis after which a connection that nobody needs is given back
 */
export function openPool(connectionString: string, max: number, idleTimeoutMillis = 60_000): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    pipeline: true,
    options:
      '-c timezone=UTC -c plan_cache_mode=force_generic_plan -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis,
    application_name: 'holdfast',
  });
  // An idle connection may break (the server restarts); the pool replaces it.
  pool.on('error', () => undefined);
  // One that breaks while it is lent fails its queries; the event has nobody else to tell.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const statementNames = new Map<string, string>();

/**
 * Prepared statements are named by their text: PostgreSQL then plans each once per connection.
 * Unnamed, planning doubled its CPU per statement (0.27 → 0.51 ms). Texts beyond the first thousand
 * (built dynamically) go unnamed, so that neither side's memory grows without bound.
 */
function statementName(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known || statementNames.size >= 1_000) return known;
  const name = `h${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
  statementNames.set(text, name);
  return name;
}

/**
 * One transaction. The connection is taken and `begin` sent with the first query, so a session that
 * never queries costs nothing. Queries issued in one go travel together.
 */
export class Session {
  readonly #pool: pg.Pool;
  readonly #preamble: (send: Send) => void;
  readonly #readOnly: boolean;
  #client: Promise<pg.PoolClient> | undefined;
  #preambleFailure: unknown;
  #ending: Promise<pg.QueryResult> | undefined;
  #released = false;

  constructor(pool: pg.Pool, readOnly: boolean, preamble: (send: Send) => void = () => undefined) {
    this.#pool = pool;
    this.#readOnly = readOnly;
    this.#preamble = preamble;
  }

  get started(): boolean {
    return this.#client !== undefined;
  }

  /** @returns the rows. @throws pg.DatabaseError as the server sent it; the preamble's first, if that failed. */
  query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const rows = this.run<Row>(text, values).then((result) => result.rows);
    // Of several queries sent together only the first failure is awaited; the others must not end the process.
    rows.catch(() => undefined);
    return rows;
  }

  async run<Row extends object>(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult<Row>> {
    const client = await (this.#client ??= this.#begin());
    try {
      return await send<Row>(client, text, values);
    } catch (error) {
      throw this.#preambleFailure ?? error;
    }
  }

  async #begin(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    const note = (error: unknown) => {
      this.#preambleFailure ??= error;
    };
    gather(client);
    void client.query(this.#readOnly ? 'begin read only' : 'begin').catch(note);
    this.#preamble((text, values) => void send(client, text, values).catch(note));
    return client;
  }

  /** Sends the commit right behind what was issued so far, without waiting: it shares their round trip. */
  commitNow(): void {
    if (!this.#client) return;
    this.#ending ??= this.#client.then((client) => {
      gather(client);
      return client.query('commit');
    });
    this.#ending.catch(() => undefined);
  }

  /**
   * Ends the transaction. A read-only one ends without waiting: nothing depends on it.
   * @throws when it could not be committed: the preamble's error, or that a statement had failed
   */
  async commit(): Promise<void> {
    if (!this.#client) return;
    this.commitNow();
    const client = await this.#client;
    const ended = this.#release(client);
    if (this.#readOnly) return void ended.catch(() => undefined);
    // PostgreSQL answers ROLLBACK to the commit of a transaction in which a statement failed.
    if ((await ended) !== 'COMMIT') throw this.#preambleFailure ?? new Error('The transaction was rolled back.');
  }

  async rollback(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    if (!client) return;
    this.#ending ??= client.query('rollback');
    await this.#release(client).catch(() => undefined);
  }

  /** Gives the connection back when the end was answered; one that broke is closed. @returns the answer's command */
  async #release(client: pg.PoolClient): Promise<string> {
    let broken = true;
    try {
      const { command } = (await this.#ending) ?? { command: '' };
      broken = false;
      return command;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError);
      throw error;
    } finally {
      if (!this.#released) client.release(broken);
      this.#released = true;
    }
  }
}

export type Send = (text: string, values: readonly unknown[]) => void;

/** The socket below a client; pg's types leave it out. */
interface WithStream {
  connection?: { stream?: { cork(): void; uncork(): void; destroy(): void } };
}

/** Ends a connection whose server may never answer: its queries fail now. */
export function cutOff(client: pg.ClientBase & WithStream): void {
  client.connection?.stream?.destroy();
}

/** @returns a function that cuts off every connection that the pool has then */
export function trackClients(pool: pg.Pool): () => void {
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  return () => {
    for (const client of clients) cutOff(client);
  };
}

/** Clients whose socket gathers what this turn of the event loop writes. */
const gathering = new WeakSet<pg.PoolClient>();

/** Queries sent in one go leave in one write: each by itself cost a system call, a third of the server's time. */
function gather(client: pg.PoolClient & WithStream): void {
  const stream = client.connection?.stream;
  if (!stream || gathering.has(client)) return;
  gathering.add(client);
  stream.cork();
  setImmediate(() => {
    gathering.delete(client);
    stream.uncork();
  });
}

function send<Row extends object>(client: pg.PoolClient, text: string, values: readonly unknown[]) {
  gather(client);
  const name = statementName(text);
  return client.query<Row>({ text, values: [...values], ...(name && { name }) });
}

/** Kysely over one session: `session(…).selectFrom('claims')`. */
export function kyselyOver<Database>(session: Session): Kysely<Database> {
  const connection = {
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const result = await session.run<object>(sql, parameters);
      return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery: () => {
      throw new Error('Streaming is not used.');
    },
  };
  const refuse = () => Promise.reject(new Error('The transaction is the door’s business, not the query’s.'));
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: async () => connection,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      releaseConnection: async () => undefined,
      destroy: async () => undefined,
    }),
  };
  return new Kysely<Database>({ dialect });
}

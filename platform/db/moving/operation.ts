import pg from 'pg';
import { AppError } from '../../contract/errors.ts';
import type { Doer } from '../control.ts';
import type { Databases } from '../databases.ts';
import { uuidv7 } from '../uuid.ts';

export type OperationKind = 'move' | 'export' | 'restore' | 'erase';

/** A row of `tenant_operations`. */
export interface OperationRow {
  id: string;
  kind: string;
  organisationId: string;
  fromDatabaseId: string | null;
  toDatabaseId: string | null;
}

export interface WantedOperation {
  kind: OperationKind;
  organisationId: string;
  fromDatabaseId?: string;
  toDatabaseId?: string;
  by: Doer;
  onProgress?: OnProgress | undefined;
}

/** @param total rows, once it is known; an operation may touch a row more than once */
export type OnProgress = (step: string, done: number, total: number | null) => void | Promise<void>;

/** How often the row says how far it is and that somebody works on it, in milliseconds. */
const beat = 1_000;
/** Begun but not ended, and past its point of no return: such an operation is finished, any other one is undone. */
const decided = ['switched', 'clearing', 'erasing', 'written'] as const;

/** One operation under way. What it has done is in its row and in the databases, so that whoever finds it stopped can go on. */
export class Operation {
  readonly databases: Databases;
  readonly row: OperationRow;
  /** Aborts when the lock is lost: then somebody else may take the operation for stopped. */
  readonly signal: AbortSignal;
  /** When each step began, in milliseconds of the monotonic clock. */
  readonly times = new Map<string, number>();
  readonly #onProgress: OnProgress;
  #step = '';
  #done = 0;
  #total: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(databases: Databases, row: OperationRow, signal: AbortSignal, onProgress: OnProgress = () => undefined) {
    this.databases = databases;
    this.row = row;
    this.signal = signal;
    this.#onProgress = onProgress;
  }

  static async begin(
    databases: Databases,
    { kind, organisationId, fromDatabaseId, toDatabaseId, by, onProgress }: WantedOperation,
    signal: AbortSignal,
  ): Promise<Operation> {
    const row = {
      id: uuidv7(),
      kind,
      organisationId,
      fromDatabaseId: fromDatabaseId ?? null,
      toDatabaseId: toDatabaseId ?? null,
    };
    await databases.control
      .insertInto('tenant_operations')
      .values({
        id: row.id,
        kind,
        organisation_id: organisationId,
        from_database_id: row.fromDatabaseId,
        to_database_id: row.toDatabaseId,
        requested_by: by.realActor ?? by.actor,
      })
      .execute()
      .catch((error: unknown) => {
        // Being made at this moment: that has no lock, but a row like ours.
        const taken = error instanceof pg.DatabaseError && error.constraint === 'tenant_operations_running';
        throw taken ? new AppError('unavailable', { message: busy, cause: error }) : error;
      });
    const operation = new Operation(databases, row, signal, onProgress);
    operation.#timer = setInterval(() => void operation.#beat().catch(() => undefined), beat);
    operation.#timer.unref();
    return operation;
  }

  /**
   * Says what is done next.
   * @param control a transaction that the step belongs to
   * @throws {Error} when somebody else took the operation for stopped and undoes it
   */
  async step(step: string, control: Databases['control'] = this.databases.control): Promise<void> {
    this.signal.throwIfAborted();
    const { numUpdatedRows } = await control
      .updateTable('tenant_operations')
      .set({ step, done: this.#done, total: this.#total, heartbeat_at: new Date().toISOString() })
      .where('id', '=', this.row.id)
      .where('state', '=', 'running')
      .where('step', '<>', 'undoing')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new Error('The operation is being undone by somebody else.');
    this.#step = step;
    this.times.set(step, performance.now());
    // In a transaction nothing has happened yet.
    if (control === this.databases.control) await this.#onProgress(step, this.#done, this.#total);
  }

  expect(rows: number): void {
    this.#total = rows;
  }

  count(rows: number): void {
    this.#done += rows;
  }

  /** Takes the decision to undo. @returns false when it is past undoing and must be finished */
  async undo(): Promise<boolean> {
    const { numUpdatedRows } = await this.databases.control
      .updateTable('tenant_operations')
      .set({ step: 'undoing' })
      .where('id', '=', this.row.id)
      .where('state', '=', 'running')
      .where('step', 'not in', decided)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  async end(state: 'done' | 'failed', error: string | null = null): Promise<void> {
    const now = new Date().toISOString();
    await this.databases.control
      .updateTable('tenant_operations')
      .set({ state, error, done: this.#done, finished_at: now, heartbeat_at: now })
      .where('id', '=', this.row.id)
      .where('state', '=', 'running')
      .execute();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    await this.databases.control
      .updateTable('tenant_operations')
      .set({ done: this.#done, total: this.#total, heartbeat_at: new Date().toISOString() })
      .where('id', '=', this.row.id)
      .execute();
    await this.#onProgress(this.#step, this.#done, this.#total);
  }
}

/**
 * One operation on an organisation at a time. The lock is that of a transaction kept open: it ends with the process
 * that holds it, however that dies, and so tells a stopped operation from one under way.
 *
 * @param patience how long to wait for the lock, in milliseconds: that of a process just killed takes a moment to go
 * @throws AppError unavailable when another one is under way
 */
export async function underLock<T>(
  databases: Databases,
  organisationId: string,
  patience: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databases.controlPool.options.connectionString,
    options: '-c idle_in_transaction_session_timeout=0',
    application_name: 'holdfast-moving',
    keepAlive: true,
  });
  const lost = new AbortController();
  client.on('error', () => undefined);
  client.on('end', () => lost.abort(new Error('The connection to the control database broke.')));
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${patience}`);
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 7265))', [organisationId]).catch((error) => {
      throw error instanceof pg.DatabaseError && error.code === '55P03'
        ? new AppError('unavailable', { message: busy, cause: error })
        : error;
    });
    return await work(lost.signal);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const busy =
  'This organisation is being made, moved, exported, restored or erased at the moment. Wait until that has ended, then try again.';

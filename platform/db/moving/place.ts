import pg from 'pg';
import { AppError } from '../../contract/errors.ts';
import type { Databases } from '../databases.ts';
import type { TenantDatabase } from '../tenant-database.ts';

/** A tenant database as moving sees it: it works as the owner of the tables, under row security like everybody. */
export type Place = Pick<TenantDatabase, 'id' | 'name' | 'ownerUrl'>;

/** @throws AppError unavailable when no such database is registered */
export async function placeOf(databases: Databases, id: string): Promise<Place> {
  const place = await findPlace(databases, id);
  if (!place) throw new AppError('unavailable', { message: 'This database is not registered.' });
  return place;
}

export async function findPlace(databases: Databases, id: string | null): Promise<Place | undefined> {
  return (await databases.tenants()).find((one) => one.id === id);
}

/** Values leave as the same text from every server, whatever its settings: checksums are taken over it. */
const sameText = [
  'timezone=UTC',
  'datestyle=ISO,YMD',
  'intervalstyle=postgres',
  'extra_float_digits=1',
  'bytea_output=hex',
  'statement_timeout=0',
  'idle_in_transaction_session_timeout=0',
];

/** One connection as the owner of a database; it ends when `signal` aborts, and whatever it was doing with it. */
export async function asOwner<T>(
  { ownerUrl }: Pick<Place, 'ownerUrl'>,
  work: (client: pg.Client) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    options: sameText.map((setting) => `-c ${setting}`).join(' '),
    application_name: 'holdfast-moving',
    connectionTimeoutMillis: 5_000,
  });
  // A broken connection fails the queries on it; the event has nobody else to tell.
  client.on('error', () => undefined);
  const leave = () => void client.end().catch(() => undefined);
  signal?.throwIfAborted();
  await client.connect();
  signal?.addEventListener('abort', leave);
  try {
    return await work(client);
  } finally {
    signal?.removeEventListener('abort', leave);
    await client.end().catch(() => undefined);
  }
}

/** A transaction in an organisation's scope whose rows bring their history along, so none is written. */
export async function restoring<T>(client: pg.Client, orgId: string, work: () => Promise<T>): Promise<T> {
  return inTransaction(client, 'begin', async () => {
    await client.query("select set_config('app.org_id', $1, true), set_config('app.restoring', 'on', true)", [orgId]);
    return work();
  });
}

/** One state of the database for everything that `work` reads of the organisation. */
export async function inSnapshot<T>(client: pg.Client, orgId: string, work: () => Promise<T>): Promise<T> {
  return inTransaction(client, 'begin isolation level repeatable read read only', async () => {
    await client.query("select set_config('app.org_id', $1, true)", [orgId]);
    return work();
  });
}

/** When `work` fails the connection is of no more use, and the transaction ends with it: a broken copy can't be ended otherwise. */
export async function inTransaction<T>(client: pg.Client, begin: string, work: () => Promise<T>): Promise<T> {
  await client.query(begin);
  const result = await work();
  await client.query('commit');
  return result;
}

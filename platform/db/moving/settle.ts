import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openGate, othersEnd, setGate } from './gates.ts';
import { releaseJobs, removeJobs } from './jobs.ts';
import type { Operation } from './operation.ts';
import { asOwner, findPlace, inTransaction } from './place.ts';
import { removeRows } from './remove.ts';

/** Longer than any process remembers where an organisation lives, in milliseconds. */
const placementForgotten = 5_000;

/**
 * Brings an operation to its end, wherever it stopped: undone as long as nothing was decided, else finished. Each piece
 * may run again, so a settling that is itself cut off is simply begun anew.
 *
 * @param why it stopped; kept with the operation when it is undone
 */
export async function settle(operation: Operation, why: string): Promise<void> {
  if (await operation.undo()) {
    await undoing[operation.row.kind]?.(operation);
    await operation.end('failed', why);
  } else {
    await finishing[operation.row.kind]?.(operation);
    await operation.end('done');
  }
}

type Piece = (operation: Operation) => Promise<void>;

const undoing: Readonly<Record<string, Piece>> = {
  async move(operation) {
    // First those who wait: they write on in the old place, whatever is with the new one.
    await openAt(operation, operation.row.fromDatabaseId);
    await clearArrival(operation);
  },
  restore: clearArrival,
  erase: (operation) => openAt(operation, operation.row.fromDatabaseId),
};

const finishing: Readonly<Record<string, Piece>> = {
  async move(operation) {
    const { databases, row } = operation;
    await operation.step('switched');
    // Whoever still looks here is sent on before anybody can write there: no one reads less than was written.
    const failure = await depart(operation).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    // Not reachable, so not readable either, but for those who still hold on to a connection.
    if (failure) await sleep(placementForgotten);
    await admit(operation);
    databases.forgetPlacement(row.organisationId);
    await operation.step('clearing');
    if (failure) throw failure.error;
    await clearOld(operation);
    await noteMove(operation);
  },
  async restore(operation) {
    await operation.step('switched');
    await admit(operation);
  },
  async erase(operation) {
    await depart(operation);
    await clearOld(operation);
    await operation.databases.control
      .deleteFrom('organisations')
      .where('id', '=', operation.row.organisationId)
      .execute();
    operation.databases.forgetPlacement(operation.row.organisationId);
  },
};

async function openAt(operation: Operation, databaseId: string | null): Promise<void> {
  const { organisationId, id } = operation.row;
  await asOwnerOf(operation, databaseId, (client) => openGate(client, organisationId, id));
}

/** Takes away what a copy brought, if it came to that: the gate came with it. */
async function clearArrival(operation: Operation): Promise<void> {
  const { organisationId, toDatabaseId, id } = operation.row;
  await asOwnerOf(operation, toDatabaseId, async (client) => {
    const { rowCount } = await client.query(
      "update organisation_gates set state = 'departed' where org_id = $1 and operation_id = $2",
      [organisationId, id],
    );
    if (rowCount) await removeRows(client, organisationId);
  });
}

async function depart(operation: Operation): Promise<void> {
  const { organisationId, fromDatabaseId, id } = operation.row;
  await asOwnerOf(operation, fromDatabaseId, (client) =>
    inTransaction(client, 'begin', async () => {
      await setGate(client, organisationId, 'departed', id);
      await removeJobs(client, organisationId);
    }),
  );
}

async function admit(operation: Operation): Promise<void> {
  const { organisationId, toDatabaseId, id } = operation.row;
  await asOwnerOf(operation, toDatabaseId, (client) =>
    inTransaction(client, 'begin', async () => {
      await releaseJobs(client, organisationId);
      await openGate(client, organisationId, id);
    }),
  );
}

async function clearOld(operation: Operation): Promise<void> {
  const { organisationId, fromDatabaseId } = operation.row;
  await asOwnerOf(operation, fromDatabaseId, async (client) => {
    await othersEnd(client);
    await removeRows(client, organisationId, (rows) => operation.count(rows));
  });
}

/** In a database that was removed meanwhile there is nothing left to do. */
async function asOwnerOf(
  { databases, signal }: Operation,
  databaseId: string | null,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const place = await findPlace(databases, databaseId);
  if (place) await asOwner(place, work, signal);
}

async function noteMove({ databases, row }: Operation): Promise<void> {
  const [from, to] = [await findPlace(databases, row.fromDatabaseId), await findPlace(databases, row.toDatabaseId)];
  await databases.control
    .insertInto('routing_events')
    .values({
      database_name: to?.name ?? '',
      organisation_id: row.organisationId,
      event: 'moved',
      detail: from ? `from ${from.name}` : null,
    })
    .execute();
}

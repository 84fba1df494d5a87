import type { Logger } from 'pino';
import type { Databases } from '../db/databases.ts';
import type { ObjectStore } from './store.ts';

const hour = 3_600_000;

/** Removes, at the start and every hour, the bytes of organisations that were erased. @returns what stops it */
export function clearErased(store: ObjectStore, databases: Databases, log: Logger): () => Promise<void> {
  const clear = () =>
    removeErased(store, databases).catch((error: unknown) => log.warn({ err: error }, 'erased files not removed yet'));
  let latest = clear();
  const timer = setInterval(() => {
    latest = clear();
  }, hour);
  timer.unref();
  return () => {
    clearInterval(timer);
    return latest;
  };
}

/**
 * Only of those that the record of operations calls erased: a store that is shared with another installation, or a
 * control database that came back older, must not cost anybody a file.
 */
export async function removeErased(store: ObjectStore, { control }: Databases): Promise<void> {
  const owners = await store.owners();
  if (owners.length === 0) return;
  const erased = await control
    .selectFrom('tenant_operations as t')
    .select('t.organisation_id as id')
    .distinct()
    .where('t.kind', '=', 'erase')
    .where('t.state', '=', 'done')
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('organisations as o').select('o.id').whereRef('o.id', '=', 't.organisation_id'))),
    )
    .execute();
  const gone = new Set(erased.map(({ id }) => id));
  for (const owner of owners) if (gone.has(owner)) await store.removeOwner(owner);
}

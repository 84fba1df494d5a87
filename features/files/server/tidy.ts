import type { Tx } from '#platform/db/tenant.ts';
import type { ObjectStore } from '#platform/files/store.ts';
import type { TaskContext } from '#platform/jobs/task.ts';
import { enqueueCheck } from './uploads.ts';

const day = 86_400_000;
/** Days for which a file stays in the trash. */
export const trashDays = 30;
/** Days after its last part for which an upload may be gone on with. */
export const uploadDays = 7;
/** Days after which bytes without a row are nobody's: far longer than any upload or job takes to write its row. */
const orphanDays = 3;

/** Once a night: what is over goes, with its bytes. */
export async function tidyFiles({ services, tenant }: TaskContext): Promise<void> {
  await tenant(removeOver);
  await sweepStore(services.files.store, tenant);
}

/** The rows only: bytes without one are swept. */
async function removeOver(tx: Tx): Promise<void> {
  const { orgId, now } = tx.scope;
  const before = (days: number) => new Date(now.getTime() - days * day);
  await tx.query('delete from files where org_id = $1 and trashed_at < $2', [orgId, before(trashDays)]);
  await tx.query('delete from file_uploads where org_id = $1 and version_id is null and updated_at < $2', [
    orgId,
    before(uploadDays),
  ]);
}

/** Removes bytes that no version and no upload has any more, however their rows went: by hand, by the clock, with an engagement. */
async function sweepStore(store: ObjectStore, tenant: TaskContext['tenant']): Promise<void> {
  const { orgId, now } = await tenant(async (tx) => tx.scope);
  const before = now.getTime() - orphanDays * day;
  for await (const { key, collection, writtenAt } of store.list(orgId)) {
    if (writtenAt.getTime() > before || (await tenant((tx) => isWanted(tx, key)))) continue;
    await (collection === null ? store.remove(key) : store.abandon(key, collection));
  }
}

async function isWanted(tx: Tx, key: string): Promise<boolean> {
  const [found] = await tx.query<{ wanted: boolean }>(
    `select exists (select from file_versions where org_id = $1 and object_key = $2)
         or exists (select from file_uploads where org_id = $1 and object_key = $2) as wanted`,
    [tx.scope.orgId, key],
  );
  return found?.wanted ?? true;
}

/** Minutes after which a check that has not ended is asked for again. */
const checkMinutes = 5;

/** Whose job gave up while the scanner was away, and what came before there was one. */
export async function checkAgain({ services, tenant }: TaskContext): Promise<void> {
  await tenant(async (tx) => {
    const rows = await tx.query<{ id: string }>(
      `select id from file_versions where org_id = $1
          and ((state = 'checking' and created_at < $2) or (state = 'unscanned' and $3)) order by created_at limit 200`,
      [tx.scope.orgId, new Date(tx.scope.now.getTime() - checkMinutes * 60_000), services.files.scanner !== undefined],
    );
    for (const { id } of rows) await enqueueCheck(tx, id);
  });
}

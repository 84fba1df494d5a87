import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '#platform/db/tenant.ts';
import type { FileServices } from '#platform/files/open-files.ts';
import { ObjectMissing, type ObjectStore, type StoredPart } from '#platform/files/store.ts';
import { publish, type TaskContext } from '#platform/jobs/task.ts';
import type { VersionState } from '../contract.ts';
import { makeCurrent } from './commands.ts';
import { contentFault, headSize } from './content-fault.ts';

interface Unchecked {
  fileId: string;
  name: string;
  engagementId: string | null;
  number: number;
  size: number;
  objectKey: string;
  uploadedBy: string;
  /** That the sender said, or that was found before. */
  sha256: string | null;
  uploadId: string | null;
  collection: string | null;
}

interface Outcome {
  state: Exclude<VersionState, 'checking'>;
  problem: string | null;
  sha256: string | null;
}

/**
 * Puts the parts together and looks into the content: its hash, what it is, and what the scanner says. Until it has said
 * something the version waits; the job fails and is tried again while the scanner is down.
 */
export async function checkVersion({ services, tenant }: TaskContext, versionId: string): Promise<void> {
  const { files } = services;
  const version = await tenant((tx) => findUnchecked(tx, versionId, files.scanner !== undefined));
  if (!version) return;
  const { uploadId, collection } = version;
  if (uploadId && collection) {
    const parts = await tenant((tx) => partsOf(tx, uploadId));
    // None: an earlier run has put them together, and was cut off before it could say so.
    if (parts.length > 0) await files.store.finish(version.objectKey, collection, parts);
  }
  const outcome = await lookInto(files, version);
  await tenant((tx) => settle(tx, versionId, version, outcome));
}

/** Also one that could not be scanned when it came, now that there is a scanner. */
async function findUnchecked(tx: Tx, versionId: string, hasScanner: boolean): Promise<Unchecked | undefined> {
  const [found] = await tx.query<Unchecked>(
    `select f.id as "fileId", f.name, f.engagement_id as "engagementId", v.number, v.size::float8 as size,
            v.object_key as "objectKey", v.uploaded_by as "uploadedBy", coalesce(u.sha256, v.sha256) as sha256,
            u.id as "uploadId", u.store_upload as collection
       from file_versions v join files f on f.org_id = v.org_id and f.id = v.file_id
       left join file_uploads u on u.org_id = v.org_id and u.version_id = v.id
      where v.org_id = $1 and v.id = $2 and (v.state = 'checking' or (v.state = 'unscanned' and $3))`,
    [tx.scope.orgId, versionId, hasScanner],
  );
  return found;
}

function partsOf(tx: Tx, uploadId: string): Promise<StoredPart[]> {
  return tx.query<StoredPart>(
    'select number, size, tag from file_upload_parts where org_id = $1 and upload_id = $2 order by number',
    [tx.scope.orgId, uploadId],
  );
}

async function lookInto({ store, scanner }: FileServices, version: Unchecked): Promise<Outcome> {
  const seen = await read(store, version.objectKey);
  if (!seen) return { state: 'refused', problem: 'Its content got lost on the way. Upload it again.', sha256: null };
  const sha256 = seen.sha256();
  const refused = (problem: string): Outcome => ({ state: 'refused', problem, sha256 });
  if (seen.size !== version.size) return refused('It arrived incomplete. Upload it again.');
  if (version.sha256 !== null && version.sha256 !== sha256)
    return refused('What arrived is not what was sent: its SHA-256 differs. Upload it again.');
  const fault = await contentFault(version.name, seen.head);
  if (fault) return refused(fault);
  if (!scanner) return { state: 'unscanned', problem: null, sha256 };
  const verdict = await scanner.scan(() => store.read(version.objectKey));
  if (verdict.verdict === 'infected')
    return { state: 'infected', problem: `The virus scanner found ${verdict.signature} in it.`, sha256 };
  if (verdict.verdict === 'unscannable') return refused(verdict.reason);
  return { state: 'clean', problem: null, sha256 };
}

/** @returns undefined when there is nothing */
async function read(store: ObjectStore, key: string): Promise<Seen | undefined> {
  const seen = new Seen();
  try {
    await pipeline(await store.read(key), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) seen.note(chunk);
    });
    return seen;
  } catch (error) {
    if (error instanceof ObjectMissing) return undefined;
    throw error;
  }
}

/** What passed by: its first bytes, its length and its hash. */
class Seen {
  size = 0;
  readonly #hash = createHash('sha256');
  #head = Buffer.alloc(0);

  note(chunk: Buffer): void {
    this.size += chunk.length;
    this.#hash.update(chunk);
    if (this.#head.length < headSize)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headSize - this.#head.length)]);
  }

  get head(): Uint8Array {
    return this.#head;
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

/** Says what came of it, once; a good one becomes what people get, unless a newer one has. */
async function settle(
  tx: Tx,
  versionId: string,
  version: Unchecked,
  { state, problem, sha256 }: Outcome,
): Promise<void> {
  const { orgId, now } = tx.scope;
  const [file] = await tx.query('select from files where org_id = $1 and id = $2 for no key update', [
    orgId,
    version.fileId,
  ]);
  if (!file) return;
  const served = state === 'clean' || state === 'unscanned';
  const [settled] = await tx.query<{ before: string }>(
    `update file_versions v set state = $4, problem = $5, sha256 = $6, checked_at = $7, updated_at = $7, current = v.current and $8
       from file_versions o
      where v.org_id = $1 and v.file_id = $2 and v.id = $3 and o.org_id = v.org_id and o.id = v.id
        and v.state in ('checking', 'unscanned') and v.state <> $4
      returning o.state as before`,
    [orgId, version.fileId, versionId, state, problem, sha256, now, served],
  );
  if (!settled) return;
  await tx.query('delete from file_uploads where org_id = $1 and version_id = $2', [orgId, versionId]);
  if (settled.before === 'checking' && served) await makeCurrentUnlessOlder(tx, version, versionId);
  if (served) return;
  const { fileId, name, engagementId, number, uploadedBy: by } = version;
  await publish(tx, 'files.refused', {
    fileId,
    versionId,
    name,
    number,
    engagementId,
    by,
    problem,
    infected: state === 'infected',
  });
}

async function makeCurrentUnlessOlder(tx: Tx, { fileId, number }: Unchecked, versionId: string): Promise<void> {
  const [newer] = await tx.query(
    'select from file_versions where org_id = $1 and file_id = $2 and current and number > $3',
    [tx.scope.orgId, fileId, number],
  );
  if (!newer) await makeCurrent(tx, fileId, versionId);
}

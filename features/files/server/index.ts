import type { Services } from '#platform/http/services.ts';
import { feature } from '#platform/http/feature.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { files } from '../contract.ts';
import { changeFile, purgeFile, restoreFile, restoreVersion, trashFile } from './commands.ts';
import { changeFolder, createFolder, removeFolder } from './folders.ts';
import { fileTasks } from './jobs.ts';
import { getFile, getFileWithVersions, getFolder, getUsage, listFiles, listFolders } from './queries.ts';
import { receivePart } from './receive-part.ts';
import { linkTo, serveContent } from './serve.ts';
import { abandonUpload, beginUpload, completeUpload, getUpload, listUploads } from './uploads.ts';

export const filesFeature = feature(
  files,
  {
    list: ({ tx, own }, { query }) => listFiles(tx, query, own),
    get: ({ tx, services, own }, { params }) => getFileWithVersions(tx, services.databases.control, params.id, own),
    async change({ tx }, { params, body }) {
      await changeFile(tx, params.id, body);
      return getFile(tx, params.id);
    },
    trash: ({ tx }, { params }) => trashFile(tx, params.id).then(() => undefined),
    async restore({ tx }, { params }) {
      await restoreFile(tx, params.id);
      return getFile(tx, params.id);
    },
    async purge({ tx, services }, { params }) {
      const keys = await purgeFile(tx, params.id);
      tx.afterCommit(() => forget(services, keys));
      return undefined;
    },
    async restoreVersion({ tx }, { params }) {
      await restoreVersion(tx, params.id, params.versionId);
      return getFile(tx, params.id);
    },
    link: ({ tx, services, own }, { params, query }) =>
      linkTo(services, tx, { fileId: params.id, versionId: query.versionId, show: query.show === 'true' }, own),
    content: ({ tx, services, request, own }, { params }) => serveContent(services, tx, request, params.token, own),
    usage: ({ tx, services: { files: store } }) => getUsage(tx, store.quota, store.scanner !== undefined),
    folders: ({ tx }, { query }) => listFolders(tx, query.engagementId),
    createFolder: async ({ tx }, { body }) => getFolder(tx, await createFolder(tx, body)),
    async changeFolder({ tx }, { params, body }) {
      await changeFolder(tx, params.id, body);
      return getFolder(tx, params.id);
    },
    removeFolder: ({ tx }, { params }) => removeFolder(tx, params.id).then(() => undefined),
    beginUpload: async ({ tx, services }, { body }) => getUpload(tx, await beginUpload(tx, body, services.files.quota)),
    listUploads: ({ tx }) => listUploads(tx),
    getUpload: ({ tx }, { params }) => getUpload(tx, params.id),
    putPart: ({ services, scope, request }, { params, query }) =>
      receivePart(services, scope, request, params.id, query.offset).then(() => undefined),
    completeUpload: async ({ tx }, { params }) => getFile(tx, await completeUpload(tx, params.id)),
    abandonUpload: ({ tx, services }, { params }) => discard(tx, services, params.id),
  },
  fileTasks,
);

async function discard(tx: Tx, services: Services, id: string): Promise<undefined> {
  const { key, collection } = await abandonUpload(tx, id);
  const { store } = services.files;
  if (collection) tx.afterCommit(() => forgetSoon(services, store.abandon(key, collection)));
}

function forget(services: Services, keys: readonly string[]): void {
  for (const key of keys) forgetSoon(services, services.files.store.remove(key));
}

/** The room is wanted back at once; what fails is swept by the night's job. */
function forgetSoon({ log }: Services, removal: Promise<void>): void {
  removal.catch((error: unknown) => log.warn({ err: error }, 'bytes of a removed file are left to the sweep'));
}

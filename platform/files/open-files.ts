import type { Logger } from 'pino';
import { Clamd, type Scanner } from './clamd.ts';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import type { FileSettings } from './settings.ts';
import type { ObjectStore } from './store.ts';

/** Where bytes lie, what looks into them, and how many an organisation may keep. */
export interface FileServices {
  store: ObjectStore;
  /** Undefined: nothing is scanned. */
  scanner: Scanner | undefined;
  quota: number;
}

export function openFiles({ store, scanner, quota }: FileSettings): FileServices {
  return {
    store: 'folder' in store ? new DiskStore(store.folder) : new S3Store(store),
    scanner: scanner && new Clamd(scanner),
    quota,
  };
}

/** At the start: wrong settings stop it; a store that can't be reached just now doesn't. @throws {Error} that says what to mend */
export async function checkFiles({ store }: FileServices, log: Logger): Promise<void> {
  await store.check().catch((error: unknown) => {
    if (store.kind === 'disk' || (error instanceof Error && error.message.startsWith('S3_URL'))) throw error;
    log.error({ err: error }, 'the store of files cannot be reached; files wait until it can');
  });
}

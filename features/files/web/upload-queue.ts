import { ApiError } from '#platform/client/client.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import type { Upload } from '../contract.ts';
import { missingOffsets } from '../upload-rules.ts';
import { filesApi } from './file-queries.ts';
import { sendPart } from './send-part.ts';

/** Where an upload goes. */
export interface UploadPlace {
  engagementId: string | null;
  folderId: string | null;
}

/**
 * - `waiting`: for its turn.   - `taken`: its name is; the reader decides.
 * - `failed`: refused, or the line stayed broken; may be tried again.
 */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'taken' | 'failed' | 'done';

export interface UploadItem extends UploadPlace {
  key: string;
  file: File;
  name: string;
  /** Set: a new version of that file. */
  fileId: string | null;
  uploadId: string | null;
  sent: number;
  state: UploadState;
  error: string | null;
  /** Of `taken`: the file that has the name, and a name that is free. */
  taken: { fileId: string; suggestion: string } | null;
}

/** Files at once; each sends one part at a time. */
const atOnce = 2;
/** Tries of one part over a broken line, and the pause before the next in milliseconds, doubled each time. */
const mostTries = 5;
const firstPause = 800;
/** So long what has arrived is said to have; milliseconds. */
const doneFor = 4_000;

/** Uploads of one organisation; they go on while the reader looks at other pages. */
export class UploadQueue {
  readonly #org: string;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<string, AbortController>();
  #items: readonly UploadItem[] = [];

  constructor(org: string) {
    this.#org = org;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly items = (): readonly UploadItem[] => this.#items;

  /** @param begun uploads on the server that were not finished: the same file at the same place goes on with its own */
  add(chosen: readonly File[], place: UploadPlace, begun: readonly Upload[] = [], fileId: string | null = null): void {
    const used = new Set(this.#items.map(({ uploadId }) => uploadId));
    const added = chosen.map((file): UploadItem => {
      const known = begun.find((upload) => !used.has(upload.id) && isSame(upload, file, place, fileId));
      if (known) used.add(known.id);
      const fresh = { sent: 0, state: 'waiting', error: null, taken: null } as const;
      return {
        ...place,
        ...fresh,
        key: crypto.randomUUID(),
        file,
        name: file.name,
        fileId,
        uploadId: known?.id ?? null,
      };
    });
    this.#show([...this.#items.filter(({ state }) => state !== 'done'), ...added]);
    this.#next();
  }

  pause(key: string): void {
    this.#change(key, { state: 'paused' });
    this.#running.get(key)?.abort();
  }

  /** Goes on after a pause or a failure; with `changes`, under another name or as a new version. */
  resume(key: string, changes: Partial<Pick<UploadItem, 'name' | 'fileId'>> = {}): void {
    this.#change(key, { ...changes, state: 'waiting', error: null, taken: null });
    this.#next();
  }

  async discard(key: string): Promise<void> {
    const item = this.#items.find((one) => one.key === key);
    this.#show(this.#items.filter((one) => one.key !== key));
    this.#running.get(key)?.abort();
    if (item?.uploadId && item.state !== 'done')
      await filesApi.abandonUpload({ org: this.#org, params: { id: item.uploadId } }).catch(() => undefined);
    this.#next();
  }

  #next(): void {
    for (const item of this.#items) {
      if (this.#running.size >= atOnce) return;
      if (item.state === 'waiting' && !this.#running.has(item.key)) void this.#run(item);
    }
  }

  async #run({ key }: UploadItem): Promise<void> {
    const stop = new AbortController();
    this.#running.set(key, stop);
    this.#change(key, { state: 'sending' });
    try {
      await this.#send(key, stop.signal);
      this.#change(key, { state: 'done' });
      setTimeout(() => this.#show(this.#items.filter((item) => item.key !== key)), doneFor);
    } catch (error) {
      if (!stop.signal.aborted) this.#fail(key, error);
    } finally {
      this.#running.delete(key);
      this.#next();
    }
  }

  async #send(key: string, signal: AbortSignal): Promise<void> {
    const { id, received, partSize } = await this.#begin(key);
    const { file } = this.#get(key);
    const missing = missingOffsets(file.size, received);
    let before = received.length * partSize;
    for (const offset of missing) {
      const bytes = file.slice(offset, offset + partSize);
      const onProgress = (sent: number) => this.#change(key, { sent: Math.min(file.size, before + sent) });
      await overBrokenLines(
        () => sendPart({ org: this.#org, uploadId: id, offset, bytes, signal, onProgress }),
        signal,
      );
      before += bytes.size;
    }
    await overBrokenLines(
      () => filesApi.completeUpload({ org: this.#org, params: { id }, body: {} }, { signal }),
      signal,
    );
  }

  async #begin(key: string): Promise<Upload> {
    const { uploadId, file, name, fileId, engagementId, folderId } = this.#get(key);
    if (uploadId) {
      const begun = await filesApi.getUpload({ org: this.#org, params: { id: uploadId } }).catch(unlessGone);
      if (begun) return begun;
    }
    const begun = await filesApi.beginUpload({
      org: this.#org,
      body: {
        name,
        size: file.size,
        type: file.type,
        fileId,
        engagementId,
        folderId,
        modifiedAt: new Date(file.lastModified).toISOString(),
      },
    });
    this.#change(key, { uploadId: begun.id });
    return begun;
  }

  #fail(key: string, error: unknown): void {
    const { fileId, suggestion } = error instanceof ApiError ? error.problem : {};
    if (typeof fileId === 'string' && typeof suggestion === 'string')
      this.#change(key, { state: 'taken', taken: { fileId, suggestion } });
    else this.#change(key, { state: 'failed', error: errorText(error) });
  }

  #get(key: string): UploadItem {
    const item = this.#items.find((one) => one.key === key);
    if (!item) throw new DOMException('Discarded.', 'AbortError');
    return item;
  }

  #change(key: string, changes: Partial<UploadItem>): void {
    this.#show(this.#items.map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }

  #show(items: readonly UploadItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

/** The same file, as far as can be told without reading it. */
export function isSame(upload: Upload, file: File, place: UploadPlace, fileId: string | null): boolean {
  const samePlace = upload.engagementId === place.engagementId && upload.folderId === place.folderId;
  const sameTime = upload.modifiedAt === null || Date.parse(upload.modifiedAt) === file.lastModified;
  const sameTarget = fileId === null ? upload.name === file.name && samePlace : upload.fileId === fileId;
  return sameTarget && upload.size === file.size && sameTime;
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}

/** Again after a pause while the server can't be reached or is in trouble; a refusal stands. */
async function overBrokenLines<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const refused = error instanceof ApiError && error.status < 500 && error.code !== 'part_broken';
      if (signal.aborted || refused || tries === mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstPause * 2 ** (tries - 1)));
      signal.throwIfAborted();
    }
  }
}

const queues = new Map<string, UploadQueue>();

/** The one queue of an organisation in this tab. */
export function uploadQueueOf(org: string): UploadQueue {
  const queue = queues.get(org) ?? new UploadQueue(org);
  queues.set(org, queue);
  return queue;
}

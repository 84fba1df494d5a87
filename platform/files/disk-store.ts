import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExactSize } from './exact-size.ts';
import {
  ObjectMissing,
  requireKey,
  type ByteRange,
  type ObjectStore,
  type StoredPart,
  type StoredThing,
} from './store.ts';

/** Parts that are collected lie beside the object, in a folder of this ending. */
const partsEnding = '.parts';

/** Files below one folder: `<organisation>/<uuid>`. */
export class DiskStore implements ObjectStore {
  readonly kind = 'disk';
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async check(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await access(this.#folder);
  }

  async begin(key: string): Promise<string> {
    await mkdir(this.#parts(key), { recursive: true, mode: 0o700 });
    return 'parts';
  }

  async putPart(key: string, _: string, number: number, size: number, body: Readable): Promise<StoredPart> {
    const tag = randomUUID();
    const arriving = path.join(this.#parts(key), `${number}.${tag}.arriving`);
    try {
      await pipeline(body, new ExactSize(size), createWriteStream(arriving, { flags: 'wx', mode: 0o600 }));
      // Under a name of its own: whoever still writes an older try of this part writes elsewhere.
      await rename(arriving, path.join(this.#parts(key), `${number}.${tag}`));
    } catch (error) {
      await rm(arriving, { force: true });
      throw error;
    }
    return { number, size, tag };
  }

  async finish(key: string, collection: string, parts: readonly StoredPart[]): Promise<void> {
    const target = this.#object(key);
    if (await exists(target)) return this.abandon(key, collection);
    const whole = path.join(this.#parts(key), `${randomUUID()}.whole`);
    try {
      for (const { number, tag, size } of parts) {
        const part = createReadStream(path.join(this.#parts(key), `${number}.${tag}`));
        await pipeline(part, new ExactSize(size), createWriteStream(whole, { flags: 'a', mode: 0o600 }));
      }
      await flush(whole);
      await rename(whole, target);
    } catch (error) {
      await rm(whole, { force: true });
      if (!(await exists(target))) throw error;
    }
    await this.abandon(key, collection);
  }

  async abandon(key: string, _: string): Promise<void> {
    await rm(this.#parts(key), { recursive: true, force: true });
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#object(key)).catch((error: unknown) => {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    });
    return file.createReadStream(range ? { start: range.first, end: range.last } : {});
  }

  async remove(key: string): Promise<void> {
    await rm(this.#object(key), { force: true });
  }

  async *list(owner: string): AsyncIterable<StoredThing> {
    for (const name of await readdir(path.join(this.#folder, owner)).catch(() => [])) {
      const { mtime } = await stat(path.join(this.#folder, owner, name)).catch(() => ({ mtime: undefined }));
      const collection = name.endsWith(partsEnding) ? 'parts' : null;
      if (mtime) yield { key: `${owner}/${name.replace(partsEnding, '')}`, collection, writtenAt: mtime };
    }
  }

  async owners(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async removeOwner(owner: string): Promise<void> {
    await rm(path.join(this.#folder, path.basename(owner)), { recursive: true, force: true });
  }

  #object(key: string): string {
    return path.join(this.#folder, requireKey(key));
  }

  #parts(key: string): string {
    return `${this.#object(key)}${partsEnding}`;
  }
}

async function flush(file: string): Promise<void> {
  await using handle = await open(file, 'r+');
  await handle.sync();
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';

/** Keys of one installation by id; the first is the one that seals, all of them open. */
export type KeyRing = ReadonlyMap<string, KeyObject>;

/** Where keys come from. */
export interface KeySource {
  /** The keys as they are now. */
  ring(): KeyRing;
  /** Puts a new key in front. Absent where the keys are configured: there the operator does it. */
  add?(): string;
}

const keyId = /^[A-Za-z0-9_-]{1,32}$/;
/** AES-256. */
const keyBytes = 32;
const fileName = 'encryption-keys';

/**
 * Reads `id:base64,id2:base64`.
 *
 * @param where what the message calls the text
 * @throws {Error} that names the entry, never the key
 */
function parseKeys(text: string, where: string): KeyRing {
  const ring = new Map<string, KeyObject>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [id = '', encoded = '', ...more] = entry.split(':');
    if (!keyId.test(id) || more.length > 0) {
      throw new Error(`${where} must read id:key,id:key; an id is up to 32 letters, digits, - and _.`);
    }
    if (ring.has(id)) throw new Error(`${where} names the key ${id} twice.`);
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length !== keyBytes) {
      throw new Error(`The key ${id} in ${where} must be 32 bytes in base64 (openssl rand -base64 32).`);
    }
    ring.set(id, createSecretKey(bytes));
  }
  return ring;
}

/** The configured keys, or those in the data folder, whose first is made at the first start. */
export function keySource({ encryptionKeys, dataFolder }: Pick<Config, 'encryptionKeys' | 'dataFolder'>): KeySource {
  if (encryptionKeys === undefined) return new KeyFile(path.join(dataFolder, fileName));
  const ring = parseKeys(encryptionKeys, 'HOLDFAST_ENCRYPTION_KEYS');
  return { ring: () => ring };
}

/** Keys in a file that only its owner may read; a running process sees it when another one adds a key. */
class KeyFile implements KeySource {
  readonly #file: string;
  #ring: KeyRing = new Map();
  /** Inode and time of the file that was read: a new key comes as a new file. */
  #seen = '';

  constructor(file: string) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) this.#put(newKey(new Map()).entry, linkSync);
    this.ring();
  }

  ring(): KeyRing {
    const { ino, mtimeMs } = statSync(this.#file);
    const seen = `${ino} ${mtimeMs}`;
    if (seen !== this.#seen) {
      this.#ring = parseKeys(readFileSync(this.#file, 'utf8'), this.#file);
      this.#seen = seen;
    }
    return this.#ring;
  }

  add(): string {
    const { id, entry } = newKey(this.ring());
    const old = readFileSync(this.#file, 'utf8').trim();
    this.#put(`${entry},${old}`, renameSync);
    return id;
  }

  /** Written elsewhere and then put in place: whoever reads it sees a whole file. A link never replaces one. */
  #put(text: string, place: typeof linkSync): void {
    const written = `${this.#file}.${process.pid}`;
    writeFileSync(written, text, { mode: 0o600 });
    try {
      place(written, this.#file);
    } catch (error) {
      // Another process made the first key at the same time: both use that one.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(written, { force: true });
    }
  }
}

function newKey(others: KeyRing): { id: string; entry: string } {
  const numbers = [...others.keys()].map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  const id = `k${Math.max(0, ...numbers) + 1}`;
  return { id, entry: `${id}:${randomBytes(keyBytes).toString('base64')}` };
}

import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Config } from '../config.ts';
import { keySource } from './keys.ts';

/** Where a sealed value belongs. It opens there and nowhere else. */
export interface SealPlace {
  /** Null for what belongs to no organisation: users, the registry of databases. */
  orgId: string | null;
  /** `table.column`. */
  column: string;
}

/** Encrypts single values for the database: AES-256-GCM, bound to their organisation and column. */
export interface Sealer {
  /** @returns `hf1.<key id>.<iv>.<ciphertext and tag>`, the last two in base64url; different each time */
  seal(plain: string, place: SealPlace): string;
  /** @throws {SealError} when the value was changed, belongs elsewhere, or its key is missing */
  open(sealed: string, place: SealPlace): string;
  /** True for a value that the newest key did not seal. */
  needsRotation(sealed: string): boolean;
  /** Id of the key that seals now. */
  newestKey(): string;
  /**
   * Makes a new key that seals from now on, in every process over the same data folder.
   * @returns its id; undefined where the keys are configured and the operator adds one
   */
  addKey(): string | undefined;
}

/** A sealed value that doesn't open. The message names the place, never the value. */
export class SealError extends Error {
  constructor(why: string, { column }: SealPlace) {
    super(`${column}: ${why}`);
    this.name = 'SealError';
  }
}

const version = 'hf1';
/** Bytes; NIST SP 800-38D. Random, so one key should seal less than 2³² values. */
const ivBytes = 12;
const tagBytes = 16;
const sealedText = /^hf1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/** @throws {Error} when the configured keys or the key file can't be read */
export function createSealer(config: Pick<Config, 'encryptionKeys' | 'dataFolder'>): Sealer {
  const source = keySource(config);
  const newest = (): [string, KeyObject] => {
    const [first] = source.ring();
    if (!first) throw new Error('There is no encryption key.');
    return first;
  };
  return {
    seal(plain, place) {
      const [id, key] = newest();
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(binding(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}.${id}.${iv.toString('base64url')}.${body.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id = '', iv = '', body = ''] = sealedText.exec(sealed) ?? [];
      if (!id) throw new SealError('this is not a sealed value', place);
      const key = source.ring().get(id);
      if (!key) throw new SealError(`the key ${id} is not configured`, place);
      const opened = decrypt(key, bytesOf(iv), bytesOf(body), place);
      if (opened === undefined) throw new SealError('the sealed value was changed or belongs elsewhere', place);
      return opened;
    },
    needsRotation: (sealed) => !sealed.startsWith(`${version}.${newest()[0]}.`),
    newestKey: () => newest()[0],
    addKey: () => source.add?.(),
  };
}

function decrypt(key: KeyObject, iv: Buffer, body: Buffer, place: SealPlace): string | undefined {
  if (iv.length !== ivBytes || body.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(binding(place))
    .setAuthTag(body.subarray(-tagBytes));
  try {
    return decipher.update(body.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/** Base64url that spells its bytes in another way than we would is a changed value: nothing is left of it. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0);
}

/** Associated data: JSON, so that no two places read the same. */
function binding({ orgId, column }: SealPlace): Buffer {
  return Buffer.from(JSON.stringify([version, orgId, column]));
}

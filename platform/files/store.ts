import type { Readable } from 'node:stream';

/** A byte range, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** A part that has arrived, as the store knows it. */
export interface StoredPart {
  /** 1 is the first. */
  number: number;
  size: number;
  tag: string;
}

/** An object, or a collection of parts that isn't one yet. */
export interface StoredThing {
  key: string;
  /** Null: an object. */
  collection: string | null;
  /** When it was last written, or begun. */
  writtenAt: Date;
}

/** Headers that the answer to a signed address carries. */
export interface SignedLook {
  type: string;
  disposition: string;
}

/**
 * Where files' bytes lie. Keys are made by the server (`<organisation>/<uuid>`), never from what people call a file.
 * An object never changes once its parts were put together; what is removed may be removed again.
 */
export interface ObjectStore {
  readonly kind: 'disk' | 's3';
  /** Looks whether the store can be used. @throws {Error} that says what is wrong with its settings */
  check(): Promise<void>;
  /** Begins to collect parts. @returns how the store calls the collection */
  begin(key: string): Promise<string>;
  /**
   * Keeps one part, taking the place of one of the same number. All but the last have the same size of at least 5 MiB.
   * @throws {Error} when the body ends before or after `size` bytes; nothing is kept then
   */
  putPart(key: string, collection: string, number: number, size: number, body: Readable): Promise<StoredPart>;
  /** Puts the parts together into the object. Again, after it was done, changes nothing. */
  finish(key: string, collection: string, parts: readonly StoredPart[]): Promise<void>;
  /** Forgets parts that are not wanted any more. */
  abandon(key: string, collection: string): Promise<void>;
  /** @throws {ObjectMissing} */
  read(key: string, range?: ByteRange): Promise<Readable>;
  remove(key: string): Promise<void>;
  /** What an owner has here. */
  list(owner: string): AsyncIterable<StoredThing>;
  /** First parts of all keys: the organisations that have something here. */
  owners(): Promise<string[]>;
  /** Everything of an owner, also what was begun and not finished. */
  removeOwner(owner: string): Promise<void>;
  /** An address from which anybody can fetch the object for some seconds; undefined where the store can't be reached by others. */
  sign?(key: string, seconds: number, look: SignedLook): Promise<string>;
}

/** The store has no object of this key. */
export class ObjectMissing extends Error {
  constructor(key: string) {
    super(`The store has no object ${key}.`);
    this.name = 'ObjectMissing';
  }
}

const keyPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Nothing else becomes a path or an object's name. @throws {Error} */
export function requireKey(key: string): string {
  if (!keyPattern.test(key)) throw new Error('A key of the store is two UUIDs with a slash between.');
  return key;
}

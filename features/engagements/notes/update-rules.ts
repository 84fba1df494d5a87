import * as Y from 'yjs';
import { rootName } from './document-rules.ts';
import { largestUpdate, mostPieces } from './limits-rules.ts';

/** Kinds of content that a note's text is made of. Others would hide something in it that nobody sees. */
const contents: ReadonlySet<unknown> = new Set([
  Y.ContentString,
  Y.ContentType,
  Y.ContentFormat,
  Y.ContentAny,
  Y.ContentDeleted,
]);

/**
 * Reads bytes that somebody sent without applying them. Yjs itself believes the counts in an update and makes room for
 * them; here each piece must be there before the next one is counted, and so nothing grows beyond the bytes themselves.
 * @returns what is wrong with it, undefined when it may be applied
 */
export function faultOfUpdate(update: Uint8Array): string | undefined {
  if (update.length > largestUpdate) return 'it is too long';
  let read: ReturnType<typeof Y.decodeUpdate>;
  try {
    read = Y.decodeUpdate(update);
  } catch {
    return 'it is no update of Yjs';
  }
  const { structs, ds } = read;
  let pieces = structs.length;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return 'parts of it are missing';
    if (!(struct instanceof Y.Item)) continue;
    // Read on its own, an item at the top has its parent's name.
    const parent: unknown = struct.parent;
    if (typeof parent === 'string' && parent !== rootName) return 'it writes beside the text';
    if (!contents.has(struct.content.constructor)) return 'it holds something that is no text';
  }
  for (const deletions of ds.clients.values()) {
    pieces += deletions.length;
    let end = -1;
    for (const { clock, len } of deletions) {
      if (clock < end || len < 1) return 'its deletions overlap';
      end = clock + len;
    }
  }
  if (pieces > mostPieces) return 'it is too much at once';
  return undefined;
}

/** Updates put together, one after the other. */
export function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}

/** Pieces that refer to what the document hasn't got. */
export function isBehind(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/**
 * Applies what `faultOfUpdate` found nothing wrong with.
 * @returns what it changed, in Yjs' own words; undefined when it brought nothing new
 */
export function applied(doc: Y.Doc, update: Uint8Array): Uint8Array | undefined {
  let change: Uint8Array | undefined;
  const keep = (bytes: Uint8Array) => {
    change = bytes;
  };
  doc.on('update', keep);
  Y.applyUpdate(doc, update);
  doc.off('update', keep);
  return change;
}

/** A document in which nothing was written yet. */
export function emptyDocument(): Uint8Array {
  return Y.encodeStateAsUpdate(new Y.Doc());
}

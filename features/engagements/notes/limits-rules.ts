/** One update that is sent, in bytes. A page of text is about 3 kB, and so is what was typed in a minute. */
export const largestUpdate = 384 * 1_024;
/** Pieces and deletions in one update: pasting a thousand paragraphs makes some three thousand. */
export const mostPieces = 12_000;
/** A whole note, in bytes of its document: what was deleted leaves traces. */
export const largestDocument = 1_500 * 1_024;
/** A whole note, in characters. */
export const longestText = 100_000;
/** Paragraphs, lists, marks and breaks of a note together. */
export const mostNodes = 20_000;
/** Lists in lists. */
export const deepest = 24;

const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Where a link of a note may lead. */
export function isSafeLink(address: string): boolean {
  return address.length <= 2_000 && URL.canParse(address) && allowed.has(new URL(address).protocol);
}

import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';

/** What a list was asked for. */
export interface Page {
  limit: number;
  after?: string | undefined;
}

/** The number of the log entry that the page before ended with. */
export function lastNumber({ after }: Page): number | undefined {
  const keys = decodeCursor(after, 1);
  return keys && Number(keys[0]);
}

/** One page of rows, of which one more than asked for was read. */
export function cutLog<Row extends { id: number }>(
  rows: readonly Row[],
  { limit }: Page,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor([last.id]) : null };
}

import type { BoardRow } from '../board-rules.ts';

/** Pixels of the board's parts; the same numbers draw and hit-test. */
export const laneHeight = 26;
export const barHeight = 22;
export const rowPadding = 6;
export const groupHeight = 34;
export const axisHeight = 52;
export const labelWidth = 232;

export function rowHeight(row: BoardRow): number {
  if (row.type === 'group') return groupHeight;
  return Math.max(1, row.track.laneCount) * laneHeight + 2 * rowPadding - (laneHeight - barHeight);
}

/** Where each row begins, and after them where the last ends. */
export function rowTops(rows: readonly BoardRow[]): number[] {
  const tops = [0];
  for (const [index, row] of rows.entries()) tops.push((tops[index] ?? 0) + rowHeight(row));
  return tops;
}

export function laneTop(lane: number): number {
  return rowPadding + lane * laneHeight;
}

/** DOM id of a claim's bar; a resource shown in two groups has two. */
export function barId(rowKey: string, claimId: string): string {
  return `bar/${rowKey}/${claimId}`;
}

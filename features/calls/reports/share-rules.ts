import { groupKey, type Grade, type ListGroup } from '#features/calls/lists/list-rules.ts';

interface Asked extends ListGroup {
  grade: Grade | null;
  sent: number;
}

export interface Share {
  /** Of the calls that people of one grade, skill and kind were sent, from 0 to 1; null where there is no grade or no call. */
  gradeShare: number | null;
  /** How many people share them. */
  gradePeople: number | null;
}

/** How the calls of each grade were dealt out among its people. */
export function withShares<Row extends Asked>(rows: readonly Row[]): (Row & Share)[] {
  const keyOf = (row: Row) => `${groupKey(row)} ${row.grade}`;
  const groups = Map.groupBy(rows, keyOf);
  return rows.map((row) => {
    if (row.grade === null) return { ...row, gradeShare: null, gradePeople: null };
    const its = groups.get(keyOf(row)) ?? [];
    const calls = its.reduce((sum, { sent }) => sum + sent, 0);
    return { ...row, gradeShare: calls > 0 ? row.sent / calls : null, gradePeople: its.length };
  });
}

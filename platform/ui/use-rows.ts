import { useState } from 'react';
import { moved } from './moved.ts';

/** Rows that are edited together and saved as a whole: their state, and what can be done to one. */
export function useRows<Row extends { id: string }>(begin: readonly Row[]) {
  const [rows, setRows] = useState(begin);
  return {
    rows,
    add: (row: Row) => setRows([...rows, row]),
    change: (id: string, part: Partial<Row>) =>
      setRows((now) => now.map((row) => (row.id === id ? { ...row, ...part } : row))),
    remove: (id: string) => setRows((now) => now.filter((row) => row.id !== id)),
    move: (from: number, to: number) => setRows((now) => moved(now, from, to)),
  };
}

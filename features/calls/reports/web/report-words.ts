import { formatDate } from '#platform/time/format.ts';
import type { FairnessRow } from '../contract.ts';

/** “Sat, Nov 22, 2025 to Sat, Nov 21, 2026”. */
export function periodWords({ from, to }: { from: string; to: string }): string {
  return from === to ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`;
}

/** `0.333` → `33 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Minutes as people say them: `45 min`, `3 h`, `2 days`. */
export function durationWords(minutes: number | null): string {
  if (minutes === null) return '–';
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 36 * 60) return `${Math.round(minutes / 6) / 10} h`;
  return `${Math.round(minutes / 144) / 10} days`;
}

/** By grade where it shows, then who was asked most. */
export function byCalls(a: FairnessRow, b: FairnessRow): number {
  return (a.grade ?? 'Z').localeCompare(b.grade ?? 'Z') || b.sent - a.sent || a.name.localeCompare(b.name);
}

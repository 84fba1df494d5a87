/** In their order. */
export const dayGroups = ['overdue', 'today', 'later', 'done'] as const;
export type DayGroup = (typeof dayGroups)[number];

/** @param today by the organisation's clock, as `2026-05-01` */
export function groupOf({ dueOn, doneAt }: { dueOn: string; doneAt: string | null }, today: string): DayGroup {
  if (doneAt !== null) return 'done';
  if (dueOn < today) return 'overdue';
  return dueOn === today ? 'today' : 'later';
}

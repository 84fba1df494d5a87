/**
 * What may stand on a schedule, with the word that people read. A service is played or worked together, has seats, is
 * counted and paid; `schedule_items.service` names the same kinds.
 */
const kinds = {
  rehearsal: { label: 'Rehearsal', service: true },
  dress_rehearsal: { label: 'Dress rehearsal', service: true },
  concert: { label: 'Concert', service: true },
  run_out: { label: 'Run-out', service: true },
  education: { label: 'Education', service: true },
  recording: { label: 'Recording', service: true },
  shift: { label: 'Shift', service: true },
  load_in: { label: 'Load-in', service: false },
  soundcheck: { label: 'Soundcheck', service: false },
  doors: { label: 'Doors', service: false },
  set: { label: 'Set', service: false },
  load_out: { label: 'Load-out', service: false },
  travel: { label: 'Travel', service: false },
  meal: { label: 'Meal', service: false },
  meeting: { label: 'Meeting', service: false },
  other: { label: 'Other', service: false },
} as const;

export type ItemKind = keyof typeof kinds;

function isItemKind(kind: string): kind is ItemKind {
  return Object.hasOwn(kinds, kind);
}

export const itemKinds = Object.keys(kinds).filter(isItemKind);

/** Kinds that need seats filled. */
export const serviceKinds = itemKinds.filter((kind) => kinds[kind].service);

export function isService(kind: string): boolean {
  return isItemKind(kind) && kinds[kind].service;
}

/** As people read it; an unknown kind stays as it is. */
export function kindLabel(kind: string): string {
  return isItemKind(kind) ? kinds[kind].label : kind;
}

/** `Rehearsal: Mahler 5`; `Changeover` alone for what is of no kind. */
export function itemName({ kind, title }: { kind: string; title: string }): string {
  if (title === '') return kindLabel(kind);
  return kind === 'other' ? title : `${kindLabel(kind)}: ${title}`;
}

import type { Names, Telling, ToldChange } from './dossier-telling.ts';
import { peopleWords } from './people-words.ts';
import { planWords } from './plan-words.ts';

const words = { ...planWords, ...peopleWords };

/** “added the task Book the hotel”: null for an update that changes nothing people know, undefined for other tables. */
export function dossierSentence(change: ToldChange, names: Names): string | null | undefined {
  const worded = words[change.entity];
  if (!worded) return undefined;
  const row = change.operation === 'delete' ? change.before : change.after;
  const told: Telling = {
    row: row ?? {},
    before: change.before ?? {},
    after: change.after ?? {},
    called: change.label,
    ...names,
    name: (id) => (typeof id === 'string' ? (names.nameOf(id) ?? null) : null),
  };
  if (change.operation === 'insert') return worded.added(told);
  if (change.operation === 'delete') return worded.removed(told);
  const said = worded.changed(told).filter((part) => part !== '');
  return said.length > 0 ? said.join(' and ') : null;
}

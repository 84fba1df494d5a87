import type { GroupKey } from '#features/engagements/people/group-words.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import type { SeenBy } from '../audience-rules.ts';
import type { ItemKind } from '../item-kinds.ts';
import type { TemplateItem } from '../template-fields.ts';

/** A schedule that comes with Holdfast, for one kind of a pack's days. */
export interface BuiltInSchedule {
  /** `touring.show-day`; never changes, as the organisation's own version is found by it. */
  key: string;
  pack: PackName;
  name: string;
  items: TemplateItem[];
}

interface More {
  title?: string;
  /** Days after the first one. */
  day?: number;
  /** Wanted are these groups; everybody when absent. */
  for?: GroupKey[];
  /** Only the team knows of it. */
  team?: true;
  notes?: string;
}

/** @param time `14:00-15:30` by the clock of the place; until after midnight when the end is earlier */
export function at(time: string, id: string, kind: ItemKind, more: More = {}): TemplateItem {
  const [from = '', until = ''] = time.split('-');
  const { title = '', day = 0, notes = '' } = more;
  const seenBy: SeenBy = more.team ? 'team' : 'everyone';
  const audience = { forAll: more.for === undefined, forGroups: more.for ?? [], seenBy, seenByGroups: [] };
  return { id, kind, title, day, from, until, notes, ...audience };
}

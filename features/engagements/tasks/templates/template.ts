import type { PackName } from '#features/organisations/packs/pack.ts';
import type { TemplateItem } from '../contract.ts';
import type { Anchor } from '../rules.ts';

/** A list of tasks that comes with Holdfast, for one kind of a pack's engagements. */
export interface BuiltInTemplate {
  /** `touring.club-show`; never changes, as the organisation's own version is found by it. */
  key: string;
  pack: PackName;
  name: string;
  /** Whether it is applied on confirming until the organisation says otherwise. One for each pack at most. */
  automatic: boolean;
  items: TemplateItem[];
}

interface More {
  steps?: string[];
  notes?: string;
  /** Days before it is due; none when absent. */
  remind?: number;
}

/** Due so many days from the first day: -21 is three weeks before. */
export const fromStart = (days: number, id: string, title: string, more: More = {}) =>
  item('start', days, id, title, more);

/** Due so many days from the last day. */
export const fromEnd = (days: number, id: string, title: string, more: More = {}) => item('end', days, id, title, more);

function item(anchor: Anchor, days: number, id: string, title: string, more: More): TemplateItem {
  const { steps = [], notes = '', remind = null } = more;
  return { id, title, notes, anchor, days, remindDays: remind, steps };
}

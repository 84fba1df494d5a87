import type { PackName } from '#features/organisations/packs/pack.ts';
import type { TemplateItem } from '../contract.ts';
import type { AnswerKind, Side } from '../rules.ts';

/** A checklist that comes with Holdfast, for one kind of a pack's engagements. */
export interface BuiltInTemplate {
  /** `touring.club-show`; never changes, as the organisation's own version is found by it. */
  key: string;
  pack: PackName;
  name: string;
  items: TemplateItem[];
}

type Asked = Omit<TemplateItem, 'section'>;

interface More {
  kind?: AnswerKind;
  hint?: string;
}

/** Answered by the other side. */
export const ask = (id: string, title: string, more: More = {}): Asked => item('them', id, title, more);

/** Answered by the organisation, for the other side to agree to. */
export const tell = (id: string, title: string, more: More = {}): Asked => item('us', id, title, more);

/** One of these, chosen by the other side. */
export const choose = (id: string, title: string, choices: string[], hint = ''): Asked => ({
  ...item('them', id, title, { kind: 'choice', hint }),
  choices,
});

function item(side: Side, id: string, title: string, { kind = 'text', hint = '' }: More): Asked {
  return { id, title, hint, kind, choices: [], side };
}

/** Items under one heading. */
export function section(name: string, ...items: Asked[]): TemplateItem[] {
  return items.map((each) => ({ section: name, ...each }));
}

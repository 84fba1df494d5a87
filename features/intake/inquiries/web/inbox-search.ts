import type { InquiryState } from '../rules.ts';

/** What the inbox shows at once: one state, or all that want a decision. */
export const views = ['open', 'new', 'review', 'hold', 'decided', 'spam'] as const;
export type View = (typeof views)[number];

export const viewWords: Readonly<Record<View, string>> = {
  open: 'To decide',
  new: 'New',
  review: 'In review',
  hold: 'On hold',
  decided: 'Decided',
  spam: 'Spam',
};

export const statesOf: Readonly<Record<View, readonly InquiryState[]>> = {
  open: ['new', 'review', 'hold'],
  new: ['new'],
  review: ['review'],
  hold: ['hold'],
  decided: ['approved', 'declined', 'withdrawn'],
  spam: ['spam'],
};

/** What the inbox is narrowed to, in the address. */
export interface InboxSearch {
  view?: View | undefined;
  /** `me`, `nobody`, or a member’s account. */
  whose?: string | undefined;
  form?: string | undefined;
  label?: string | undefined;
  q?: string | undefined;
  /** Opens the form for one that came by telephone or mail. */
  create?: boolean | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  return {
    view: views.find((view) => view === search['view'] && view !== 'open'),
    whose: text(search['whose']),
    form: text(search['form']),
    label: text(search['label']),
    q: text(search['q']),
    create: search['create'] === true || undefined,
  };
}

export const inquiryStates = ['new', 'review', 'hold', 'approved', 'declined', 'withdrawn', 'spam'] as const;
export type InquiryState = (typeof inquiryStates)[number];

/** Those that still want a decision. */
export const openStates = ['new', 'review', 'hold'] as const satisfies readonly InquiryState[];

export const isOpen = (state: InquiryState): boolean => openStates.some((open) => open === state);

/** What can be done with an inquiry, from where, and where it leads. */
const steps = {
  review: { from: ['new'], to: 'review' },
  hold: { from: ['new', 'review', 'hold'], to: 'hold' },
  /** The last of its holds is gone, by whatever hand. */
  unheld: { from: ['hold'], to: 'review' },
  approve: { from: openStates, to: 'approved' },
  decline: { from: openStates, to: 'declined' },
  reopen: { from: ['declined'], to: 'review' },
  withdraw: { from: [...openStates, 'spam'], to: 'withdrawn' },
  spam: { from: openStates, to: 'spam' },
  notSpam: { from: ['spam'], to: 'new' },
} as const satisfies Readonly<Record<string, { from: readonly InquiryState[]; to: InquiryState }>>;

export type Step = keyof typeof steps;

/** Where a step leads from here; undefined: it can’t be taken. */
export function stepFrom(state: InquiryState, step: Step): InquiryState | undefined {
  const { from, to } = steps[step];
  return from.some((one) => one === state) ? to : undefined;
}

/** Whether what was held for it is let go. */
export const releases = (state: InquiryState): boolean => !isOpen(state) && state !== 'approved';

/** Days after the event, or after a year for one without a date, that the sender’s link still opens its page. */
export const linkLives = 30;

/** What an inquiry is called that has no title of its own: by who asks, else by how it came. */
export function titleOf(
  {
    title,
    company,
    contactName,
    email,
  }: { title: string | null; company: string | null; contactName: string | null; email: string | null },
  otherwise: string,
): string {
  const named = [title, company, contactName, email].find((part) => part !== null && part.trim() !== '');
  return (named ?? otherwise)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** The digits of a telephone number that tell it from others, however it is written; undefined: too few to tell. */
export function phoneDigits(phone: string | null): string | undefined {
  const digits = (phone ?? '').replaceAll(/\D/g, '');
  return digits.length >= 7 ? digits.slice(-7) : undefined;
}

/** Where applicants’ files lie until a member takes them elsewhere. */
export const filesFolder = 'From forms';

import type { InquiryState } from './rules.ts';

export const stateWords: Readonly<Record<InquiryState, string>> = {
  new: 'New',
  review: 'In review',
  hold: 'On hold',
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  spam: 'Spam',
};

/** Why something can’t be done with it any more. */
export function decidedWords(state: InquiryState): string {
  switch (state) {
    case 'approved':
      return 'It was approved in the meantime. Open what was made of it.';
    case 'declined':
      return 'It was declined in the meantime. Take that back first.';
    case 'withdrawn':
      return 'Whoever sent it has taken it back.';
    case 'spam':
      return 'It is taken for spam. Say that it is none first.';
    case 'hold':
      return 'Times are held for it. Release them first.';
    case 'review':
      return 'It is in review already.';
    case 'new':
      return 'It is new already.';
  }
}

export const sourceWords = {
  form: 'By form',
  phone: 'By telephone',
  mail: 'By mail',
  in_person: 'In person',
} as const;

import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import { stateWords } from '../inquiry-words.ts';
import type { InquiryState } from '../rules.ts';

const tones: Readonly<Record<InquiryState, BadgeTone>> = {
  new: 'accent',
  review: 'neutral',
  hold: 'hold',
  approved: 'good',
  declined: 'danger',
  withdrawn: 'outline',
  spam: 'outline',
};

/** How an inquiry stands. */
export function StateBadge({ state }: { state: InquiryState }) {
  return <Badge tone={tones[state]}>{stateWords[state]}</Badge>;
}

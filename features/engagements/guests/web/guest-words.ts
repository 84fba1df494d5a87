import type { BadgeTone } from '#platform/ui/badge.tsx';
import type { Guest, GuestState } from '../contract.ts';

export const passWords: Readonly<Record<Guest['passType'], string>> = {
  guest: 'Guest',
  vip: 'VIP',
  all_access: 'All access',
  photo: 'Photo',
  press: 'Press',
  working: 'Working',
};

/** For a form’s choice, whose options are plain text. */
export function passLabel(option: string): string {
  return Object.entries(passWords).find(([key]) => key === option)?.[1] ?? option;
}

export const stateWords: Readonly<Record<GuestState, { label: string; tone: BadgeTone }>> = {
  requested: { label: 'Asked for', tone: 'hold' },
  approved: { label: 'Approved', tone: 'good' },
  declined: { label: 'Declined', tone: 'neutral' },
};

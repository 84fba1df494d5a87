import type { BadgeTone } from '#platform/ui/badge.tsx';
import type { VersionState } from '../contract.ts';

/** What a reader must know of a version's state; undefined: nothing, it is as it should be. */
export const stateWords: Readonly<Record<VersionState, { label: string; tone: BadgeTone; means: string } | undefined>> =
  {
    checking: {
      label: 'Being checked',
      tone: 'neutral',
      means: 'It has arrived and is being looked into. That takes a moment; then it can be downloaded.',
    },
    clean: undefined,
    unscanned: {
      label: 'Not scanned',
      tone: 'outline',
      means:
        'This installation has no virus scanner, so it isn’t shown here. Download it, and open it only if you trust who sent it.',
    },
    infected: { label: 'Infected', tone: 'danger', means: 'It is locked away. Nobody can download it.' },
    refused: { label: 'Refused', tone: 'danger', means: 'Nobody can download it.' },
  };

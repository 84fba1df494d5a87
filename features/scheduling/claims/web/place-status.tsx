import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { ClaimStatus } from '../contract.ts';
import type { PlaceDraft } from './place-draft.ts';
import { Segmented } from '#platform/ui/segmented.tsx';

/** The three behaviours in the pack's words, each with what it does. */
export function PlaceStatusField({ draft, onStatus }: { draft: PlaceDraft; onStatus: (status: ClaimStatus) => void }) {
  const { words, can } = useOrg();
  const hints: Readonly<Record<ClaimStatus, string>> = {
    pencil: 'Shows on the board and blocks nothing.',
    hold: 'Queues by rank: the first has priority, the next moves up when it is released.',
    commit: 'Blocks the time: nothing else can be committed then.',
  };
  return (
    <div>
      <p className="mb-1 text-sm font-medium">As</p>
      <Segmented
        label="As"
        value={draft.status}
        onValue={onStatus}
        className="flex w-full"
        options={[
          { value: 'pencil', label: capital(words.pencil.one) },
          { value: 'hold', label: capital(words.hold.one) },
          {
            value: 'commit',
            label: draft.subject.kind === 'blocked' ? 'Blocked' : capital(words.commit.one),
            disabled: !can('claims.commit'),
          },
        ]}
      />
      <p className="mt-1 text-xs text-ink-faint">{hints[draft.status]}</p>
    </div>
  );
}

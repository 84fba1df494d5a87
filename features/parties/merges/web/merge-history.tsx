import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { PartyMerge } from '../contract.ts';
import { mergeListQuery, mergesApi, mergeTables } from './merge-queries.ts';

/** What was merged into a contact, with the way back while there is one. */
export function MergeHistory({ partyId }: { partyId: string }) {
  const org = useOrg();
  const { data } = useQuery(mergeListQuery(org.slug, partyId));
  const standing = data?.items.filter(({ undoneAt }) => undoneAt === null) ?? [];
  if (standing.length === 0) return null;
  return (
    <Section title="Merged">
      <ul className="space-y-3">
        {standing.map((merge) => (
          <Entry key={merge.id} merge={merge} />
        ))}
      </ul>
    </Section>
  );
}

function Entry({ merge }: { merge: PartyMerge }) {
  const org = useOrg();
  const toast = useToast();
  const undo = useChange(org.slug, mergeTables, () =>
    mergesApi.undo({ org: org.slug, params: { id: merge.id }, body: {} }),
  );
  const takeApart = () =>
    undo.mutate(undefined, {
      onSuccess: ({ restored }) => toast({ tone: 'good', title: `${restored.name} stands by itself again` }),
      onError: (error) => toast({ tone: 'danger', title: 'They stay one', detail: errorText(error) }),
    });
  return (
    <li className="flex items-start gap-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={merge.mergedName}>
          {merge.mergedName}
        </p>
        <p className="text-xs text-ink-faint">
          by {merge.mergedBy}, {formatTime(merge.mergedAt, org.zone, 'date')}
          {merge.undoableUntil && <>; undo until {formatTime(merge.undoableUntil, org.zone, 'day')}</>}
        </p>
      </div>
      {merge.undoableUntil && (
        <Button size="sm" busy={undo.isPending} onClick={takeApart}>
          <Undo2 aria-hidden /> Take apart
        </Button>
      )}
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CopyCheck } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Party } from '#features/parties/contract.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { DuplicatePair } from '../contract.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { duplicatesQuery, mergesApi } from './merge-queries.ts';
import { reasonWords } from './merge-words.ts';

/** Says that some contacts may be the same, and goes through them one by one. */
export function DuplicatesBanner() {
  const org = useOrg();
  const { data } = useQuery(duplicatesQuery(org.slug));
  const [looking, setLooking] = useState(false);
  const [merging, setMerging] = useState<readonly [string, string] | null>(null);
  if (!data || (data.total === 0 && !looking)) return null;
  return (
    <>
      <div className="mx-4 mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-hold-soft px-3 py-2 text-sm text-on-hold-soft sm:mx-6">
        <CopyCheck aria-hidden className="size-4 shrink-0" />
        <p className="min-w-0 flex-1 basis-56">
          {data.total === 1
            ? 'Two contacts may be the same.'
            : `${data.total.toLocaleString()} pairs of contacts may be the same.`}
        </p>
        <Button size="sm" onClick={() => setLooking(true)}>
          Look at {data.total === 1 ? 'them' : 'the pairs'}
        </Button>
      </div>
      <Dialog
        open={looking && merging === null}
        onOpenChange={setLooking}
        title="May be the same"
        description="You decide: nothing is merged by itself."
        size="lg"
      >
        {data.items.length === 0 && <p className="pb-5 text-sm text-ink-soft">All looked through.</p>}
        <ul className="grid gap-3 pb-3">
          {data.items.map((pair) => (
            <Pair
              key={`${pair.first.id} ${pair.second.id}`}
              pair={pair}
              onMerge={() => setMerging([pair.first.id, pair.second.id])}
            />
          ))}
        </ul>
      </Dialog>
      <MergeDialog pair={merging} onClose={() => setMerging(null)} onMerged={() => setMerging(null)} />
    </>
  );
}

function Pair({ pair: { first, second, reasons }, onMerge }: { pair: DuplicatePair; onMerge: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const distinguish = useChange(org.slug, ['party_distinctions'], () =>
    mergesApi.distinguish({ org: org.slug, body: { firstId: first.id, secondId: second.id } }),
  );
  return (
    <li className="rounded-lg border border-line bg-surface p-3 shadow-card">
      <div className="grid gap-3 sm:grid-cols-2">
        <Side party={first} />
        <Side party={second} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-40 text-xs text-ink-faint first-letter:uppercase">
          {reasons.map((reason) => reasonWords[reason]).join(', ')}
        </p>
        <Button
          size="sm"
          variant="ghost"
          busy={distinguish.isPending}
          onClick={() =>
            distinguish.mutate(undefined, {
              onError: (error) => toast({ tone: 'danger', title: 'That wasn’t kept', detail: errorText(error) }),
            })
          }
        >
          Not the same
        </Button>
        <Button size="sm" onClick={onMerge}>
          Compare and merge…
        </Button>
      </div>
    </li>
  );
}

function Side({ party }: { party: Party }) {
  const org = useOrg();
  return (
    <div className="min-w-0 text-sm">
      <Link
        to="/o/$org/contacts/$id"
        params={{ org: org.slug, id: party.id }}
        title={party.name}
        className="block truncate font-medium underline-offset-4 hover:underline"
      >
        {party.name}
      </Link>
      <p className="truncate text-ink-soft">{party.email}</p>
      <p className="truncate text-ink-soft tabular-nums">{party.phone}</p>
    </div>
  );
}

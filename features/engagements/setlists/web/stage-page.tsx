import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, ListMusic, Printer } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { SetlistEntry, SetlistSet } from '../contract.ts';
import { asPlanned, lengthText, runningTime } from '../rules.ts';
import { setlistQuery, setlistsApi, setlistTables } from './setlist-queries.ts';
import { SongPicker } from './song-picker.tsx';
import { StageRow } from './stage-row.tsx';

/** The setlist on stage: large, ticked with a thumb as it goes; on paper, for the floor. */
export function StagePage() {
  const org = useOrg();
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch, isPending } = useQuery(setlistQuery(org.slug, id));
  const engagement = useQuery(engagementQuery(org.slug, id));
  const title = engagement.data?.engagement.title ?? 'Setlist';
  usePageTitle(`Stage: ${title}`);
  const songs = data?.entries.filter(({ kind }) => kind === 'song') ?? [];
  const played = songs.filter((entry) => entry.played === 'played').length;
  return (
    <div className="mx-auto w-full max-w-2xl">
      <header className="sticky top-12 z-20 flex items-center gap-2 border-b border-line bg-canvas px-4 py-3 lg:top-0 print:static print:border-0">
        <Button asChild variant="ghost" size="icon" className="print:hidden">
          <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id }} aria-label="Back" title="Back">
            <ArrowLeft aria-hidden />
          </Link>
        </Button>
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight" title={title}>
          {title}
        </h1>
        <p className="text-sm text-ink-soft tabular-nums print:hidden" role="status">
          {played} of {songs.length} played
        </p>
        <IconButton label="Print" className="hidden sm:inline-flex print:hidden" onClick={() => window.print()}>
          <Printer aria-hidden />
        </IconButton>
      </header>
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data && data.sets.length === 0 && (
        <EmptyState icon={ListMusic} title="No setlist yet">
          Sets and songs are put together on the page of the {org.words.engagement.one}.
        </EmptyState>
      )}
      <div className="grid gap-6 pt-4 pb-10">
        {data?.sets.map((set) => (
          <StageSet key={set.id} set={set} entries={data.entries.filter(({ setId }) => setId === set.id)} />
        ))}
      </div>
    </div>
  );
}

function StageSet({ set, entries }: { set: SetlistSet; entries: readonly SetlistEntry[] }) {
  const org = useOrg();
  const toast = useToast();
  const add = useChange(org.slug, setlistTables, (songId: string, call) =>
    setlistsApi.addEntry({ org: org.slug, params: { id: set.id }, body: { songId, live: true } }, call),
  );
  return (
    <section aria-label={set.name} className="min-w-0">
      <h2 className="flex items-baseline gap-2 px-4 pb-1 text-sm font-semibold text-ink-soft print:text-base print:text-ink">
        <span className="min-w-0 truncate">{set.name}</span>
        <span className="font-normal text-ink-faint tabular-nums">
          {lengthText(runningTime(asPlanned(entries)).seconds)}
        </span>
      </h2>
      <ol aria-label={`Songs of ${set.name}`}>
        {entries.map((entry) => (
          <StageRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {org.can('setlists.write') && (
        <div className="px-4 pt-2 print:hidden">
          <SongPicker
            label={`Played as well in ${set.name}`}
            onSong={(songId) =>
              add.mutate(songId, {
                onError: (failure) => toast({ tone: 'danger', title: 'It was not added', detail: errorText(failure) }),
              })
            }
          />
        </div>
      )}
    </section>
  );
}

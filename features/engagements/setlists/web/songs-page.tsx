import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListMusic, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Song } from '../contract.ts';
import { lengthText } from '../rules.ts';
import { setlistsApi, songListQuery } from './setlist-queries.ts';
import { SongForm } from './song-form.tsx';
import { readSongsSearch, type SongsSearch } from './songs-search.ts';
import { SaveReport } from './save-report.tsx';

/** The songs that the act plays, with what rights societies ask for. */
export function SongsPage() {
  const org = useOrg();
  const search = useSearch({ strict: false, select: (raw) => readSongsSearch(raw) });
  const navigate = useNavigate();
  const [opened, setOpened] = useState<{ song: Song | null } | null>(null);
  const q = useSettled(search.q);
  const list = useInfiniteQuery(songListQuery(org.slug, q, search.archived));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const writes = org.can('setlists.write');
  const none = list.isSuccess && rows.length === 0 && !search.q && !search.archived;
  const narrow = (part: SongsSearch) =>
    void navigate({ to: '/o/$org/songs', params: { org: org.slug }, search: { ...search, ...part }, replace: true });
  const add = writes && (
    <Button variant="primary" onClick={() => setOpened({ song: null })}>
      <Plus aria-hidden /> New song
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Songs"
        aside={list.data?.pages[0]?.total.toLocaleString()}
        actions={
          !none && (
            <>
              <SaveReport save={() => setlistsApi.report({ org: org.slug, query: {} })} />
              {add}
            </>
          )
        }
      >
        {!none && (
          <>
            <SearchInput
              label="Search titles and writers"
              value={search.q ?? ''}
              onValue={(value) => narrow({ q: value || undefined })}
              className="w-full sm:w-72"
            />
            <Segmented
              label="Which songs"
              value={search.archived ? 'archived' : 'current'}
              onValue={(value) => narrow({ archived: value === 'archived' || undefined })}
              options={[
                { value: 'current', label: 'Repertoire' },
                { value: 'archived', label: 'No longer played' },
              ]}
            />
          </>
        )}
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <SongTable songs={rows} onOpen={writes ? (song) => setOpened({ song }) : undefined} />}
      <LoadMore {...list} />
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={ListMusic} title={none ? 'No songs yet' : 'No song fits'} actions={none && add}>
          {none
            ? 'Songs have a key, a tempo and a length, so that a set knows how long it takes; and writers, so that they get paid.'
            : 'Nothing matches the search.'}
        </EmptyState>
      )}
      <Dialog
        open={opened !== null}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened?.song?.title ?? 'New song'}
      >
        {opened && <SongForm key={opened.song?.id ?? 'new'} song={opened.song} onDone={() => setOpened(null)} />}
      </Dialog>
    </>
  );
}

function SongTable({ songs, onOpen }: { songs: readonly Song[]; onOpen: ((song: Song) => void) | undefined }) {
  return (
    <Table label="Songs">
      <thead>
        <tr>
          <Th>Title</Th>
          <Th className="hidden w-64 md:table-cell">Writers</Th>
          <Th className="hidden w-40 lg:table-cell">Work number</Th>
          <Th className="hidden w-20 sm:table-cell">Key</Th>
          <Th className="hidden w-20 text-right sm:table-cell">BPM</Th>
          <Th className="w-20 text-right">Length</Th>
        </tr>
      </thead>
      <tbody>
        {songs.map((song) => (
          <Tr key={song.id} className={onOpen && 'relative'}>
            <Td title={song.title}>
              {onOpen ? (
                <button
                  type="button"
                  onClick={() => onOpen(song)}
                  className="max-w-full truncate text-left font-medium after:absolute after:inset-0"
                >
                  {song.title}
                </button>
              ) : (
                <span className="font-medium">{song.title}</span>
              )}
              {song.versions.length > 0 && (
                <span className="block truncate text-xs text-ink-faint">
                  {song.versions.map(({ name }) => name).join(', ')}
                </span>
              )}
            </Td>
            <Td className="hidden text-ink-soft md:table-cell" title={song.writers.join(', ')}>
              {song.writers.join(', ')}
            </Td>
            <Td className="hidden text-ink-soft tabular-nums lg:table-cell">{song.workNumber}</Td>
            <Td className="hidden text-ink-soft sm:table-cell">{song.songKey}</Td>
            <Td className="hidden text-right text-ink-soft tabular-nums sm:table-cell">{song.bpm}</Td>
            <Td className="text-right tabular-nums">
              {song.seconds === null ? <span className="text-ink-faint">–</span> : lengthText(song.seconds)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

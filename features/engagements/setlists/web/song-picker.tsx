import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { lengthText } from '../rules.ts';
import { setlistsApi, songListQuery, songTables } from './setlist-queries.ts';

const asNew = 'new:';

interface SongPickerProps {
  /** Told the id of a song, one that was just added among them. */
  onSong: (id: string) => void;
  label: string;
  className?: string;
}

/** A song of the library by its title, or a new one by its title alone. */
export function SongPicker({ onSong, label, className }: SongPickerProps) {
  const org = useOrg();
  const toast = useToast();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const found = useInfiniteQuery({ ...songListQuery(org.slug, q || undefined), placeholderData: keepPreviousData });
  const create = useChange(org.slug, songTables, (title: string, call) =>
    setlistsApi.createSong({ org: org.slug, body: { title } }, call),
  );
  const songs = (found.data?.pages.flatMap((page) => page.items) ?? []).slice(0, 50);
  const known = songs.some(({ title }) => title.toLocaleLowerCase() === q.toLocaleLowerCase());
  const settled = q === query.trim() && !found.isPlaceholderData;
  const options = [
    ...songs.map(({ id, title, songKey, seconds }) => ({
      value: id,
      label: title,
      hint: [songKey, seconds && lengthText(seconds)].filter(Boolean).join(' · '),
    })),
    // Not while the title is still being typed: half of it would become a song.
    ...(settled && q && !known ? [{ value: `${asNew}${q}`, label: q, hint: 'New song' }] : []),
  ];
  const choose = (value: string | null) => {
    if (value === null) return;
    if (!value.startsWith(asNew)) return onSong(value);
    create.mutate(value.slice(asNew.length), {
      onSuccess: ({ id }) => onSong(id),
      onError: (error) => toast({ tone: 'danger', title: 'The song was not added', detail: errorText(error) }),
    });
  };
  return (
    <Combobox
      aria-label={label}
      className={className}
      value={null}
      onValue={choose}
      options={options}
      onQuery={setQuery}
      busy={found.isFetching || create.isPending}
      placeholder={label}
      empty="Type a title."
    />
  );
}

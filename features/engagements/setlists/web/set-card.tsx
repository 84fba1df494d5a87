import { EllipsisVertical } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { SortableList, useDropZone } from '#platform/ui/sortable.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { SetlistEntry, SetlistSet } from '../contract.ts';
import { asPlanned, lengthText, runningTime, slotWords } from '../rules.ts';
import { EntryRow } from './entry-row.tsx';
import type { SetlistDialog } from './setlist-dialogs.tsx';
import { setlistTables, setlistsApi } from './setlist-queries.ts';
import { SongPicker } from './song-picker.tsx';

interface SetCardProps {
  set: SetlistSet;
  entries: readonly SetlistEntry[];
  /** Its name as a place to drop on. */
  zoneId: string;
  /** Absent for the first. */
  onUp: (() => void) | undefined;
  /** Absent for the last. */
  onDown: (() => void) | undefined;
  onDialog: (dialog: SetlistDialog) => void;
}

/** One set with its songs, against its slot. */
export function SetCard({ set, entries, zoneId, ...does }: SetCardProps) {
  const org = useOrg();
  const writes = org.can('setlists.write');
  const time = runningTime(asPlanned(entries));
  const slot = slotWords(time, set.slotMinutes);
  let number = 0;
  return (
    <section aria-label={set.name} className="min-w-0">
      <header className="mb-1.5 flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="min-w-0 truncate text-sm font-semibold" title={set.name}>
          {set.name}
        </h3>
        {set.kind === 'encore' && <Badge tone="accent">Encore</Badge>}
        <p className="ml-auto text-sm tabular-nums">
          <span className="font-medium">{lengthText(time.seconds)}</span>
          {set.slotMinutes !== null && <span className="text-ink-faint"> of {set.slotMinutes}:00</span>}
          {slot && (
            <span className={cn('ml-2', slot.over ? 'font-medium text-danger' : 'text-ink-faint')}>{slot.text}</span>
          )}
        </p>
        {writes && <SetMenu set={set} {...does} />}
      </header>
      <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {entries.length === 0 && <EmptySet zoneId={zoneId} />}
        <SortableList ids={entries.map(({ id }) => id)}>
          <ol aria-label={`Entries of ${set.name}`} className="divide-y divide-line">
            {entries.map((entry) => (
              <EntryRow
                key={entry.id}
                entry={entry}
                number={entry.kind === 'song' ? ++number : null}
                onOpen={writes ? () => does.onDialog({ kind: 'entry', entry }) : undefined}
              />
            ))}
          </ol>
        </SortableList>
        {writes && <AddEntry set={set} />}
      </div>
    </section>
  );
}

function EmptySet({ zoneId }: { zoneId: string }) {
  const { ref, over } = useDropZone(zoneId);
  return (
    <p ref={ref} className={cn('px-4 py-3 text-sm text-ink-faint', over && 'bg-accent-soft')}>
      Nothing in it yet.
    </p>
  );
}

type SetMenuProps = Pick<SetCardProps, 'set' | 'onUp' | 'onDown' | 'onDialog'>;

function SetMenu({ set, onUp, onDown, onDialog }: SetMenuProps) {
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label={`More about ${set.name}`}>
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onDialog({ kind: 'set', set })}>Edit…</MenuItem>
      {onUp && <MenuItem onSelect={onUp}>Move up</MenuItem>}
      {onDown && <MenuItem onSelect={onDown}>Move down</MenuItem>}
      {(onUp ?? onDown) && <MenuItem onSelect={() => onDialog({ kind: 'order' })}>Order of the sets…</MenuItem>}
      <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'removeSet', set })}>
        Remove…
      </MenuItem>
    </Menu>
  );
}

interface NewEntry {
  kind: 'song' | 'break' | 'talk';
  songId?: string;
  title?: string;
  seconds?: number;
}

/** The next song by its title; or something else that takes time. */
function AddEntry({ set }: { set: SetlistSet }) {
  const org = useOrg();
  const toast = useToast();
  const add = useChange(org.slug, setlistTables, (body: NewEntry, call) =>
    setlistsApi.addEntry({ org: org.slug, params: { id: set.id }, body }, call),
  );
  const run = (body: NewEntry) =>
    add.mutate(body, {
      onError: (error) => toast({ tone: 'danger', title: 'It was not added', detail: errorText(error) }),
    });
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken/50 p-2">
      <SongPicker
        label={`Add a song to ${set.name}`}
        onSong={(songId) => run({ kind: 'song', songId })}
        className="min-w-0 flex-1 basis-52"
      />
      <Button size="sm" variant="ghost" onClick={() => run({ kind: 'talk', title: 'Talk', seconds: 60 })}>
        Talk
      </Button>
      <Button size="sm" variant="ghost" onClick={() => run({ kind: 'break', title: 'Break', seconds: 900 })}>
        Break
      </Button>
    </div>
  );
}

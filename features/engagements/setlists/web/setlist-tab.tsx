import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical, ListMusic, MicVocal, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { SortableArea } from '#platform/ui/sortable.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { asPlanned, asPlayed, lengthText, runningTime } from '../rules.ts';
import { SetCard } from './set-card.tsx';
import { SetlistDialogs, type SetlistDialog } from './setlist-dialogs.tsx';
import { setlistQuery, setlistsApi } from './setlist-queries.ts';
import { useEntryOrder } from './use-entry-order.ts';
import { useSetOrder } from './use-set-order.ts';

/** Sets and encores of one engagement: songs in order by drag, their running time, and how it went. */
export function SetlistTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(setlistQuery(org.slug, engagement.id));
  const [dialog, setDialog] = useState<SetlistDialog | null>(null);
  const order = useEntryOrder(data);
  const setOrder = useSetOrder(data?.sets);
  const writes = org.can('setlists.write');
  const { sets } = setOrder;
  return (
    <Section
      title="Setlist"
      description={data && data.entries.length > 0 ? summaryOf(data.entries) : undefined}
      actions={
        <div className="flex flex-wrap gap-2">
          {sets.length > 0 && (
            <Button asChild size="sm">
              <Link to="/o/$org/engagements/$id/stage" params={{ org: org.slug, id: engagement.id }}>
                <MicVocal aria-hidden /> Stage
              </Link>
            </Button>
          )}
          {writes && (
            <Button size="sm" variant="primary" onClick={() => setDialog({ kind: 'set', set: null })}>
              <Plus aria-hidden /> New set
            </Button>
          )}
          {org.can('setlists.read') && (
            <SetlistMenu engagement={engagement} severalSets={sets.length > 1} onDialog={setDialog} />
          )}
        </div>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={5} />}
      {data && sets.length === 0 && (
        <EmptyState
          icon={ListMusic}
          title="No setlist yet"
          className="py-10"
          actions={
            writes && (
              <>
                <Button variant="primary" onClick={() => setDialog({ kind: 'set', set: null })}>
                  <Plus aria-hidden /> New set
                </Button>
                <Button onClick={() => setDialog({ kind: 'copy' })}>
                  Copy from another {org.words.engagement.one}
                </Button>
              </>
            )
          }
        >
          A set has songs in order, and a slot to keep to. What is played goes to the rights society as a table.
        </EmptyState>
      )}
      <SortableArea nameOf={order.nameOf} onDrop={order.drop}>
        <div className="grid gap-5">
          {sets.map((set, index) => (
            <SetCard
              key={set.id}
              set={set}
              entries={order.entries.filter(({ setId }) => setId === set.id)}
              zoneId={order.zoneOf(set.id)}
              onUp={index > 0 ? () => setOrder.move(index, index - 1) : undefined}
              onDown={index < sets.length - 1 ? () => setOrder.move(index, index + 1) : undefined}
              onDialog={setDialog}
            />
          ))}
        </div>
      </SortableArea>
      <SetlistDialogs
        dialog={dialog}
        engagementId={engagement.id}
        order={setOrder}
        entries={order.entries}
        onClose={() => setDialog(null)}
      />
    </Section>
  );
}

interface SetlistMenuProps {
  engagement: Engagement;
  severalSets: boolean;
  onDialog: (dialog: SetlistDialog) => void;
}

function SetlistMenu({ engagement, severalSets, onDialog }: SetlistMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const save = () =>
    setlistsApi.report({ org: org.slug, query: { engagementId: engagement.id } }).then(
      (csv) => saveFile(`${engagement.title} setlist.csv`, csv, 'text/csv'),
      (failure: unknown) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(failure) }),
    );
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label="More about the setlist">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      {org.can('setlists.write') && severalSets && (
        <MenuItem onSelect={() => onDialog({ kind: 'order' })}>Order of the sets…</MenuItem>
      )}
      {org.can('setlists.write') && (
        <MenuItem onSelect={() => onDialog({ kind: 'copy' })}>Copy from another {org.words.engagement.one}…</MenuItem>
      )}
      <MenuItem onSelect={() => void save()}>Report for the rights society</MenuItem>
      <MenuItem asChild>
        <Link to="/o/$org/songs" params={{ org: org.slug }}>
          Songs
        </Link>
      </MenuItem>
    </Menu>
  );
}

/** “14 songs, 1:02:10 planned; 13 played” */
function summaryOf(
  entries: readonly { kind: string; planned: boolean; played: 'played' | 'skipped' | null; lasts: number | null }[],
): string {
  const planned = asPlanned(entries);
  const { seconds, unknown } = runningTime(planned);
  const count = planned.filter(({ kind }) => kind === 'song').length;
  const said = entries.some(({ played }) => played !== null);
  const played = asPlayed(entries).filter(({ kind }) => kind === 'song').length;
  return [
    `${count} ${count === 1 ? 'song' : 'songs'}, ${lengthText(seconds)} planned`,
    ...(unknown > 0 ? [`${unknown} without a length`] : []),
    ...(said ? [`${played} played`] : []),
  ].join('; ');
}

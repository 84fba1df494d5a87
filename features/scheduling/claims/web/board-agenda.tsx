import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { Resource } from '../../resources/contract.ts';
import { boardRows, tracksOf, type ResourceRow } from '../board-rules.ts';
import type { Claim } from '../contract.ts';
import { visibleSpans, type Placed, type Track } from '../timeline-rules.ts';
import { AgendaHead } from './agenda-head.tsx';
import { AgendaRow } from './agenda-row.tsx';
import { holdInFront } from './hold-in-front.ts';
import { rememberTime, type BoardSettings } from './board-settings.ts';
import { ClaimActions } from './claim-actions.tsx';
import { ClaimFacts } from './claim-card.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import type { PlaceStart } from './place-draft.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { useBoardData, type BusySpan } from './use-board-data.ts';
import { useClaimChanges } from './use-claim-changes.ts';

interface AgendaProps {
  at: number;
  settings: BoardSettings;
  onSettings: (part: Partial<BoardSettings>) => void;
}

const mostRows = 60;

/** The board on a phone: one day, resource by resource. */
export function BoardAgenda({ at, settings, onSettings }: AgendaProps) {
  const org = useOrg();
  const [date, setDate] = useState(() => toWallClock(new Date(at).toISOString(), org.zone).date);
  const [all, setAll] = useState(false);
  const [place, setPlace] = useState<PlaceStart | null>(null);
  const [opened, setOpened] = useState<{ id: string; name: string } | null>(null);
  const [releasing, setReleasing] = useState<readonly Claim[] | null>(null);
  const changes = useClaimChanges();
  const day = useMemo(() => daySpan(date, org.zone), [date, org.zone]);
  const data = useBoardData(org.slug, day.from, day.to, 1);
  const tracks = useMemo(() => tracksOf(data.claims, null), [data.claims]);
  const words = {
    person: capital(org.words.person.many),
    place: capital(org.words.place.many),
    thing: capital(org.words.thing.many),
  };
  const rows = boardRows({
    resources: data.resources,
    tracks,
    filter: { ...settings.filter, onlyClaimed: false },
    grouping: 'kind',
    collapsed: new Set(),
    kindWords: words,
  })
    .filter((row): row is ResourceRow => row.type === 'resource')
    .map((row) => ({
      row,
      claims: visibleSpans(row.track, day.from, day.to),
      busy: busyOf(data.busy.get(row.resource.id), day),
    }))
    .filter(({ claims, busy }) => all || claims.length > 0 || busy.length > 0);
  const go = (next: string) => {
    setDate(next);
    rememberTime(org.slug, daySpan(next, org.zone).from);
  };
  const claim = data.claims.find(({ id }) => id === opened?.id);
  const create = (resource?: Resource) =>
    setPlace({
      resources: resource ? [resource] : [],
      startsAt: new Date(day.from).toISOString(),
      endsAt: new Date(day.to).toISOString(),
    });
  return (
    <div className="flex flex-1 flex-col">
      <AgendaHead
        day={day}
        date={date}
        onDate={go}
        all={all}
        onAll={setAll}
        settings={settings}
        onSettings={onSettings}
      />
      {data.error && <ErrorNotice error={data.error} className="m-4" />}
      {data.loading || (data.loadingClaims && rows.length === 0) ? <SkeletonRows /> : null}
      {!data.loading && !data.loadingClaims && rows.length === 0 && (
        <p className="px-4 py-10 text-center text-sm text-ink-soft">Nothing is placed on this day.</p>
      )}
      <ul className="divide-y divide-line bg-surface">
        {rows.slice(0, mostRows).map(({ row, claims, busy }) => (
          <AgendaRow
            key={row.key}
            resource={row.resource}
            claims={claims}
            busy={busy}
            onOpen={(id) => setOpened({ id, name: row.resource.name })}
            onPlace={() => create(row.resource)}
          />
        ))}
      </ul>
      {rows.length > mostRows && (
        <p className="px-4 py-3 text-sm text-ink-faint">
          And {rows.length - mostRows} more. Filter by name to see them.
        </p>
      )}
      {org.can('claims.hold') && (
        <Button
          variant="primary"
          size="lg"
          className="fixed right-4 bottom-20 z-20 h-12 shadow-float"
          onClick={() => create()}
        >
          <Plus aria-hidden /> Place
        </Button>
      )}
      <Dialog
        open={claim !== undefined}
        onOpenChange={(open) => !open && setOpened(null)}
        title={opened?.name ?? ''}
        size="sm"
      >
        {claim && opened && (
          <div className="space-y-3">
            <ClaimFacts claim={claim} resourceName={opened.name} />
            <ClaimActions
              claim={claim}
              inFront={holdInFront(claim, data.claims)}
              changes={changes}
              onDone={() => setOpened(null)}
              onRelease={(released) => {
                setOpened(null);
                setReleasing([released]);
              }}
            />
          </div>
        )}
      </Dialog>
      <PlaceDialog start={place} onClose={() => setPlace(null)} />
      <ReleaseDialog list={releasing} changes={changes} onClose={() => setReleasing(null)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </div>
  );
}

function daySpan(date: string, zone: string): { from: number; to: number } {
  const at = (day: string) => Date.parse(fromWallClock({ date: day, time: '00:00' }, zone) ?? `${day}T00:00:00Z`);
  return { from: at(date), to: at(addDays(date, 1)) };
}

function busyOf(track: Track<BusySpan> | undefined, day: { from: number; to: number }): readonly Placed<BusySpan>[] {
  return track ? visibleSpans(track, day.from, day.to) : [];
}

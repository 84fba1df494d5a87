import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { FileUp, Music, Plus, Printer } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { dayWords } from '../position-rules.ts';
import { rosterByFamily } from '../roster-rules.ts';
import { RosterDialogs, type RosterDialog } from './roster-dialogs.tsx';
import { RosterFamily } from './roster-family.tsx';
import { RosterFilters } from './roster-filters.tsx';
import { rosterApi, rosterQuery, rosterTables } from './roster-queries.ts';
import { readRosterSearch } from './roster-search.ts';

/** Who sits where: positions in score order, their chairs, vacancies and leave, on any day. */
export function RosterPage() {
  const org = useOrg();
  const search = useSearch({ strict: false, select: (raw) => readRosterSearch(raw) });
  const [dialog, setDialog] = useState<RosterDialog | null>(null);
  const roster = useQuery(rosterQuery(org.slug, search.on));
  const whole = roster.data ? rosterByFamily(roster.data) : [];
  const shown = roster.data ? rosterByFamily(roster.data, search) : [];
  const sum = (part: 'held' | 'chairs') => whole.reduce((total, family) => total + family[part], 0);
  const none = roster.isSuccess && roster.data.positions.length === 0;
  return (
    <>
      <PageHeader
        title="Roster"
        aside={roster.data && !none && <Filled held={sum('held')} chairs={sum('chairs')} />}
        actions={!none && <Actions onDialog={setDialog} />}
      >
        {!none && <RosterFilters search={search} on={roster.data?.on ?? search.on ?? ''} />}
      </PageHeader>
      {roster.isPending && <SkeletonRows />}
      {roster.error && (
        <ErrorNotice error={roster.error} onRetry={() => void roster.refetch()} className="mx-4 sm:mx-6" />
      )}
      {roster.data && (
        <p className="hidden px-4 pb-2 text-sm sm:px-6 print:block">{`${org.name}, as of ${dayWords(roster.data.on)}`}</p>
      )}
      <div className="grid gap-6 px-4 pb-10 sm:px-6">
        {shown.map((family) => (
          <RosterFamily key={family.family} roster={family} onDialog={setDialog} />
        ))}
      </div>
      {roster.isSuccess && !none && shown.length === 0 && (
        <EmptyState icon={Music} title="No chair fits">
          Nothing matches the search and filters. Take one away to see more.
        </EmptyState>
      )}
      {none && <FirstSteps onDialog={setDialog} />}
      <RosterDialogs dialog={dialog} on={roster.data?.on ?? ''} onClose={() => setDialog(null)} />
    </>
  );
}

function Filled({ held, chairs }: { held: number; chairs: number }) {
  return (
    <span className="hidden sm:inline print:inline">
      {held} of {chairs} chairs held
    </span>
  );
}

function Actions({ onDialog }: { onDialog: (dialog: RosterDialog) => void }) {
  const org = useOrg();
  return (
    <div className="flex items-center gap-2 print:hidden">
      <IconButton label="Print" className="hidden sm:inline-flex" onClick={() => window.print()}>
        <Printer aria-hidden />
      </IconButton>
      {org.can('roster.import') && (
        <Button onClick={() => onDialog({ kind: 'import' })}>
          <FileUp aria-hidden /> Import
        </Button>
      )}
      {org.can('roster.write') && (
        <Button variant="primary" onClick={() => onDialog({ kind: 'position', position: null })}>
          <Plus aria-hidden /> New position
        </Button>
      )}
    </div>
  );
}

function FirstSteps({ onDialog }: { onDialog: (dialog: RosterDialog) => void }) {
  const org = useOrg();
  const setUp = useChange(org.slug, rosterTables, (_: null, call) =>
    rosterApi.setUp({ org: org.slug, body: {} }, call),
  );
  return (
    <EmptyState
      icon={Music}
      title="No positions yet"
      actions={
        <>
          {org.can('roster.write') && (
            <Button variant="primary" busy={setUp.isPending} onClick={() => setUp.mutate(null)}>
              Set up a usual symphony orchestra
            </Button>
          )}
          {org.can('roster.import') && (
            <Button onClick={() => onDialog({ kind: 'import' })}>
              <FileUp aria-hidden /> Import a file
            </Button>
          )}
          {org.can('roster.write') && (
            <Button onClick={() => onDialog({ kind: 'position', position: null })}>
              <Plus aria-hidden /> New position
            </Button>
          )}
        </>
      }
    >
      A position is a kind of chair: principal flute, or second violin, tutti, with its eleven chairs. Give the chairs
      to your musicians, and a project asks substitutes only for those that are vacant or on leave.
      {setUp.error && <ErrorNotice error={setUp.error} className="mt-4 text-left" />}
    </EmptyState>
  );
}

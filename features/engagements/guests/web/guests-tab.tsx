import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardPaste, DoorOpen, Plus, TicketCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatTime } from '#platform/time/format.ts';
import type { Allotment, Guest, GuestList } from '../contract.ts';
import { Allotments } from './allotments.tsx';
import { GuestDialogs, type GuestDialog } from './guest-dialogs.tsx';
import { GuestRows } from './guest-rows.tsx';
import { GuestsMenu } from './guests-menu.tsx';
import { guestListQuery } from './guest-queries.ts';

/** Who comes in without a ticket: whose places they are, who is asked for, who is approved. */
export function GuestsTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(guestListQuery(org.slug, engagement.id));
  const [dialog, setDialog] = useState<GuestDialog | null>(null);
  const zone = engagement.zone ?? org.zone;
  const allotments = data?.allotments ?? [];
  const writes = org.can('guests.write', 'own') && allotments.length > 0;
  return (
    <Section
      title="Guest list"
      description={data && allotments.length > 0 ? summaryOf(data, zone) : undefined}
      actions={
        <div className="flex flex-wrap gap-2">
          {org.can('guests.door', 'own') && allotments.length > 0 && (
            <Button asChild size="sm">
              <Link to="/o/$org/engagements/$id/door" params={{ org: org.slug, id: engagement.id }}>
                <DoorOpen aria-hidden /> Door
              </Link>
            </Button>
          )}
          {writes && (
            <Button size="sm" onClick={() => setDialog({ kind: 'paste' })}>
              <ClipboardPaste aria-hidden /> Paste names
            </Button>
          )}
          {writes && (
            <Button size="sm" variant="primary" onClick={() => setDialog({ kind: 'guest', guest: null })}>
              <Plus aria-hidden /> Add guest
            </Button>
          )}
          {org.can('guests.allot') && <GuestsMenu engagement={engagement} onDialog={setDialog} />}
        </div>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={5} />}
      {data && allotments.length === 0 && (
        <EmptyState
          icon={TicketCheck}
          title="Nobody has places yet"
          className="py-10"
          actions={
            org.can('guests.allot') && (
              <Button variant="primary" onClick={() => setDialog({ kind: 'allotment', allotment: null })}>
                <Plus aria-hidden /> Add an allotment
              </Button>
            )
          }
        >
          {org.can('guests.allot')
            ? 'An allotment says who may give away how many places: Artist 10, Promoter 20. Guests are put on the list out of one.'
            : 'When places are given to you, you ask for your guests here.'}
        </EmptyState>
      )}
      {allotments.length > 0 && (
        <Allotments
          allotments={allotments}
          onOpen={(allotment) => setDialog({ kind: 'allotment', allotment })}
          onAdd={() => setDialog({ kind: 'allotment', allotment: null })}
        />
      )}
      {data && allotments.length > 0 && (
        <GuestRows guests={data.guests} onOpen={(guest) => setDialog({ kind: 'guest', guest })} />
      )}
      {data && (
        <GuestDialogs
          dialog={dialog}
          engagementId={engagement.id}
          zone={zone}
          list={data.list}
          allotments={allotments}
          onClose={() => setDialog(null)}
        />
      )}
    </Section>
  );
}

/** “34 of 50 places given, 6 asked for; closes Sat 2 May, 12:00” */
function summaryOf(
  { allotments, list }: { allotments: readonly Allotment[]; guests: readonly Guest[]; list: GuestList },
  zone: string,
): string {
  const sum = (part: 'places' | 'approved' | 'requested') =>
    allotments.reduce((total, allotment) => total + allotment[part], 0);
  const asked = sum('requested') > 0 ? `, ${sum('requested')} asked for` : '';
  return `${sum('approved')} of ${sum('places')} places given${asked}${closingWords(list, zone)}`;
}

function closingWords({ closesAt }: GuestList, zone: string): string {
  if (!closesAt) return '';
  const closed = Date.parse(closesAt) <= Date.now();
  return `; ${closed ? 'closed' : 'closes'} ${formatTime(closesAt, zone, 'day')}, ${formatTime(closesAt, zone)}`;
}

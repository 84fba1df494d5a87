import { useQuery } from '@tanstack/react-query';
import { Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { availability } from '../contract.ts';
import { AddCalendar } from './add-calendar.tsx';
import { availabilityApi, calendarsQuery } from './availability-queries.ts';

type Calendar = RouteOutput<typeof availability.routes.listCalendars>['items'][number];

/** Busy time from elsewhere: Google, Apple, Outlook, another orchestra. */
export function OutsideCalendars({ resourceId }: { resourceId: string }) {
  const org = useOrg();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(calendarsQuery(org.slug, resourceId));
  // Of others they see nothing: what is shown is theirs.
  const editable = org.can('availability.write', 'own');
  return (
    <Section
      title="Outside calendars"
      description="What is busy there is left out of searches here. Addresses are read every hour."
      actions={
        editable && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add a calendar
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <p className="text-sm text-ink-faint">None. Add one by its iCalendar address, or from an .ics file.</p>
      )}
      {data && data.items.length > 0 && (
        <CardList label="Outside calendars">
          {data.items.map((calendar) => (
            <CalendarRow key={calendar.id} calendar={calendar} editable={editable} />
          ))}
        </CardList>
      )}
      <AddCalendar resourceId={resourceId} open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function CalendarRow({ calendar, editable }: { calendar: Calendar; editable: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const refresh = useChange(org.slug, ['calendars'], (_: void, call) =>
    availabilityApi.refreshCalendar({ org: org.slug, params: { id: calendar.id } }, call),
  );
  const remove = useChange(org.slug, ['calendars'], (_: void, call) =>
    availabilityApi.removeCalendar({ org: org.slug, params: { id: calendar.id } }, call),
  );
  const state = calendar.refreshedAt
    ? `${calendar.events.toLocaleString()} busy times, read ${formatAgo(calendar.refreshedAt)}`
    : 'Not read yet';
  return (
    <li className="flex items-center gap-2 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={calendar.url ?? calendar.name}>
          {calendar.name}
        </p>
        <p className="text-xs text-ink-faint">{calendar.url ? state : `${state}, from a file`}</p>
        {calendar.lastError && <p className="text-xs break-words text-danger">{calendar.lastError}</p>}
      </div>
      {editable && calendar.url && (
        <IconButton
          label={`Read ${calendar.name} now`}
          size="icon-sm"
          busy={refresh.isPending}
          onClick={() =>
            refresh.mutate(undefined, {
              onError: (failure) =>
                toast({ tone: 'danger', title: 'The calendar couldn’t be read', detail: errorText(failure) }),
            })
          }
        >
          <RefreshCw aria-hidden />
        </IconButton>
      )}
      {editable && (
        <IconButton label={`Remove ${calendar.name}`} size="icon-sm" onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${calendar.name}?`}
        description="Its busy times go with it. The calendar itself is not touched."
        action="Remove calendar"
        onConfirm={() =>
          remove
            .mutateAsync(undefined)
            .catch((failure: unknown) =>
              toast({ tone: 'danger', title: 'It couldn’t be removed', detail: errorText(failure) }),
            )
        }
      />
    </li>
  );
}

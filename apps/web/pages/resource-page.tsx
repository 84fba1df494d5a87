import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Archive, ArchiveRestore, ChevronRight, Ellipsis, Pencil, Search } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PersonCalls } from '#features/calls/cascades/web/person-calls.tsx';
import { PersonLists } from '#features/calls/lists/web/person-lists.tsx';
import { Feeds } from '#features/scheduling/availability/web/feeds.tsx';
import { OutsideCalendars } from '#features/scheduling/availability/web/outside-calendars.tsx';
import { TimeOff } from '#features/scheduling/availability/web/time-off.tsx';
import { WeeklyHours } from '#features/scheduling/availability/web/weekly-hours.tsx';
import { PersonalDetails } from '#features/scheduling/personal-details/web/personal-details.tsx';
import type { Resource } from '#features/scheduling/resources/contract.ts';
import { EditResourcePanel } from '#features/scheduling/resources/web/resource-panel.tsx';
import { ResourceOverview } from '#features/scheduling/resources/web/resource-overview.tsx';
import { resourceQuery, resourcesApi } from '#features/scheduling/resources/web/resource-queries.ts';
import { NothingHere } from '../shell/route-error.tsx';
import { UpcomingClaims } from './upcoming-claims.tsx';

const listOf = { person: '/o/$org/people', place: '/o/$org/places', thing: '/o/$org/things' } as const;

/** A person, place or thing: what it is, what it is booked for, when it is at hand. */
export function ResourcePage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/resources/$id' });
  const { data: resource, error, refetch } = useQuery(resourceQuery(org.slug, id));
  if (error instanceof ApiError && error.code === 'not_found') return <NothingHere />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!resource) return <SkeletonRows />;
  const zone = resource.zone ?? org.zone;
  return (
    <>
      <PageHeader
        title={resource.name}
        crumb={
          <>
            <Link to={listOf[resource.kind]} params={{ org: org.slug }} className="hover:text-ink hover:underline">
              {org.can('resources.read') ? capital(org.words[resource.kind].many) : 'My page'}
            </Link>
            <ChevronRight aria-hidden className="size-3" />
          </>
        }
        aside={resource.archivedAt && <Badge>Archived</Badge>}
        actions={<Actions resource={resource} />}
      />
      <Tabs
        key={id}
        label={resource.name}
        className="px-4 pb-12 sm:px-6"
        tabs={[
          {
            value: 'overview',
            label: 'Overview',
            content: <ResourceOverview resource={resource} upcoming={<UpcomingClaims resource={resource} />} />,
          },
          {
            value: 'availability',
            label: 'Availability',
            content: (
              <div className="grid max-w-3xl grid-cols-1 divide-y divide-line">
                <WeeklyHours resourceId={id} zone={zone} />
                <TimeOff resourceId={id} zone={zone} />
              </div>
            ),
          },
          {
            value: 'calendars',
            label: 'Calendars',
            content: (
              <div className="grid max-w-3xl grid-cols-1 divide-y divide-line">
                <OutsideCalendars resourceId={id} />
                <Feeds resourceId={id} name={resource.name} />
              </div>
            ),
          },
          ...(resource.kind === 'person' && org.can('lists.read') ? [listsTab(resource)] : []),
          ...(resource.kind === 'person' && org.can('calls.read') ? [callsTab(resource)] : []),
          ...(resource.kind === 'person' ? [personalTab(resource)] : []),
        ]}
      />
    </>
  );
}

function listsTab({ id, name }: Resource) {
  return { value: 'lists', label: 'Ranked lists', content: <PersonLists resourceId={id} name={name} /> };
}

function callsTab({ id, name }: Resource) {
  return { value: 'calls', label: 'Calls', content: <PersonCalls resourceId={id} name={name} /> };
}

function personalTab({ id, name }: Resource) {
  return { value: 'personal', label: 'Personal', content: <PersonalDetails resourceId={id} name={name} /> };
}

function Actions({ resource }: { resource: Resource }) {
  const org = useOrg();
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const archive = useChange(org.slug, ['resources'], (archived: boolean, call) =>
    resourcesApi.archive({ org: org.slug, params: { id: resource.id }, body: { archived } }, call),
  );
  const archived = resource.archivedAt !== null;
  const setArchived = () =>
    archive.mutate(!archived, {
      onSuccess: () =>
        toast({ tone: 'good', title: archived ? `${resource.name} is back in use` : `${resource.name} is archived` }),
      onError: (failure) =>
        toast({ tone: 'danger', title: `${resource.name} stays as it is`, detail: errorText(failure) }),
    });
  return (
    <>
      {org.can('find.use') && (
        <Button asChild>
          <Link
            to="/o/$org/find"
            params={{ org: org.slug }}
            search={{ kind: resource.kind, skill: resource.skills[0]?.skill }}
          >
            <Search aria-hidden /> Find similar
          </Link>
        </Button>
      )}
      {org.can('resources.write') && (
        <>
          <Button onClick={() => setEditing(true)}>
            <Pencil aria-hidden /> Edit
          </Button>
          <Menu
            trigger={
              <IconButton label="More" variant="secondary">
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem onSelect={setArchived}>
              {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
              {archived ? 'Take back into use' : 'Archive'}
            </MenuItem>
          </Menu>
          <EditResourcePanel resource={resource} open={editing} onOpenChange={setEditing} />
        </>
      )}
    </>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import type { ResourceKind } from '../contract.ts';
import { ResourceFilters } from './resource-filters.tsx';
import { resourceIcons } from './resource-icons.ts';
import { CreateResourcePanel } from './resource-panel.tsx';
import { resourceListQuery } from './resource-queries.ts';
import { readResourceSearch } from './resource-search.ts';
import { ResourceTable } from './resource-table.tsx';

const teaching: Readonly<Record<ResourceKind, string>> = {
  person: 'People are held and booked by time. Give them skills, so that you can search who is free and can do it.',
  place:
    'Places are booked once at a time, and nest: a stage in a room in a building. Their time zone decides what the clock says.',
  thing: 'Things are what you lend, load and drive. One with a number of units is booked until none is left.',
};

/** People, places or things, by name, narrowed in the address. */
export function ResourceList({ kind }: { kind: ResourceKind }) {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readResourceSearch(raw) });
  const [creating, setCreating] = useState(false);
  const q = useSettled(search.q);
  const list = useInfiniteQuery(
    resourceListQuery(org.slug, {
      q,
      skill: search.skill,
      tag: search.tag,
      archived: search.archived ? 'true' : undefined,
      kind,
      limit: 100,
    }),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = list.data?.pages[0]?.total;
  const narrowed = Boolean(q || search.skill || search.tag || search.archived);
  const word = org.words[kind];
  const everything = org.can('resources.read');
  const none = list.isSuccess && rows.length === 0 && !narrowed;
  const actions = org.can('resources.write') && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden /> New {word.one}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={everything ? capital(word.many) : 'My page'}
        aside={none || !everything ? '' : total?.toLocaleString()}
        actions={!none && actions}
      >
        {!none && everything && <ResourceFilters kind={kind} />}
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && <ResourceTable kind={kind} rows={rows} />}
      {list.isSuccess && rows.length === 0 && narrowed && (
        <EmptyState icon={resourceIcons[kind]} title={`No ${word.one} fits`}>
          Nothing matches the search and filters. Take one away to see more.
        </EmptyState>
      )}
      {none && !everything && (
        <EmptyState icon={resourceIcons[kind]} title="Nobody has said who you are">
          Ask an owner of {org.name} to connect your account with the {word.one} that you are. Then you see here what
          you are booked for.
        </EmptyState>
      )}
      {none && everything && (
        <EmptyState
          icon={resourceIcons[kind]}
          title={`No ${word.many} yet`}
          actions={
            <>
              {actions}
              {org.can('imports.run') && (
                <Button asChild>
                  <Link to="/o/$org/import" params={{ org: org.slug }}>
                    <FileUp aria-hidden /> Import a file
                  </Link>
                </Button>
              )}
            </>
          }
        >
          {teaching[kind]}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <CreateResourcePanel
        kind={kind}
        open={creating}
        onOpenChange={setCreating}
        onCreated={({ id }) => void navigate({ to: '/o/$org/resources/$id', params: { org: org.slug, id } })}
      />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListOrdered } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Badge } from '#platform/ui/badge.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import type { PersonGroup } from '../contract.ts';
import { groupKey, groupName, inStanding, standingOf } from '../list-rules.ts';
import { personListsQuery } from './list-queries.ts';
import { StandingBadge } from './standing-badge.tsx';

/** For which skills somebody stands on lists, and their place for readers who see ranks. */
export function PersonLists({ resourceId, name }: { resourceId: string; name: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(personListsQuery(org.slug, resourceId));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} />;
  if (data.groups.length === 0) {
    return (
      <EmptyState icon={ListOrdered} title="On no list">
        {name} is asked for seats by hand only. Put them on the ranked list of what they play or do.
      </EmptyState>
    );
  }
  return (
    <div className="max-w-3xl">
      <CardList label="Ranked lists">
        {data.groups.map((group) => (
          <GroupRow key={groupKey(group)} group={group} today={data.today} />
        ))}
      </CardList>
    </div>
  );
}

function GroupRow({ group, today }: { group: PersonGroup; today: string }) {
  const org = useOrg();
  const shown = inStanding(group.standings, today).filter((standing) => standingOf(standing, today) !== 'past');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-40 truncate font-medium" title={groupName(group)}>
        {groupName(group)}
      </span>
      {group.own && <span className="text-xs text-ink-faint">You don’t see your own rank</span>}
      {!group.own && group.standings.length > 0 && shown.length === 0 && <Badge tone="outline">On ended lists</Badge>}
      {shown.map((standing) => (
        <Link
          key={standing.listId}
          to="/o/$org/lists/$id"
          params={{ org: org.slug, id: standing.listId }}
          className="flex items-center gap-2 rounded-sm hover:underline"
        >
          <span className="tabular-nums">
            {standing.grade}, place {standing.place} of {standing.people}
          </span>
          <StandingBadge list={standing} today={today} />
        </Link>
      ))}
    </li>
  );
}

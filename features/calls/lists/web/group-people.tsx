import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { groupName, type ListGroup } from '../list-rules.ts';
import { groupPeopleQuery } from './list-queries.ts';

/** Who stands on lists of a skill, by name: for readers who see no ranks. */
export function GroupPeople({ group }: { group: ListGroup }) {
  const org = useOrg();
  const { data, error } = useQuery(groupPeopleQuery(org.slug, group));
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <SkeletonRows rows={3} />;
  if (data.items.length === 0)
    return <p className="text-sm text-ink-faint">Nobody stands on an approved list of today.</p>;
  return (
    <ul
      aria-label={`${groupName(group)}, by name`}
      className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-1 text-sm"
    >
      {data.items.map(({ resourceId, name }) => (
        <li key={resourceId} className="min-w-0">
          <Link
            to="/o/$org/resources/$id"
            params={{ org: org.slug, id: resourceId }}
            title={name}
            className="block truncate rounded-sm hover:underline"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

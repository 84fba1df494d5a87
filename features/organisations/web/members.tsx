import { useQuery } from '@tanstack/react-query';
import { meQuery } from '#features/identity/web/session.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { MemberRow } from './member-row.tsx';
import { useOrg } from './org-context.tsx';
import { membersQuery, rolesQuery } from './organisation-queries.ts';

/** Who belongs to the organisation, and as what. */
export function Members() {
  const org = useOrg();
  const { data: me } = useQuery(meQuery);
  const { data: roles } = useQuery(rolesQuery(org.slug));
  const { data, error, refetch } = useQuery(membersQuery(org.slug));
  return (
    <Section title="Members" description="They sign in with their own account. A change of role works within seconds.">
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data?.items.length === 0 && (
        <p className="text-sm text-ink-faint">Nobody yet: only programs with an API key work here.</p>
      )}
      {data && data.items.length > 0 && (
        <CardList label="Members">
          {data.items.map((member) => (
            <MemberRow key={member.userId} member={member} self={member.userId === me?.user?.id} roles={roles} />
          ))}
        </CardList>
      )}
    </Section>
  );
}

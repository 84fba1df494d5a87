import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { ActivityStream } from '#features/engagements/web/page/activity-stream.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { readActivitySearch } from './activity-search.ts';

/** What happened lately, in all dossiers. */
export function ActivityPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const filter = useSearch({ strict: false, select: (raw) => readActivitySearch(raw) });
  return (
    <>
      <PageHeader title="Activity" />
      <div className="max-w-3xl px-4 pb-10 sm:px-6">
        <ActivityStream
          filter={filter}
          onFilter={(search) =>
            void navigate({ to: '/o/$org/activity', params: { org: org.slug }, search, replace: true })
          }
          pack={org.pack}
          zone={org.zone}
        />
      </div>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Archive, FormInput, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { FormBadges } from './form-badges.tsx';
import { formListQuery } from './form-queries.ts';
import { readFormsSearch } from './forms-search.ts';
import { NewForm } from './new-form.tsx';

/** The forms by which anybody may ask for something. */
export function FormsPage() {
  const org = useOrg();
  const { archived = false } = useSearch({ strict: false, select: (raw) => readFormsSearch(raw) });
  const { data, error, refetch } = useQuery(formListQuery(org.slug, archived));
  const [making, setMaking] = useState(false);
  const none = data?.items.length === 0;
  const add = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden /> New form
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Forms"
        description={none ? undefined : `What is sent by them comes to your ${org.words.inquiry.many}.`}
        actions={data && (!none || archived) && add}
      >
        {data && (archived || data.archived > 0) && <ArchivedFilter archived={archived} count={data.archived} />}
      </PageHeader>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {!data && !error && <SkeletonRows rows={4} />}
      {none && archived && (
        <EmptyState icon={Archive} title="No form is archived">
          A form that is no longer needed is archived from its own page. What came in by it stays.
        </EmptyState>
      )}
      {none && !archived && (
        <EmptyState icon={FormInput} title={data.archived > 0 ? 'No forms in use' : 'No forms yet'} actions={add}>
          Ask what you need to know before you answer: people fill it in on their phone, without an account, and it
          comes to your {org.words.inquiry.many}.
        </EmptyState>
      )}
      {data && !none && (
        <div className="px-4 pb-10 sm:px-6">
          <CardList label={archived ? 'Archived forms' : 'Forms'}>
            {data.items.map((form) => (
              <li
                key={form.id}
                className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-sm hover:bg-hover/50"
              >
                <div className="min-w-0 flex-1 basis-60">
                  <Link
                    to="/o/$org/forms/$id"
                    params={{ org: org.slug, id: form.id }}
                    className="block truncate font-medium after:absolute after:inset-0"
                    title={form.title}
                  >
                    {form.title}
                  </Link>
                  <p className="truncate text-xs text-ink-faint">
                    /forms/{org.slug}/{form.slug}
                  </p>
                </div>
                <FormBadges form={form} />
              </li>
            ))}
          </CardList>
        </div>
      )}
      <NewForm open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function ArchivedFilter({ archived, count }: { archived: boolean; count: number }) {
  const org = useOrg();
  const navigate = useNavigate();
  return (
    <Button
      variant="ghost"
      aria-pressed={archived}
      className="aria-pressed:bg-accent-soft aria-pressed:text-on-accent-soft"
      onClick={() =>
        void navigate({
          to: '/o/$org/forms',
          params: { org: org.slug },
          search: { archived: archived ? undefined : true },
          replace: true,
        })
      }
    >
      <Archive aria-hidden /> Archived <span className="font-normal tabular-nums">{count}</span>
    </Button>
  );
}

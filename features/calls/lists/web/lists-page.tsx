import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListOrdered, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { familyOf } from '#features/calls/instruments/instrument-rules.ts';
import { folded } from '#features/imports/rules-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListGroupRow } from '../contract.ts';
import { groupKey, groupName, standingOf } from '../list-rules.ts';
import { ListGroup } from './list-group.tsx';
import { groupsQuery } from './list-queries.ts';
import { readListsSearch, type ListsSearch } from './lists-search.ts';
import { NewList, type NewListValues } from './new-list.tsx';

/** Who is asked first: the lists of every skill, in score order. */
export function ListsPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readListsSearch(raw) });
  const [draft, setDraft] = useState<Partial<NewListValues> | null>(null);
  const { data, error, refetch } = useQuery(groupsQuery(org.slug));
  const narrow = (part: ListsSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const wanted = folded(search.q ?? '').trim();
  const shown = (data?.groups ?? []).filter((group) => folded(groupName(group)).includes(wanted));
  const none = data?.groups.length === 0;
  const over = data?.groups.some(({ lists }) => lists.some((list) => standingOf(list, data.today) === 'past'));
  const mayWrite = org.can('lists.write') && org.can('lists.ranks');
  const add = mayWrite && (
    <Button variant="primary" onClick={() => setDraft({ validFrom: data?.today ?? '' })}>
      <Plus aria-hidden /> New list
    </Button>
  );
  return (
    <>
      <PageHeader title="Ranked lists" aside={data && !none && skillsWords(data.groups)} actions={!none && add}>
        {!none && data && (
          <>
            <SearchInput
              label="Search skills"
              value={search.q ?? ''}
              onValue={(q) => narrow({ q: q || undefined })}
              className="w-full sm:w-72"
            />
            {over && (
              <Button
                aria-pressed={search.past === true}
                onClick={() => narrow({ past: search.past ? undefined : true })}
                className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-on-accent-soft"
              >
                Ended lists too
              </Button>
            )}
          </>
        )}
      </PageHeader>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {!data && !error && <SkeletonRows />}
      {data && (
        <div className="grid gap-6 px-4 pb-10 sm:px-6">
          {[...Map.groupBy(shown, familyWords)].map(([family, groups]) => (
            <section key={family} aria-label={family}>
              <h2 className="mb-2 text-base font-semibold tracking-tight first-letter:uppercase">{family}</h2>
              <div className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
                {groups.map((group) => (
                  <ListGroup
                    key={groupKey(group)}
                    group={group}
                    today={data.today}
                    past={search.past === true}
                    onNew={(grade) => setDraft({ skill: group.skill, kind: group.kind, grade, validFrom: data.today })}
                  />
                ))}
              </div>
            </section>
          ))}
        </div>
      )}
      {data && !none && shown.length === 0 && (
        <EmptyState icon={ListOrdered} title="No list fits">
          No skill with lists is called “{search.q}”.
        </EmptyState>
      )}
      {none && <FirstSteps add={add} />}
      <Dialog open={draft !== null} onOpenChange={(open) => !open && setDraft(null)} title="New list">
        {draft && <NewList values={draft} onDone={() => setDraft(null)} />}
      </Dialog>
    </>
  );
}

function familyWords({ skill }: ListGroupRow): string {
  return familyOf(skill) ?? 'other skills';
}

function skillsWords(groups: readonly ListGroupRow[]): string {
  const skills = new Set(groups.map(({ skill }) => skill)).size;
  return skills === 1 ? '1 skill' : `${skills} skills`;
}

function FirstSteps({ add }: { add: ReactNode }) {
  return (
    <EmptyState icon={ListOrdered} title="Nobody is ranked yet" actions={add}>
      When a seat is open, people are asked in the order of your lists: everybody on the A list first, then B, then C.
      Each skill has its own, for principals and for the section. Draw one up, put people in order, and have it
      approved: from then on it is asked from.
    </EmptyState>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { addDays } from '#platform/time/wall-clock.ts';
import { formatDate } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople, RankedList } from '../contract.ts';
import { groupKey, overlap } from '../list-rules.ts';
import { peopleWords, validityWords } from '../list-words.ts';
import { groupsQuery, listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

/** Approves a draft as it is shown, and says before what becomes of the list that it follows. */
export function ApproveList({ list, onDone }: { list: ListWithPeople; onDone: () => void }) {
  const org = useOrg();
  const { data, error } = useQuery(groupsQuery(org.slug));
  // What was looked at is what is approved.
  const [version] = useState(list.version);
  const approve = useListChange(list.id, (endOthers: boolean, call) =>
    listsApi.approve({ org: org.slug, params: { id: list.id }, body: { version, endOthers } }, call),
  );
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <SkeletonRows rows={2} />;
  const others = data.groups
    .filter((group) => groupKey(group) === groupKey(list))
    .flatMap(({ lists }) => rivals(lists, list));
  const later = others.find(({ validFrom }) => validFrom > list.validFrom);
  return (
    <>
      <div className="grid gap-3 pb-5 text-sm">
        <p>
          {peopleWords(list.people)} will be asked in this order, {validityWords(list, formatDate)}. An approved list
          stays as it is; to change the order, the next one is drawn up from it.
        </p>
        {later ? (
          <p role="alert" className="rounded-md bg-hold-soft px-3 py-2.5 text-on-hold-soft">
            Another {list.grade} list is approved {validityWords(later, formatDate)}. Give this one a last day before{' '}
            {formatDate(later.validFrom)} first.
          </p>
        ) : (
          others.map((other) => <Ended key={other.id} other={other} list={list} />)
        )}
        {approve.error && <ErrorNotice error={approve.error} />}
      </div>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          busy={approve.isPending}
          disabled={later !== undefined}
          onClick={() => approve.mutate(others.length > 0, { onSuccess: onDone })}
        >
          {others.length > 0 && !later ? 'Approve and end the other' : 'Approve'}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Approved ones of its grade that reach into its time. */
function rivals(lists: readonly RankedList[], list: ListWithPeople): RankedList[] {
  return lists.filter(
    (other) => other.id !== list.id && other.grade === list.grade && other.approvedAt !== null && overlap(other, list),
  );
}

function Ended({ other, list }: { other: RankedList; list: ListWithPeople }) {
  return (
    <p className="rounded-md bg-sunken px-3 py-2.5 text-ink-soft">
      The {other.grade} list {validityWords(other, formatDate)} with {peopleWords(other.people)}{' '}
      {other.validFrom === list.validFrom
        ? 'begins on the same day and becomes a draft again.'
        : `ends on ${formatDate(addDays(list.validFrom, -1))}, the day before.`}
    </p>
  );
}

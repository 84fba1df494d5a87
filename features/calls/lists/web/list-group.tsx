import { Link } from '@tanstack/react-router';
import { ChevronDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListGroupRow, RankedList } from '../contract.ts';
import { grades, groupName, inStanding, standingOf, type Grade } from '../list-rules.ts';
import { peopleWords } from '../list-words.ts';
import { GroupPeople } from './group-people.tsx';
import { StandingBadge } from './standing-badge.tsx';

interface ListGroupProps {
  group: ListGroupRow;
  today: string;
  /** Lists that are over, too. */
  past: boolean;
  onNew: (grade: Grade) => void;
}

/** A skill and kind of chair: its A, B and C lists side by side, or who stands on them for readers without ranks. */
export function ListGroup({ group, today, past, onNew }: ListGroupProps) {
  const org = useOrg();
  const ranks = org.can('lists.ranks') && !group.own;
  const name = groupName(group);
  return (
    <section
      aria-label={name}
      className="grid gap-x-4 gap-y-2 px-3 py-3 sm:px-4 lg:grid-cols-[14rem_minmax(0,1fr)] lg:items-start"
    >
      <div className="min-w-0 lg:py-1">
        <h3 className="truncate text-sm font-medium" title={name}>
          {name}
        </h3>
        <p className="text-xs text-ink-faint tabular-nums first-letter:uppercase">{peopleWords(group.people)}</p>
      </div>
      {ranks ? (
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-3">
          {grades.map((grade) => (
            <GradeCell
              key={grade}
              grade={grade}
              group={name}
              today={today}
              lists={inStanding(group.lists, today).filter(
                (list) => list.grade === grade && (past || standingOf(list, today) !== 'past'),
              )}
              onNew={() => onNew(grade)}
            />
          ))}
        </div>
      ) : (
        <WithoutRanks group={group} />
      )}
    </section>
  );
}

interface GradeCellProps {
  grade: Grade;
  group: string;
  lists: readonly RankedList[];
  today: string;
  onNew: () => void;
}

function GradeCell({ grade, group, lists, today, onNew }: GradeCellProps) {
  const org = useOrg();
  return (
    <div className={cn('min-w-0 rounded-md border border-line p-1.5', lists.length === 0 && 'border-dashed')}>
      <p className="flex items-center gap-2 px-1 text-xs font-medium text-ink-faint">
        <span className="min-w-0 flex-1">
          {grade} list{lists.length === 0 && <span className="font-normal">: none</span>}
        </span>
        {org.can('lists.write') && (
          <button
            type="button"
            aria-label={`New ${grade} list: ${group}`}
            title={`New ${grade} list`}
            onClick={onNew}
            className="grid size-6 place-items-center rounded-sm hover:bg-hover hover:text-ink"
          >
            <Plus aria-hidden className="size-3.5" />
          </button>
        )}
      </p>
      <ul>
        {lists.map((list) => (
          <li key={list.id}>
            <Link
              to="/o/$org/lists/$id"
              params={{ org: org.slug, id: list.id }}
              className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 rounded-sm px-1 py-1 text-sm hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate tabular-nums first-letter:uppercase">
                {peopleWords(list.people)}
              </span>
              <StandingBadge list={list} today={today} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function WithoutRanks({ group }: { group: ListGroupRow }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronDown aria-hidden className={cn('transition-transform', open && 'rotate-180')} />
          {open ? 'Hide the names' : 'Who stands here'}
        </Button>
        {group.own && (
          <p className="min-w-0 text-xs text-pretty text-ink-faint">
            You stand here yourself, so somebody else keeps these lists.
          </p>
        )}
      </div>
      {open && (
        <div className="pt-2">
          <GroupPeople group={group} />
        </div>
      )}
    </div>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { LogList } from './log-list.tsx';
import { eventsQuery } from './operator-queries.ts';
import { exactTime } from './when.tsx';

const actions: Readonly<Record<string, string>> = {
  createOrganisation: 'made an organisation',
  suspend: 'suspended',
  resume: 'resumed',
  reopen: 'opened again',
  setPlan: 'changed the plan of',
  move: 'moved',
  runMigrations: 'ran the migrations',
  createKey: 'made a key',
  revokeKey: 'revoked a key',
  makeOperator: 'made somebody an operator',
  endOperator: 'took an operator’s right back',
  resetFactor: 'removed somebody’s second factors',
};

/** What operators did. What concerns an organisation is in its own audit trail too. */
export function LogPage() {
  const list = useInfiniteQuery(eventsQuery());
  return (
    <LogList
      title="Operators’ log"
      description="What operators did here and by the API. What concerns an organisation is in its own audit trail too."
      list={list}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      renderRow={({ id, at, actor, action, organisation, detail, outcome, address }) => (
        <li key={id} className="flex items-start gap-3 px-4 py-2.5 text-sm">
          <div className="min-w-0 flex-1">
            <p className="break-words">
              <span className="font-medium">{actor}</span> {actions[action] ?? action}{' '}
              {organisation?.name && (
                <Link
                  to="/operator/organisations/$id"
                  params={{ id: organisation.id }}
                  className="font-medium hover:underline"
                >
                  {organisation.name}
                </Link>
              )}
            </p>
            <p className="text-xs break-words text-ink-faint">
              {exactTime(at)}
              {address && `, ${address}`}
              {wordsOf(detail, organisation?.name) && `, ${wordsOf(detail, organisation?.name)}`}
            </p>
          </div>
          {outcome !== 'ok' && <Badge tone="danger">Refused</Badge>}
        </li>
      )}
      empty={{ icon: ScrollText, title: 'No operator changed anything yet' }}
    />
  );
}

/** The few details that say something to a person. */
function wordsOf(detail: Record<string, unknown> | null, organisation: string | null | undefined): string {
  const told = ['reason', 'plan', 'name'].flatMap((key) => {
    const value = detail?.[key];
    return typeof value === 'string' && value !== organisation ? [`${key}: ${value}`] : [];
  });
  return told.join(', ');
}

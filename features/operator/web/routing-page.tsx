import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Waypoints } from 'lucide-react';
import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import { Select } from '#platform/ui/select.tsx';
import { LogList } from './log-list.tsx';
import { routingQuery } from './operator-queries.ts';
import { exactTime } from './when.tsx';

const events: Readonly<Record<string, { word: string; tone: BadgeTone }>> = {
  unreachable: { word: 'Became unreachable', tone: 'danger' },
  recovered: { word: 'Answers again', tone: 'good' },
  placed: { word: 'Organisation placed', tone: 'neutral' },
  moved: { word: 'Organisation moved', tone: 'accent' },
};

const options = [
  { value: 'all', label: 'Every event' },
  ...Object.entries(events).map(([value, { word }]) => ({ value, label: word })),
];

/** Where requests went, and what stood in their way. */
export function RoutingPage() {
  const { event } = useSearch({ from: '/operator/routing' });
  const navigate = useNavigate();
  const list = useInfiniteQuery(routingQuery({ event }));
  const choose = (value: string) =>
    void navigate({ to: '.', search: value === 'all' ? {} : { event: value }, replace: true });
  return (
    <LogList
      title="Routing"
      description="Databases that fell silent and came back, and organisations that found or changed their place."
      filters={<Select aria-label="Event" className="w-52" value={event ?? 'all'} onValue={choose} options={options} />}
      list={list}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      renderRow={({ id, at, database, organisation, event: what, detail }) => (
        <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
          <div className="min-w-0 flex-1 basis-56">
            <p className="font-medium break-all">
              {organisation && (
                <>
                  <Link
                    to="/operator/organisations/$id"
                    params={{ id: organisation.id }}
                    className="break-words hover:underline"
                  >
                    {organisation.name}
                  </Link>
                  {' in '}
                </>
              )}
              {database}
            </p>
            <p className="text-xs break-words text-ink-faint">
              {exactTime(at)}
              {detail && `, ${detail}`}
            </p>
          </div>
          <Badge tone={events[what]?.tone}>{events[what]?.word ?? what}</Badge>
        </li>
      )}
      empty={{ icon: Waypoints, title: 'Nothing happened yet' }}
    />
  );
}

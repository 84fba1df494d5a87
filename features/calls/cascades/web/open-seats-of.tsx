import { Link } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Cascade } from '../cascade-contract.ts';
import { cascadeStateWords } from './cascade-words.ts';
import type { OpenNeed } from './open-seat-queries.ts';
import { openWords } from './uncalled-needs.tsx';

interface OpenSeatsOfProps {
  /** Needs of one engagement. */
  items: readonly OpenNeed[];
  cascadeOf: (needId: string) => Cascade | undefined;
  onStart: (item: OpenNeed) => void;
}

/** What one engagement lacks. */
export function OpenSeatsOf({ items, cascadeOf, onStart }: OpenSeatsOfProps) {
  const org = useOrg();
  const now = useMinute();
  const [first] = items;
  if (!first) return null;
  const { engagementTitle, need, startsAt } = first;
  const zone = first.services[0]?.zone ?? org.zone;
  return (
    <section aria-label={engagementTitle}>
      <div className="mb-1.5 flex min-w-0 flex-wrap items-baseline gap-x-3">
        <h2 className="max-w-full min-w-0 truncate text-base font-semibold tracking-tight" title={engagementTitle}>
          <Link
            to="/o/$org/engagements/$id"
            params={{ org: org.slug, id: need.engagementId }}
            search={{ tab: 'calls' }}
            className="hover:underline"
          >
            {engagementTitle}
          </Link>
        </h2>
        <span className="text-xs text-ink-faint tabular-nums">
          {formatTime(startsAt, zone, 'date')}, {formatAgo(startsAt, now)}
        </span>
      </div>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {items.map((item) => (
          <Row key={item.need.id} item={item} cascade={cascadeOf(item.need.id)} onStart={() => onStart(item)} />
        ))}
      </ul>
    </section>
  );
}

function Row({ item, cascade, onStart }: { item: OpenNeed; cascade: Cascade | undefined; onStart: () => void }) {
  const org = useOrg();
  const { need, services } = item;
  const live = cascade?.state === 'running' || cascade?.state === 'paused';
  const state = cascade ? cascadeStateWords[cascade.state] : null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-3 py-2 sm:grid-cols-[14rem_minmax(0,1fr)_8rem_6.5rem] sm:px-4">
      <div className="min-w-0">
        <p className="truncate text-sm font-medium" title={need.title}>
          {need.title}
        </p>
        <p className="truncate text-xs text-ink-soft">{openWords(item)}</p>
      </div>
      <ul
        aria-label={`Services of ${need.title}`}
        className="col-span-2 row-start-2 flex flex-wrap gap-1 sm:col-span-1 sm:row-start-1 sm:col-start-2"
      >
        {services.slice(0, shownServices).map(({ id, startsAt, zone, open }) => (
          <li key={id}>
            <Badge tone="outline" className="tabular-nums">
              {formatTime(startsAt, zone, 'day')} · {open}
            </Badge>
          </li>
        ))}
        {services.length > shownServices && (
          <li className="text-xs leading-5 text-ink-faint">and {services.length - shownServices} more</li>
        )}
      </ul>
      <div className="justify-self-start max-sm:order-last max-sm:col-span-2">
        {state && cascade && (
          <Badge tone={cascade.state === 'done' ? 'danger' : state.tone} title={state.means}>
            {cascade.state === 'done' ? 'Open again' : state.label}
          </Badge>
        )}
        {!state && org.can('calls.read') && <Badge tone="outline">Nobody called</Badge>}
      </div>
      <div className="row-start-1 justify-self-end max-sm:col-start-2 sm:col-start-4">
        {org.can('calls.run') && !live && (
          <Button size="sm" aria-label={`Call for ${need.title}, ${item.engagementTitle}`} onClick={onStart}>
            <Megaphone aria-hidden /> Call…
          </Button>
        )}
      </div>
    </li>
  );
}

/** Of more, the number is enough: the engagement’s page has them all. */
const shownServices = 6;

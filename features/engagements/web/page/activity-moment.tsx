import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { cn } from '#platform/ui/class-names.ts';
import { activityParts, type Moment } from '#features/history/activity-rules.ts';
import type { Activity } from '#features/history/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { HistoryActions } from './history-actions.tsx';

export type ToldActivity = Activity & { sentence: string };

/** As many as one reads at a glance; a template brings thirty tasks at once. */
const atFirst = 6;

interface ActivityMomentProps {
  moment: Moment<ToldActivity>;
  /** The engagement whose stream it is; absent in that of the organisation. */
  within: string | undefined;
  /** The instant that is looked at, when it isn't now. */
  at?: string;
}

/** What one person did within a minute: each a sentence, with the ways back. */
export function ActivityMoment({ moment: { items, at: when }, within, at }: ActivityMomentProps) {
  const org = useOrg();
  const [all, setAll] = useState(false);
  const [first] = items;
  if (!first) return null;
  const who = first.realActorName ? `${first.realActorName} (support)` : first.actorName;
  // Hiding one or two would save nothing.
  const long = items.length > atFirst + 2;
  const shown = all || !long ? items : items.slice(0, atFirst);
  return (
    <li className="text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold break-words">{who}</span>
        {!within && <Where item={first} />}
        <time
          dateTime={when}
          title={formatTime(when, org.zone, 'dateTime')}
          className="ml-auto shrink-0 text-ink-faint tabular-nums"
        >
          {formatAgo(when)}
        </time>
      </p>
      <ul className="mt-1 border-l-2 border-line pl-3">
        {shown.map((item) => (
          <Line key={item.id} item={item} {...(at !== undefined && { at })} />
        ))}
      </ul>
      {long && (
        <button
          type="button"
          aria-expanded={all}
          className="min-h-7 text-xs text-accent hover:underline"
          onClick={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `And ${items.length - atFirst} more`}
        </button>
      )}
    </li>
  );
}

function Where({ item }: { item: Activity }) {
  const org = useOrg();
  if (!item.engagementId) return null;
  return item.engagementTitle ? (
    <Link
      to="/o/$org/engagements/$id"
      params={{ org: org.slug, id: item.engagementId }}
      search={{ tab: tabOf(item) }}
      className="min-w-0 truncate text-accent hover:underline"
      title={item.engagementTitle}
    >
      {item.engagementTitle}
    </Link>
  ) : (
    <span className="text-ink-faint">{`a ${org.words.engagement.one} that is gone`}</span>
  );
}

/** Where it can be looked at. */
function tabOf({ part }: Activity): string {
  return part === 'people' ? 'roster' : part;
}

function Line({ item, at }: { item: ToldActivity; at?: string }) {
  const org = useOrg();
  const later = at !== undefined && item.at > at;
  const current = at === item.at;
  return (
    <li
      aria-current={current || undefined}
      className={cn(
        '-mx-2 flex items-start gap-2 rounded-md px-2',
        later && 'text-ink-faint',
        current && 'bg-hold-soft text-on-hold-soft',
      )}
    >
      <span className="min-w-0 flex-1 py-1 break-words">
        {item.sentence}
        {item.reason && <span className={later || current ? '' : 'text-ink-soft'}>: “{item.reason}”</span>}
      </span>
      <span className={cn('shrink-0 py-1.5 text-xs max-sm:hidden', !current && 'text-ink-faint')}>
        {activityParts[item.part].label}
      </span>
      {item.engagementId && item.engagementTitle && org.can('history.read') && (
        <HistoryActions engagementId={item.engagementId} change={item} sentence={item.sentence} />
      )}
    </li>
  );
}

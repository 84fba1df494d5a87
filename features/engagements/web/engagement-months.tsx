import { Link } from '@tanstack/react-router';
import { MapPin } from 'lucide-react';
import { useMemberName } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatDate, formatTime, zoneNote } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { formatMoney } from '#platform/text/money.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { Engagement } from '../contract.ts';
import { StageBadge } from './stage-badge.tsx';

/** Engagements under the month they begin in, by the clock of their place. */
export function EngagementMonths({ rows }: { rows: readonly Engagement[] }) {
  const org = useOrg();
  const nameOf = useMemberName();
  const months = new Map<string, Engagement[]>();
  for (const row of rows) {
    const month = toWallClock(row.startsAt, row.zone ?? org.zone).date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), row]);
  }
  return (
    <div className="border-t border-line bg-surface">
      {[...months].map(([month, engagements]) => (
        <section key={month} aria-labelledby={`month-${month}`}>
          <h2
            id={`month-${month}`}
            className="sticky top-13 z-10 border-b border-line bg-sunken px-4 py-1.5 text-xs font-semibold text-ink-soft sm:px-6 lg:top-0"
          >
            {formatDate(`${month}-15`, 'month')}
          </h2>
          <ul className="divide-y divide-line border-b border-line">
            {engagements.map((engagement, index) => (
              <Row
                key={engagement.id}
                engagement={engagement}
                lead={nameOf(engagement.leadUserId)}
                sameDay={sameDay(engagement, engagements[index - 1], org.zone)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface RowProps {
  engagement: Engagement;
  /** Who is responsible. */
  lead: string | undefined;
  sameDay: boolean;
}

function Row({ engagement, lead, sameDay: repeated }: RowProps) {
  const org = useOrg();
  const { id, title, startsAt, placeName, seriesName, stage, pack } = engagement;
  const zone = engagement.zone ?? org.zone;
  const wall = toWallClock(startsAt, zone);
  const note = zoneNote(zone, org.zone);
  const hours = hoursOf(engagement, zone);
  return (
    <li className="relative flex min-h-14 items-center gap-3 px-4 py-2 text-sm hover:bg-hover/60 sm:gap-5 sm:px-6">
      <time
        dateTime={startsAt}
        className={repeated ? 'w-11 shrink-0 text-center opacity-0' : 'w-11 shrink-0 text-center'}
      >
        <span className="block text-lg leading-5 font-semibold tracking-tight tabular-nums">
          {Number(wall.date.slice(8))}
        </span>
        <span className="block text-2xs text-ink-faint">{formatTime(startsAt, zone, 'weekday')}</span>
      </time>
      <div className="min-w-0 flex-1">
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id }}
          title={title}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {title}
        </Link>
        <span className="flex min-w-0 flex-wrap gap-x-2 text-xs text-ink-faint sm:flex-nowrap">
          <span className="min-w-0 tabular-nums sm:shrink-0">
            {hours}
            {note && `, ${note}`}
          </span>
          {placeName && <span className="truncate lg:hidden">{placeName}</span>}
          {seriesName && seriesName !== title && <span className="hidden truncate sm:inline">{seriesName}</span>}
        </span>
      </div>
      <span className="hidden w-56 min-w-0 items-center gap-1.5 text-ink-soft lg:flex" title={placeName ?? undefined}>
        {placeName && <MapPin aria-hidden className="size-3.5 shrink-0 text-ink-faint" />}
        <span className="truncate">{placeName}</span>
      </span>
      {org.can('engagements.value') && (
        <span className="hidden w-28 shrink-0 text-right text-ink-soft tabular-nums xl:block">
          {engagement.valueMinor !== null &&
            engagement.valueCurrency !== null &&
            formatMoney(engagement.valueMinor, engagement.valueCurrency)}
        </span>
      )}
      <span className="hidden w-32 min-w-0 truncate text-ink-soft xl:block" title={lead}>
        {lead}
      </span>
      <span className="flex shrink-0 justify-end sm:w-28">
        <StageBadge pack={pack} stage={stage} />
      </span>
    </li>
  );
}

/** The day is written once for all that begins on it. */
function sameDay(engagement: Engagement, before: Engagement | undefined, orgZone: string): boolean {
  if (!before) return false;
  return (
    toWallClock(engagement.startsAt, engagement.zone ?? orgZone).date ===
    toWallClock(before.startsAt, before.zone ?? orgZone).date
  );
}

/** An evening that ends after midnight still reads as one: 10 PM – 12:30 AM. */
const evening = 18 * 3_600_000;

function hoursOf({ startsAt, endsAt }: Engagement, zone: string): string {
  const long = Date.parse(endsAt) - Date.parse(startsAt) > evening;
  return long ? rangeText(startsAt, endsAt, zone, zone) : `${formatTime(startsAt, zone)} – ${formatTime(endsAt, zone)}`;
}

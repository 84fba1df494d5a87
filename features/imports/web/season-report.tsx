import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { CardList } from '#platform/ui/table.tsx';
import type { SeasonReport } from '../contract.ts';

/** The concerts of this import are in New York, whose clock the report shows. */
const zone = 'America/New_York';
const shownConflicts = 200;

/** What a season brought, and each claim that was refused, with both sides. */
export function SeasonReportView({ report }: { report: SeasonReport }) {
  const figures = [
    { label: 'programmes', value: report.programmes },
    { label: 'concerts', value: report.concerts },
    { label: 'venues', value: report.venues },
    { label: 'people', value: report.people },
    { label: 'bookings', value: report.commits },
    { label: 'new records', value: report.created },
  ];
  return (
    <>
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-6">
        {figures.map(({ label, value }) => (
          <div key={label} className="flex flex-col-reverse bg-surface px-3 py-2.5">
            <dt className="truncate text-xs text-ink-faint">{label}</dt>
            <dd className="text-lg font-semibold tracking-tight tabular-nums">{value.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {report.created === 0 && (
        <p className="mt-3 text-sm text-ink-soft">Everything was there already: nothing changed.</p>
      )}
      <Conflicts conflicts={report.conflicts} />
      {report.untimed.length > 0 && (
        <section className="mt-6">
          <h2 className="text-sm font-semibold">Without a time</h2>
          <p className="mb-2 text-sm text-ink-soft">
            The source names no hour for these, so they are pencilled for the whole day.
          </p>
          <CardList label="Concerts without a time">
            {report.untimed.map((concert) => (
              <li key={`${concert.title} ${concert.date}`} className="flex gap-3 px-3 py-2 text-sm">
                <span className="min-w-0 flex-1 truncate">{concert.title}</span>
                <span className="shrink-0 text-ink-faint tabular-nums">{formatTime(concert.date, 'UTC', 'date')}</span>
              </li>
            ))}
          </CardList>
        </section>
      )}
    </>
  );
}

function Conflicts({ conflicts }: { conflicts: SeasonReport['conflicts'] }) {
  if (conflicts.length === 0)
    return (
      <p className="mt-3 text-sm text-ink-soft">No conflicts: everyone and every hall is booked once at a time.</p>
    );
  return (
    <section className="mt-6">
      <h2 className="text-sm font-semibold">
        {conflicts.length === 1 ? 'One conflict' : `${conflicts.length} conflicts`}
      </h2>
      <p className="mb-2 text-sm text-pretty text-ink-soft">
        Each of these would have booked somebody or some place twice. The first that came stands; the other was not
        booked, and nothing was dropped silently.
      </p>
      <CardList label="Conflicts">
        {conflicts.slice(0, shownConflicts).map((conflict) => (
          <li
            key={`${conflict.resourceId} ${conflict.startsAt} ${conflict.engagements[0]?.id}`}
            className="px-3 py-2.5 text-sm"
          >
            <div className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{conflict.resource}</span>
              <span className="text-ink-faint tabular-nums">
                {formatTime(conflict.startsAt, zone, 'dateTime')} to {formatTime(conflict.endsAt, zone)}, New York time
              </span>
            </div>
            <ul className="mt-1.5 grid gap-1">
              {conflict.engagements.map((engagement, index) => (
                <li key={engagement.id} className="flex min-w-0 items-center gap-2">
                  <Badge tone={index === 0 ? 'danger' : 'accent'} className="w-19 shrink-0 justify-center">
                    {index === 0 ? 'not booked' : 'stands'}
                  </Badge>
                  <span className="min-w-0 flex-1 truncate" title={engagement.title}>
                    {engagement.title}
                  </span>
                  <span className="shrink-0 text-xs text-ink-faint tabular-nums">
                    {formatTime(engagement.startsAt, zone, 'dateTime')}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </CardList>
      {conflicts.length > shownConflicts && (
        <p className="mt-2 text-xs text-ink-faint">The first {shownConflicts} are shown.</p>
      )}
    </section>
  );
}

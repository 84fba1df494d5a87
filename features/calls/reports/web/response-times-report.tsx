import { useQuery } from '@tanstack/react-query';
import { Timer } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Td, Th } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Answering, ReportQuery, ResponseTimes } from '../contract.ts';
import { PeopleTable } from './people-table.tsx';
import { responseTimesQuery } from './report-queries.ts';
import { durationWords, percent, periodWords } from './report-words.ts';
import { WhenSent } from './when-sent.tsx';

/** How fast and how reliably calls are answered: by everybody, by when they are sent, by person. */
export function ResponseTimesReport({ query }: { query: ReportQuery }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(responseTimesQuery(org.slug, query));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  if (data.all.asked === 0) {
    return (
      <EmptyState icon={Timer} title="No answers to measure">
        Once calls are answered, this shows how long people take, and at what time of the week they answer best.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-6">
      <p className="text-sm text-ink-soft">{periodWords(data)}</p>
      <Figures all={data.all} />
      <div className="grid gap-6 lg:grid-cols-2">
        <WhenSent
          title="By weekday of sending"
          rows={data.weekdays.map(({ weekday, ...row }) => ({ label: weekdays[weekday - 1] ?? '', ...row }))}
        />
        <WhenSent
          title="By hour of sending"
          rows={data.hours.map(({ hour, ...row }) => ({ label: `${hourText(hour)}–${hourText(hour + 3)}`, ...row }))}
        />
      </div>
      <People people={data.people} />
    </div>
  );
}

const hourText = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function Figures({ all }: { all: Answering }) {
  const figures = [
    ['Calls', all.asked.toLocaleString()],
    ['Answered in time', percent(all.inTime / all.asked)],
    ['Accepted', percent(all.accepted / all.asked)],
    ['Median', durationWords(all.medianMinutes)],
    ['Nine of ten within', durationWords(all.p90Minutes)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card sm:grid-cols-5">
      {figures.map(([label, value]) => (
        <div key={label} className="bg-surface px-4 py-3 first:col-span-2 sm:first:col-span-1">
          <dt className="truncate text-xs text-ink-faint">{label}</dt>
          <dd className="text-lg font-semibold tracking-tight tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function People({ people }: { people: ResponseTimes['people'] }) {
  const figure = 'text-right tabular-nums';
  return (
    <section aria-label="By person">
      <h2 className="mb-2 text-base font-semibold tracking-tight">By person</h2>
      <PeopleTable
        label="Response times by person"
        rows={people}
        head={
          <>
            <Th className="w-[40%] sm:w-auto">Name</Th>
            <Th className="w-16 text-right sm:w-24">Calls</Th>
            <Th className="w-20 text-right sm:w-28">In time</Th>
            <Th className="hidden w-28 text-right sm:table-cell">Accepted</Th>
            <Th className="text-right sm:w-28">Median</Th>
            <Th className="hidden w-36 text-right md:table-cell">Nine of ten within</Th>
          </>
        }
        renderCells={(row) => (
          <>
            <Td className={figure}>{row.asked}</Td>
            <Td className={figure}>{percent(row.inTime / row.asked)}</Td>
            <Td className={`hidden sm:table-cell ${figure}`}>{percent(row.accepted / row.asked)}</Td>
            <Td className={figure}>{durationWords(row.medianMinutes)}</Td>
            <Td className={`hidden md:table-cell ${figure}`}>{durationWords(row.p90Minutes)}</Td>
          </>
        )}
      />
    </section>
  );
}

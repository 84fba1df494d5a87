import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { formatTime } from '#platform/time/format.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useMediaQuery } from '#features/scheduling/claims/web/use-media-query.ts';
import { missesMinutes, type AttendanceSheet, type AttendedService, type NewMark } from '../contract.ts';
import { nearestService } from '../attendance-rules.ts';
import { AttendanceGrid } from './attendance-grid.tsx';
import { attendanceQuery, useMarks } from './attendance-queries.ts';
import { MarkDialog, type Marked } from './mark-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';

/** Who was at which service of an engagement: noted by keys, by touch, for one or a whole section. */
export function AttendanceTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(attendanceQuery(org.slug, engagement.id));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  if (data.services.length === 0 || data.people.length === 0) {
    const [title, tab, what] =
      data.services.length === 0
        ? (['No services yet', 'schedule', 'To the schedule'] as const)
        : (['Nobody has a seat yet', 'seats', 'To the seats'] as const);
    return (
      <EmptyState
        icon={ClipboardCheck}
        title={title}
        actions={
          <Button asChild>
            <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: engagement.id }} search={{ tab }}>
              {what}
            </Link>
          </Button>
        }
      >
        Once people sit on the seats of rehearsals and concerts, note here who was there. Everybody counts as present
        until somebody says otherwise.
      </EmptyState>
    );
  }
  return <Noting engagement={engagement} sheet={data} />;
}

function Noting({ engagement, sheet }: { engagement: Engagement; sheet: AttendanceSheet }) {
  const org = useOrg();
  const phone = !useMediaQuery('(min-width: 640px)');
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<{ report: AttendedService } | { marks: Marked } | null>(null);
  const toast = useToast();
  const save = useMarks(engagement.id);
  const mayWrite = org.can('attendance.write');
  const one = chosen ?? (phone ? nearestService(sheet.services, Date.now()) : 'all');
  const services = one === 'all' ? sheet.services : sheet.services.filter(({ id }) => id === one);
  const note = (marks: NewMark[]) =>
    save.mutate(marks, {
      onError: (error) => toast({ tone: 'danger', title: 'Nothing was noted', detail: errorText(error) }),
    });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <Select
          aria-label="Services shown"
          className="w-full sm:w-72"
          value={one}
          onValue={setChosen}
          options={[{ value: 'all', label: 'All services' }, ...sheet.services.map(optionOf)]}
        />
        {mayWrite && (
          <p className="hidden text-xs text-ink-faint md:block">
            Arrow keys move. <Key>P</Key> present, <Key>L</Key> late, <Key>E</Key> left early, <Key>X</Key> excused,{' '}
            <Key>A</Key> absent.
          </p>
        )}
      </div>
      <AttendanceGrid
        services={services}
        people={sheet.people}
        mayWrite={mayWrite}
        onReport={(report) => setDialog({ report })}
        onOpen={(marks) => setDialog({ marks })}
        onNote={({ service, people }, status) => {
          // How many minutes, somebody has to say.
          if (missesMinutes(status)) return setDialog({ marks: { service, people, status } });
          note(
            people.map(({ resourceId, mark }) => ({
              resourceId,
              scheduleItemId: service.id,
              status,
              minutes: 0,
              note: mark.note,
              version: mark.version,
            })),
          );
        }}
      />
      <MarkDialog
        marked={dialog && 'marks' in dialog ? dialog.marks : null}
        engagementId={engagement.id}
        onClose={() => setDialog(null)}
      />
      <ReportDialog service={dialog && 'report' in dialog ? dialog.report : null} onClose={() => setDialog(null)} />
    </>
  );
}

function Key({ children }: { children: string }) {
  return <kbd className="rounded-sm border border-line px-1 font-sans text-ink-soft">{children}</kbd>;
}

function optionOf({ id, kind, title, startsAt, zone }: AttendedService) {
  return {
    value: id,
    label: `${formatTime(startsAt, zone, 'day')}, ${formatTime(startsAt, zone)}: ${title || kindLabel(kind)}`,
  };
}

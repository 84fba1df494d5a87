import { useRef, type KeyboardEvent } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { cn } from '#platform/ui/class-names.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { skillName } from '#features/calls/instruments/skill-rules.ts';
import { countThere, marksAt, sectionsOf } from '../attendance-rules.ts';
import { statusKeys } from '../attendance-words.ts';
import type { AttendanceStatus, AttendedService, Attendee } from '../contract.ts';
import type { Marked } from './mark-dialog.tsx';
import { MarkCell, SectionCell } from './mark-cell.tsx';

interface GridProps {
  services: readonly AttendedService[];
  people: readonly Attendee[];
  mayWrite: boolean;
  onReport: (service: AttendedService) => void;
  onOpen: (marked: Marked) => void;
  onNote: (marked: Omit<Marked, 'status'>, status: AttendanceStatus) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** People down, services across. */
export function AttendanceGrid({ services, people, mayWrite, onReport, onOpen, onNote }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  const sections = sectionsOf(people);
  const wide = services.length === 1;
  const move = (event: KeyboardEvent) => {
    const [down, across] = steps[event.key] ?? [];
    const cell = event.target instanceof HTMLElement ? event.target.closest('td') : null;
    if (down === undefined || across === undefined || !cell) return;
    event.preventDefault();
    neighbour(table.current, cell, down, across)?.focus();
  };
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card print:shadow-none">
      <table
        ref={table}
        aria-label="Attendance"
        className={cn('border-separate border-spacing-0 text-sm', wide ? 'w-full table-fixed' : 'min-w-full')}
        onKeyDown={move}
      >
        <thead>
          <tr>
            <th
              scope="col"
              className={cn(
                'sticky left-0 z-10 border-b border-line bg-surface px-3 text-left text-xs font-medium text-ink-faint',
                !wide && 'w-44 min-w-32',
              )}
            >
              Person
            </th>
            {services.map((service) => (
              <ServiceHead key={service.id} service={service} mayWrite={mayWrite} onReport={onReport} />
            ))}
          </tr>
        </thead>
        {sections.map(({ skill, people: members }) => (
          <tbody key={skill}>
            <tr>
              <th
                scope="rowgroup"
                className="sticky left-0 z-10 border-b border-line bg-sunken px-3 py-1.5 text-left text-xs font-semibold"
              >
                {skillName(skill)}
              </th>
              {services.map((service) => {
                const marks = marksAt(members, service.id);
                return (
                  <SectionCell
                    key={service.id}
                    label={`${skillName(skill)}, ${nameOf(service)}`}
                    there={countThere(marks)}
                    of={marks.length}
                    {...(mayWrite && marks.length > 1
                      ? { onOpen: () => onOpen({ service, people: marks, section: skillName(skill) }) }
                      : {})}
                  />
                );
              })}
            </tr>
            {members.map((person) => (
              <tr key={person.resourceId} className="group">
                <th
                  scope="row"
                  className="sticky left-0 z-10 max-w-44 border-b border-line bg-surface px-3 py-1 text-left font-normal group-last:border-line"
                >
                  <span className="block truncate" title={person.name}>
                    {person.name}
                  </span>
                </th>
                {services.map((service) => {
                  const [at] = marksAt([person], service.id);
                  const marked = at && { service, people: [at] };
                  return (
                    <MarkCell
                      key={service.id}
                      wide={wide}
                      label={`${person.name}, ${nameOf(service)}`}
                      mark={at?.mark}
                      cancelled={service.report.cancelledAt !== null}
                      {...(mayWrite && marked
                        ? {
                            onOpen: () => onOpen(marked),
                            onKey: (key: string) => {
                              const status = statusKeys[key.toLowerCase()];
                              if (status) onNote(marked, status);
                              return status !== undefined;
                            },
                          }
                        : {})}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The next button in a direction; cells without one are passed over. */
function neighbour(table: HTMLTableElement | null, cell: HTMLTableCellElement, down: number, across: number) {
  const rows = [...(table?.rows ?? [])];
  let row = rows.findIndex((each) => each.contains(cell)) + down;
  let column = cell.cellIndex + across;
  while (rows[row] && column > 0 && column < (rows[row]?.cells.length ?? 0)) {
    const button = rows[row]?.cells[column]?.querySelector('button');
    if (button) return button;
    row += down;
    column += across;
  }
  return undefined;
}

function nameOf({ title, kind, startsAt, zone }: AttendedService): string {
  return `${title || kindLabel(kind)}, ${formatTime(startsAt, zone, 'day')}`;
}

function ServiceHead({
  service,
  mayWrite,
  onReport,
}: {
  service: AttendedService;
  mayWrite: boolean;
  onReport: (service: AttendedService) => void;
}) {
  const { title, kind, startsAt, endsAt, zone, report } = service;
  const ended = report.endedAt !== null && report.endedAt !== endsAt;
  const inside = (
    <>
      <span className="block truncate font-medium text-ink" title={title || kindLabel(kind)}>
        {title || kindLabel(kind)}
      </span>
      <span className="block whitespace-nowrap text-ink-soft">{formatTime(startsAt, zone, 'day')}</span>
      <span className="block whitespace-nowrap tabular-nums">
        {formatTime(startsAt, zone)} – {formatTime(report.endedAt ?? endsAt, zone)}
        {ended && <span className="ml-1 text-on-hold-soft">actual</span>}
      </span>
      {report.cancelledAt && <span className="block font-medium text-danger">Called off</span>}
    </>
  );
  const looks = 'block w-full min-w-0 rounded-md px-2 py-1.5 text-left text-xs';
  return (
    <th
      scope="col"
      className="max-w-40 min-w-28 border-b border-l border-line p-0.5 align-top font-normal text-ink-faint"
    >
      {mayWrite ? (
        <button
          type="button"
          aria-label={`How it went: ${nameOf(service)}`}
          className={cn(looks, 'hover:bg-hover')}
          onClick={() => onReport(service)}
        >
          {inside}
        </button>
      ) : (
        <div className={looks}>{inside}</div>
      )}
    </th>
  );
}

import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { ApiError } from '#platform/client/client.ts';
import { formatRange, formatTime, zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AttendedService } from '../contract.ts';
import { attendanceApi, attendanceTables } from './attendance-queries.ts';

/** When a service really began and ended, or that it was called off. */
export function ReportDialog({ service, onClose }: { service: AttendedService | null; onClose: () => void }) {
  const org = useOrg();
  return (
    <Dialog
      open={service !== null}
      onOpenChange={(open) => !open && onClose()}
      title={service ? service.title || kindLabel(service.kind) : ''}
      description={
        service &&
        `Planned ${formatRange(service.startsAt, service.endsAt, service.zone)} ${zoneNote(service.zone, org.zone)}`
      }
    >
      {service && <ReportForm key={service.id} service={service} onDone={onClose} />}
    </Dialog>
  );
}

function ReportForm({ service, onDone }: { service: AttendedService; onDone: () => void }) {
  const org = useOrg();
  // As it was when the dialog opened: the version belongs to these values.
  const [{ version, ...before }] = useState(service.report);
  const [report, setReport] = useState(before);
  const set = (part: Partial<typeof report>) => setReport((now) => ({ ...now, ...part }));
  const save = useChange(org.slug, attendanceTables, (body: typeof report & { version: number }, call) =>
    attendanceApi.report({ org: org.slug, params: { id: service.id }, body }, call),
  );
  const fields = save.error instanceof ApiError ? save.error.fields : [];
  const errorOf = (field: string) => fields.find((each) => each.field === field)?.message;
  const off = report.cancelledAt !== null;
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...report, version }, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={off}
            onChange={({ target }) =>
              set(
                target.checked ? { cancelledAt: nowInstant(), startedAt: null, endedAt: null } : { cancelledAt: null },
              )
            }
          />
          It was called off
        </label>
        {off ? (
          <Time
            label="Called off"
            hint="Who had a seat is paid by how short the notice was, as the pay scale says."
            service={service}
            value={report.cancelledAt}
            error={errorOf('cancelledAt')}
            onValue={(cancelledAt) => set({ cancelledAt })}
          />
        ) : (
          <>
            <Time
              label="Began"
              planned={service.startsAt}
              service={service}
              value={report.startedAt}
              error={errorOf('startedAt')}
              onValue={(startedAt) => set({ startedAt })}
            />
            <Time
              label="Ended"
              planned={service.endsAt}
              hint="Overtime is counted to here."
              service={service}
              value={report.endedAt}
              error={errorOf('endedAt')}
              onValue={(endedAt) => set({ endedAt })}
            />
          </>
        )}
        <FieldFrame label="Notes" optional>
          {(control) => (
            <Textarea
              {...control}
              maxLength={2_000}
              value={report.notes}
              onChange={({ target }) => set({ notes: target.value })}
            />
          )}
        </FieldFrame>
        {save.error && fields.length === 0 && <ErrorNotice error={save.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={save.isPending}>
        Save
      </SubmitFooter>
    </form>
  );
}

interface TimeProps {
  label: string;
  service: AttendedService;
  value: string | null;
  onValue: (value: string | null) => void;
  /** What holds while nothing is said. */
  planned?: string;
  hint?: string;
  error: string | undefined;
}

function Time({ label, service: { zone }, value, onValue, planned, hint, error }: TimeProps) {
  const [typing, setTyping] = useState(value !== null);
  if (planned !== undefined && !typing) {
    return (
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="font-medium">{label}</span>
        <span className="text-ink-soft">as planned, at {formatTime(planned, zone)}</span>
        <Button
          size="sm"
          aria-label={`${label}: another time`}
          onClick={() => {
            setTyping(true);
            onValue(planned);
          }}
        >
          Another time
        </Button>
      </div>
    );
  }
  return (
    <FieldFrame label={label} hint={hint} error={error} group>
      {(control) => (
        <div className="flex items-start gap-2">
          <DateTimeField {...control} className="flex-1" label={label} zone={zone} value={value} onValue={onValue} />
          {planned !== undefined && (
            <Button
              onClick={() => {
                setTyping(false);
                onValue(null);
              }}
            >
              As planned
            </Button>
          )}
        </div>
      )}
    </FieldFrame>
  );
}

function nowInstant(): string {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
}

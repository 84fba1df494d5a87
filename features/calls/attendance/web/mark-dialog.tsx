import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { formatRange } from '#platform/time/format.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import type { MarkOf } from '../attendance-rules.ts';
import { statusWord } from '../attendance-words.ts';
import { attendanceStatuses, missesMinutes, type AttendanceStatus, type AttendedService } from '../contract.ts';
import { useMarks } from './attendance-queries.ts';
import { statusLooks } from './mark-cell.tsx';

/** Whose attendance is noted, at which service. */
export interface Marked {
  service: AttendedService;
  people: readonly MarkOf[];
  /** What they are together, when they are several. */
  section?: string;
  /** Chosen already. */
  status?: AttendanceStatus;
}

interface MarkDialogProps {
  marked: Marked | null;
  engagementId: string;
  onClose: () => void;
}

/** Notes how it went for somebody, or for a section at once. */
export function MarkDialog({ marked, engagementId, onClose }: MarkDialogProps) {
  const [first] = marked?.people ?? [];
  const title = marked?.section ?? first?.name ?? '';
  return (
    <Dialog
      open={marked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      size="sm"
      description={
        marked &&
        `${marked.service.title || kindLabel(marked.service.kind)}, ${formatRange(marked.service.startsAt, marked.service.endsAt, marked.service.zone)}`
      }
    >
      {marked && (
        <MarkForm
          key={`${marked.service.id} ${first?.resourceId ?? ''}`}
          marked={marked}
          engagementId={engagementId}
          onDone={onClose}
        />
      )}
    </Dialog>
  );
}

const usualMinutes = [5, 10, 15, 30];

function MarkForm({ marked, engagementId, onDone }: { marked: Marked; engagementId: string; onDone: () => void }) {
  const { service, people } = marked;
  const one = people.length === 1 ? people[0]?.mark : undefined;
  const [status, setStatus] = useState<AttendanceStatus>(marked.status ?? one?.status ?? 'present');
  const [minutes, setMinutes] = useState(one && one.minutes > 0 ? String(one.minutes) : '');
  const [note, setNote] = useState(one?.note ?? '');
  const [asked, setAsked] = useState(false);
  const save = useMarks(engagementId);
  const missed = missesMinutes(status) ? Number(minutes) : 0;
  const lacking = missesMinutes(status) && !(Number.isInteger(missed) && missed > 0);
  const submit = () => {
    setAsked(true);
    if (lacking) return;
    save.mutate(
      people.map(({ resourceId, mark: { version } }) => ({
        resourceId,
        scheduleItemId: service.id,
        status,
        minutes: missed,
        note,
        version,
      })),
      { onSuccess: onDone },
    );
  };
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid gap-4 pb-5">
        <Statuses status={status} onStatus={setStatus} />
        {missesMinutes(status) && (
          <FieldFrame label="Minutes missed" error={asked && lacking ? 'How many minutes were missed?' : undefined}>
            {(control) => (
              <div className="flex flex-wrap gap-2">
                <Input
                  {...control}
                  className="w-20 tabular-nums"
                  inputMode="numeric"
                  autoFocus
                  value={minutes}
                  onChange={({ target }) => setMinutes(target.value)}
                />
                {usualMinutes.map((each) => (
                  <Button key={each} onClick={() => setMinutes(String(each))} aria-label={`${each} minutes`}>
                    {each}
                  </Button>
                ))}
              </div>
            )}
          </FieldFrame>
        )}
        <FieldFrame label="Note" optional>
          {(control) => (
            <Input {...control} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
          )}
        </FieldFrame>
        {save.error && <ErrorNotice error={save.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={save.isPending}>
        {people.length === 1 ? 'Note' : `Note all ${people.length}`}
      </SubmitFooter>
    </form>
  );
}

function Statuses({ status, onStatus }: { status: AttendanceStatus; onStatus: (status: AttendanceStatus) => void }) {
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="sr-only">How it went</legend>
      {attendanceStatuses.map((each) => {
        const { icon: Icon, looks } = statusLooks[each];
        return (
          <label
            key={each}
            className={cn(
              'flex min-h-11 cursor-pointer items-center gap-2 rounded-md border border-line px-3 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent sm:min-h-9',
              each === status && 'border-accent ring-1 ring-accent',
              each === status && looks,
            )}
          >
            <input
              type="radio"
              name="status"
              className="sr-only"
              checked={each === status}
              onChange={() => onStatus(each)}
            />
            <Icon aria-hidden className="size-4 shrink-0" />
            {statusWord(each)}
          </label>
        );
      })}
    </fieldset>
  );
}

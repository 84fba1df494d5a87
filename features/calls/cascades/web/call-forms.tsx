import { useState, type ReactNode } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import type { Call } from '../cascade-contract.ts';
import { declineReasons, withdrawReasons } from '../person-call-contract.ts';
import type { CallAct } from './call-acts.ts';
import { answerReasonWords } from './cascade-words.ts';

interface FormProps {
  call: Call;
  busy: boolean;
  onCancel: () => void;
  onAct: (act: CallAct) => void;
}

/** They said yes, to all of it or some. */
export function AcceptForm({ call, busy, onCancel, onAct }: FormProps) {
  const [chosen, setChosen] = useState(() => call.services.map(({ scheduleItemId }) => scheduleItemId));
  return (
    <Frame
      action={
        chosen.length < call.services.length ? `Accept ${chosen.length} of ${call.services.length}` : 'They accept'
      }
      busy={busy}
      disabled={chosen.length === 0}
      onCancel={onCancel}
      onSubmit={() => onAct({ kind: 'accept', services: chosen })}
    >
      <fieldset>
        <legend className="mb-1 text-sm font-medium">They come to</legend>
        {call.services.map(({ scheduleItemId: id, kind, title, startsAt, zone }) => (
          <label key={id} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
              className="size-4 accent-accent"
            />
            {formatTime(startsAt, zone, 'dateTime')} {title || kindLabel(kind)}
          </label>
        ))}
      </fieldset>
    </Frame>
  );
}

/** They said no, or can’t come after all, and why. */
export function ReasonChoice({ kind, busy, onCancel, onAct }: FormProps & { kind: 'decline' | 'withdraw' }) {
  const [decline, setDecline] = useState<(typeof declineReasons)[number]>('other');
  const [withdraw, setWithdraw] = useState<(typeof withdrawReasons)[number]>('other');
  const [note, setNote] = useState('');
  const submit = () =>
    onAct(
      kind === 'decline' ? { kind, reason: decline, note: note.trim() } : { kind, reason: withdraw, note: note.trim() },
    );
  return (
    <Frame
      action={kind === 'decline' ? 'They decline' : 'They withdraw'}
      danger={kind === 'withdraw'}
      busy={busy}
      onCancel={onCancel}
      onSubmit={submit}
    >
      <FieldFrame label="Why">
        {(control) =>
          kind === 'decline' ? (
            <Select {...control} value={decline} onValue={setDecline} options={optionsOf(declineReasons)} />
          ) : (
            <Select {...control} value={withdraw} onValue={setWithdraw} options={optionsOf(withdrawReasons)} />
          )
        }
      </FieldFrame>
      <Note label="In their words" value={note} onValue={setNote} />
    </Frame>
  );
}

function optionsOf<R extends keyof typeof answerReasonWords>(reasons: readonly R[]) {
  return reasons.map((value) => ({ value, label: capital(answerReasonWords[value]) }));
}

/** More time, or less. */
export function DeadlineForm({ call, busy, onCancel, onAct }: FormProps) {
  const [deadlineAt, setDeadlineAt] = useState(call.deadlineAt);
  return (
    <Frame
      action="Set deadline"
      busy={busy}
      disabled={deadlineAt === null}
      onCancel={onCancel}
      onSubmit={() => deadlineAt && onAct({ kind: 'extend', deadlineAt })}
    >
      <FieldFrame label="Answer due" group hint={`By the clock of ${call.name}.`}>
        {(control) => (
          <DateTimeField {...control} label="Answer due" value={deadlineAt} onValue={setDeadlineAt} zone={call.zone} />
        )}
      </FieldFrame>
    </Frame>
  );
}

/** Not asked, or not any more. */
export function NoteForm({ call, busy, onCancel, onAct }: FormProps) {
  const [note, setNote] = useState('');
  const asked = call.state === 'open';
  return (
    <Frame
      action={asked ? 'Take back' : 'Pass over'}
      danger={asked}
      busy={busy}
      onCancel={onCancel}
      onSubmit={() => onAct({ kind: 'skip', note: note.trim() })}
    >
      <p className="text-sm text-ink-soft">
        {asked
          ? 'They are told by mail that it is no longer needed, and the next on the list is asked.'
          : 'They are not asked, and learn nothing of it.'}
      </p>
      <Note label="Why, for the log" value={note} onValue={setNote} />
    </Frame>
  );
}

function Note({ label, value, onValue }: { label: string; value: string; onValue: (text: string) => void }) {
  return (
    <FieldFrame label={label} optional>
      {(control) => (
        <Textarea {...control} value={value} maxLength={1_000} onChange={({ target }) => onValue(target.value)} />
      )}
    </FieldFrame>
  );
}

interface FrameProps {
  action: string;
  danger?: boolean;
  busy: boolean;
  disabled?: boolean;
  onCancel: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

function Frame({ action, danger = false, busy, disabled = false, onCancel, onSubmit, children }: FrameProps) {
  return (
    <form
      noValidate
      className="grid min-w-0 flex-1 basis-full gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
          {action}
        </Button>
      </div>
    </form>
  );
}

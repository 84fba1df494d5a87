import { formatDate } from '#platform/time/format.ts';
import { today } from '#platform/time/wall-clock.ts';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { DayInput, Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { relativeDay, type Anchor } from '../rules.ts';
import { remindOptions, timeOf, minuteOf } from './due-words.ts';

/** When the engagement is, by the clock of its zone. */
export interface TaskSpan {
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** Whether and when it is due, and whether to remind. Within a task's form. */
export function DueFields({ span }: { span: TaskSpan | null }) {
  const org = useOrg();
  const [anchor, setAnchor] = useFormValue('dueAnchor');
  const [days, setDays] = useFormValue('dueDays');
  const [on, setOn] = useFormValue('dueOn');
  const [, setMinute] = useFormValue('dueMinute');
  const [remind, setRemind] = useFormValue('remindDays');
  const way = anchor ? 'relative' : on ? 'day' : 'none';
  const choose = (next: 'none' | 'day' | 'relative') => {
    setAnchor(next === 'relative' ? 'start' : null);
    setDays(next === 'relative' ? -7 : null);
    setOn(next === 'day' ? (typeof on === 'string' && on ? on : today(org.zone)) : null);
    if (next !== 'none') return;
    setMinute(null);
    setRemind(null);
  };
  return (
    <div className="grid gap-3">
      <FieldFrame label="Due" group>
        {() => (
          <Segmented
            label="Due"
            value={way}
            onValue={choose}
            options={[
              { value: 'none', label: 'No date' },
              { value: 'day', label: 'On a day' },
              ...(span ? [{ value: 'relative' as const, label: `By the ${org.words.engagement.one}` }] : []),
            ]}
          />
        )}
      </FieldFrame>
      {way === 'relative' && span && (
        <RelativeDue anchor={anchor === 'end' ? 'end' : 'start'} days={Number(days)} span={span} />
      )}
      {way !== 'none' && (
        <div className="grid grid-cols-2 gap-3">
          {way === 'day' && (
            <FieldFrame label="Day">
              {(control) => (
                <DayInput {...control} value={typeof on === 'string' ? on : ''} onValue={(day) => setOn(day || null)} />
              )}
            </FieldFrame>
          )}
          <DueTime />
          <FieldFrame label="Reminder">
            {(control) => (
              <Select
                {...control}
                value={remind === null ? 'none' : String(remind)}
                options={remindOptions(typeof remind === 'number' ? remind : null)}
                onValue={(value) => setRemind(value === 'none' ? null : Number(value))}
              />
            )}
          </FieldFrame>
        </div>
      )}
    </div>
  );
}

function DueTime() {
  const [minute, setMinute] = useFormValue('dueMinute');
  return (
    <FieldFrame label="Time" optional>
      {(control) => (
        <Input
          {...control}
          type="time"
          value={typeof minute === 'number' ? timeOf(minute) : ''}
          onChange={({ target }) => setMinute(minuteOf(target.value))}
          className="tabular-nums"
        />
      )}
    </FieldFrame>
  );
}

function RelativeDue({ anchor, days, span }: { anchor: Anchor; days: number; span: TaskSpan }) {
  const org = useOrg();
  const [, setAnchor] = useFormValue('dueAnchor');
  const [, setDays] = useFormValue('dueDays');
  const side = days <= 0 ? 'before' : 'after';
  const whole = Number.isFinite(days) ? days : 0;
  const word = org.words.engagement.one;
  return (
    <div className="grid gap-1.5">
      <div className="grid grid-cols-[5rem_minmax(0,1fr)] sm:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1.4fr)] gap-2">
        <Input
          type="number"
          aria-label="Days"
          min={0}
          max={3650}
          inputMode="numeric"
          value={Math.abs(whole)}
          onChange={({ target }) =>
            setDays(Math.min(3650, Math.trunc(Math.abs(Number(target.value)))) * (side === 'after' ? 1 : -1))
          }
          className="tabular-nums"
        />
        <Select
          aria-label="Before or after"
          value={side}
          options={[
            { value: 'before', label: 'days before' },
            { value: 'after', label: 'days after' },
          ]}
          onValue={(next) => setDays(next === 'after' ? Math.max(1, Math.abs(whole)) : -Math.abs(whole))}
        />
        <Select
          aria-label="Counted from"
          value={anchor}
          options={[
            { value: 'start', label: `the ${word}’s first day` },
            { value: 'end', label: `the ${word}’s last day` },
          ]}
          onValue={setAnchor}
          className="col-span-2 sm:col-span-1"
        />
      </div>
      <p className="text-xs text-ink-faint">
        Now {formatDate(relativeDay(anchor, whole, span), 'longDay')}; it moves with the {word}.
      </p>
    </div>
  );
}

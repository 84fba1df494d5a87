import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { formatDate, formatTime } from '#platform/time/format.ts';
import { addDays } from '#platform/time/wall-clock.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import type { ScheduleItem } from '../contract.ts';
import { dayOf } from '../day-rules.ts';
import { scheduleTables, timelineApi } from './timeline-queries.ts';

/** The same again on other days: rehearsals come in rows. */
export function CopyItem({ item, onDone }: { item: ScheduleItem; onDone: () => void }) {
  const org = useOrg();
  const first = addDays(dayOf(item), 1);
  const [days, setDays] = useState<readonly string[]>([first]);
  const [draft, setDraft] = useState(addDays(first, 1));
  const copy = useChange(org.slug, scheduleTables, (chosen: string[], call) =>
    timelineApi.copy({ org: org.slug, params: { id: item.id }, body: { days: chosen } }, call),
  );
  const add = () => {
    if (!draft) return;
    setDays([...new Set([...days, draft])].toSorted((a, b) => a.localeCompare(b)));
    setDraft(addDays(draft, 1));
  };
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (days.length > 0) copy.mutate([...days], { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Another day" hint={`At ${formatTime(item.startsAt, item.zone)}, as this one.`}>
          {(control) => (
            <div className="flex gap-2">
              <DayInput {...control} className="w-44" value={draft} onValue={setDraft} />
              <Button onClick={add} disabled={!draft || days.length >= 60}>
                <Plus aria-hidden /> Add this day
              </Button>
            </div>
          )}
        </FieldFrame>
        <ul aria-label="Days" className="grid gap-1">
          {days.map((day) => (
            <li key={day} className="flex items-center gap-2 rounded-md bg-hover py-0.5 pr-0.5 pl-3 text-sm">
              <span className="flex-1">{formatDate(day, 'longDay')}</span>
              <IconButton
                label={`Leave out ${formatDate(day, 'day')}`}
                size="icon-sm"
                onClick={() => setDays(days.filter((other) => other !== day))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      </div>
      <SubmitFooter onCancel={onDone} busy={copy.isPending} disabled={days.length === 0} error={copy.error}>
        {days.length === 1 ? 'Copy to 1 day' : `Copy to ${days.length} days`}
      </SubmitFooter>
    </form>
  );
}

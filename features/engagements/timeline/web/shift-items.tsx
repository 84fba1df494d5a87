import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import type { ScheduleItem } from '../contract.ts';
import { movedWith, shifted } from '../day-rules.ts';
import { itemName } from '../item-kinds.ts';
import { DraftClashes, type DraftItem } from './clash-notes.tsx';
import { Conflicts } from './item-form.tsx';
import { scheduleTables, timelineApi } from './timeline-queries.ts';

interface ShiftItemsProps {
  item: ScheduleItem;
  items: readonly ScheduleItem[];
  onDone: () => void;
}

const directions = [
  { value: 'later', label: 'Later' },
  { value: 'earlier', label: 'Earlier' },
] as const;

const reaches = [
  { value: 'day', label: 'Rest of that day' },
  { value: 'end', label: 'Everything after' },
] as const;

/** Something is late: it moves, and so does what comes after. */
export function ShiftItems({ item, items, onDone }: ShiftItemsProps) {
  const org = useOrg();
  const [size, setSize] = useState('15');
  const [direction, setDirection] = useState<'later' | 'earlier'>('later');
  const [until, setUntil] = useState<'day' | 'end'>('day');
  const shift = useChange(org.slug, scheduleTables, (body: { minutes: number; until: 'day' | 'end' }, call) =>
    timelineApi.shift({ org: org.slug, params: { id: item.id }, body }, call),
  );
  const whole = /^\d{1,5}$/.test(size) && Number(size) > 0 && Number(size) <= 10_080;
  const minutes = (direction === 'later' ? 1 : -1) * Number(size);
  const conflicts = conflictsOf(shift.error);
  return (
    <form
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) shift.mutate({ minutes, until }, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="By how many minutes" {...(whole ? {} : { error: 'From 1 to 10,080 (a week).' })}>
          {(control) => (
            <div className="flex flex-wrap gap-2">
              <Input
                {...control}
                inputMode="numeric"
                autoFocus
                className="w-24 tabular-nums"
                value={size}
                onChange={({ target }) => setSize(target.value.trim())}
              />
              <Segmented label="Direction" value={direction} onValue={setDirection} options={directions} />
            </div>
          )}
        </FieldFrame>
        <FieldFrame label="What moves" group>
          {() => <Segmented label="What moves" value={until} onValue={setUntil} options={reaches} />}
        </FieldFrame>
        {whole && <Preview moved={movedWith(items, item, until)} minutes={minutes} />}
        {whole && (
          <DraftClashes
            engagementId={item.engagementId}
            items={movedWith(items, item, until).map((one) => draftOf(shifted(one, minutes)))}
          />
        )}
      </div>
      <DialogFooter>
        {shift.error && (
          <div className="basis-full">
            {conflicts.length > 0 ? (
              <Conflicts conflicts={conflicts} asked={itemName(item)} />
            ) : (
              <ErrorNotice error={shift.error} />
            )}
          </div>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={shift.isPending} disabled={!whole}>
          Shift
        </Button>
      </DialogFooter>
    </form>
  );
}

function draftOf(item: ScheduleItem): DraftItem {
  const { id, kind, title, placeId, startsAt, endsAt, forAll, forGroups, personIds } = item;
  return { id, kind, title, placeId, startsAt, endsAt, forAll, forGroups, personIds };
}

/** What will be when. */
function Preview({ moved, minutes }: { moved: readonly ScheduleItem[]; minutes: number }) {
  const seated = Math.max(0, ...moved.map((item) => item.seated ?? 0));
  return (
    <div className="text-sm">
      <ul
        aria-label="What moves"
        className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {moved.map((item) => {
          const then = shifted(item, minutes);
          return (
            <li key={item.id} className="flex gap-3 px-3 py-1.5">
              <span className="min-w-0 flex-1 truncate" title={itemName(item)}>
                {itemName(item)}
              </span>
              <span className="shrink-0 text-ink-faint tabular-nums">
                <s>{formatTime(item.startsAt, item.zone)}</s>{' '}
                <span className="text-ink">{formatTime(then.startsAt, item.zone)}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {seated > 0 && (
        <p className="mt-2 text-xs text-pretty text-ink-faint">
          Everybody seated there moves along, or nothing moves. They are told by mail.
        </p>
      )}
    </div>
  );
}

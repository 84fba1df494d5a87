import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceSettings as Settings } from '../contract.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';

interface AdvanceSettingsProps {
  engagementId: string;
  settings: Settings;
  onDone: () => void;
}

/** When answers are wanted, when to remind, how long links open. */
export function AdvanceSettings({ engagementId, settings, onDone }: AdvanceSettingsProps) {
  const org = useOrg();
  const word = org.words.engagement.one;
  const [value, setValue] = useState(settings);
  const [reminders, setReminders] = useState(settings.remindDays.join(', '));
  const days = daysIn(reminders);
  const save = useChange(org.slug, advanceTables, (body: Settings, call) =>
    advanceApi.setSettings({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const number = (label: string, part: 'dueDays' | 'openDays', hint: string) => (
    <FieldFrame label={label} hint={hint}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          required
          min={0}
          max={365}
          value={value[part]}
          onChange={({ target }) =>
            setValue({ ...value, [part]: Math.min(365, Math.max(0, Math.trunc(Number(target.value)))) })
          }
          className="w-24 tabular-nums"
        />
      )}
    </FieldFrame>
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (days) save.mutate({ ...value, remindDays: days }, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        {number('Answers wanted', 'dueDays', `Days before the ${word}. The mail and the page say the date.`)}
        <FieldFrame
          label="Reminders"
          optional
          hint={`Days before the ${word}, like 16, 10, 5. At nine in the morning, only while answers are missing.`}
          error={days ? undefined : 'Write whole numbers between 0 and 365, with commas, ten at most.'}
        >
          {(control) => <Input {...control} value={reminders} onChange={({ target }) => setReminders(target.value)} />}
        </FieldFrame>
        {number('Links open', 'openDays', `Days after the ${word}.`)}
        {save.error && <ErrorNotice error={save.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={save.isPending}>
        Save
      </SubmitFooter>
    </form>
  );
}

/** `16, 10, 5` → those; null when it is anything else. */
function daysIn(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const days = parts.map(Number);
  const right = days.every((day) => Number.isInteger(day) && day >= 0 && day <= 365);
  return right && days.length <= 10 ? days : null;
}

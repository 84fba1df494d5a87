import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { GuestList } from '../contract.ts';
import { guestTables, guestsApi } from './guest-queries.ts';

interface ListSettingsProps {
  engagementId: string;
  /** Of the engagement. */
  zone: string;
  list: GuestList;
  onDone: () => void;
}

/** Until when guests may be asked for, where passes wait, whether guests are told. */
export function ListSettings({ engagementId, zone, list, onDone }: ListSettingsProps) {
  const org = useOrg();
  const [value, setValue] = useState(list);
  const save = useChange(org.slug, guestTables, (body: GuestList, call) =>
    guestsApi.setList({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...value, version: list.version }, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Closes" optional group hint="From then on only those who approve guests may add somebody.">
          {({ id: _, ...control }) => (
            <DateTimeField
              {...control}
              label="Closes"
              zone={zone}
              value={value.closesAt}
              onValue={(closesAt) => setValue({ ...value, closesAt })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="Pick-up" optional hint="Where passes wait: Box office, under the surname.">
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              value={value.pickup}
              onChange={({ target }) => setValue({ ...value, pickup: target.value })}
            />
          )}
        </FieldFrame>
        <label className="flex min-h-8 items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-0.5 size-4 accent-accent"
            checked={value.tellGuests}
            onChange={({ target }) => setValue({ ...value, tellGuests: target.checked })}
          />
          <span>
            Tell guests by mail when they are approved
            <span className="block text-xs text-ink-faint">
              Once, and only those with an address. The wording is in the settings, under Messages.
            </span>
          </span>
        </label>
        {save.error && <ErrorNotice error={save.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={save.isPending}>
        Save
      </SubmitFooter>
    </form>
  );
}

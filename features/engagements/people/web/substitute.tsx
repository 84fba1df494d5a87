import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterEntry } from '../contract.ts';
import { peopleApi, peopleTables } from './people-queries.ts';
import { bodyOf, SomebodyPicker, type Somebody } from './somebody-picker.tsx';

interface SubstituteProps {
  entry: RosterEntry;
  entries: readonly RosterEntry[];
  onDone: () => void;
}

/** Somebody else takes the place. */
export function Substitute({ entry, entries, onDone }: SubstituteProps) {
  const org = useOrg();
  const [who, setWho] = useState<Somebody>({ kind: 'person', id: null });
  const replace = useChange(org.slug, peopleTables, (body: ReturnType<typeof bodyOf>, call) =>
    peopleApi.substitute({ org: org.slug, params: { id: entry.id }, body }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (who.id) replace.mutate(bodyOf(who), { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <SomebodyPicker value={who} onValue={setWho} entries={entries} />
        <p className="text-sm text-pretty text-ink-soft">
          They come into the same group and role, and wherever the schedule names {entry.name}.
          {entry.standing === 'booked' && ` ${entry.name} stays booked until that is released in the overview.`}
        </p>
        {replace.error && <ErrorNotice error={replace.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={replace.isPending} disabled={!who.id}>
        Stand in
      </SubmitFooter>
    </form>
  );
}

import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { peopleApi, peopleTables } from './people-queries.ts';
import { countOfPeople } from './use-add-booked.ts';

/** Everybody of another engagement, or of the whole series. */
export function CopyPeople({ engagement, onDone }: { engagement: Engagement; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const { words } = org;
  const [from, setFrom] = useState<'series' | 'one'>(engagement.seriesId ? 'series' : 'one');
  const [chosen, setChosen] = useState<string | null>(null);
  const copy = useChange(org.slug, peopleTables, (engagementId: string | null, call) =>
    peopleApi.copy({ org: org.slug, params: { id: engagement.id }, body: { engagementId } }, call),
  );
  const ready = from === 'series' || chosen !== null;
  const submit = () =>
    copy.mutate(from === 'series' ? null : chosen, {
      onSuccess: ({ added }) => {
        toast({ tone: 'good', title: added === 0 ? 'Everybody was on it already' : `${countOfPeople(added)} added` });
        onDone();
      },
    });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit();
      }}
    >
      <div className="grid gap-4 pb-5">
        {engagement.seriesId && (
          <Segmented
            label="From where"
            value={from}
            onValue={setFrom}
            options={[
              { value: 'series', label: `The ${words.series.one}` },
              { value: 'one', label: `One ${words.engagement.one}` },
            ]}
          />
        )}
        {from === 'one' ? (
          <FieldFrame label={capital(words.engagement.one)}>
            {(control) => <EngagementPicker {...control} value={chosen} onValue={setChosen} />}
          </FieldFrame>
        ) : (
          <p className="text-sm text-pretty text-ink-soft">
            Everybody who is on any other {words.engagement.one} of {engagement.seriesName ?? 'it'}, as they were last.
          </p>
        )}
        <p className="text-sm text-pretty text-ink-soft">
          They come with group and role. Nobody is confirmed or booked by this.
        </p>
        {copy.error && <ErrorNotice error={copy.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={copy.isPending} disabled={!ready}>
        Copy
      </SubmitFooter>
    </form>
  );
}

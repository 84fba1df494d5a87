import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { advanceApi, advanceTables } from './advance-queries.ts';

/** Takes over what another engagement's advance asks. */
export function CopyAdvance({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [fromId, setFromId] = useState<string | null>(null);
  const [answers, setAnswers] = useState(true);
  const copy = useChange(org.slug, advanceTables, (body: { fromId: string; answers: boolean }, call) =>
    advanceApi.copy({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const word = org.words.engagement.one;
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!fromId) return;
        copy.mutate(
          { fromId, answers },
          {
            onSuccess: ({ created }) => {
              toast({
                tone: 'good',
                title:
                  created > 0 ? `${created} ${created === 1 ? 'item' : 'items'} copied` : 'All of it is here already',
              });
              onDone();
            },
          },
        );
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame label={`From which ${word}`}>
          {(control) => <EngagementPicker {...control} value={fromId} onValue={setFromId} />}
        </FieldFrame>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={answers}
            onChange={({ target }) => setAnswers(target.checked)}
          />
          With our own answers; the other side answers anew
        </label>
        {copy.error && <ErrorNotice error={copy.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={copy.isPending} disabled={!fromId}>
        Copy
      </SubmitFooter>
    </form>
  );
}

import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { SubmitFooter } from '#platform/ui/dialog.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Details } from '../contract.ts';
import { DetailControl } from './detail-control.tsx';
import { detailsApi } from './detail-queries.ts';

type Said = Readonly<Record<string, string>>;

interface DetailsFormProps {
  engagementId: string;
  details: Details;
  onDone: () => void;
}

/** Every field of the engagement. Only what was changed here is sent, with what was seen before. */
export function DetailsForm({ engagementId, details, onDone }: DetailsFormProps) {
  const org = useOrg();
  const [seen, setSeen] = useState<Said>(details.values);
  const [said, setSaid] = useState<Said>(details.values);
  const changed = details.fields.filter(({ key }) => (said[key] ?? '').trim() !== (seen[key] ?? ''));
  const save = useChange(org.slug, ['engagement_details'], (keys: readonly string[], call) =>
    detailsApi.set(
      {
        org: org.slug,
        params: { id: engagementId },
        body: { changes: keys.map((key) => ({ key, from: seen[key] ?? null, to: said[key] ?? null })) },
      },
      call,
    ),
  );
  const submit = () => {
    if (changed.length === 0) return onDone();
    save.mutate(
      changed.map(({ key }) => key),
      // Who reads what the others wrote and saves again means it.
      { onSuccess: onDone, onError: (error) => setSeen({ ...seen, ...theirs(error) }) },
    );
  };
  const clash = theirs(save.error);
  const faults = save.error instanceof ApiError ? save.error.fields : [];
  return (
    <form
      className="contents"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid grid-cols-1 gap-4 pb-5 sm:grid-cols-2">
        {details.fields.map((field) => (
          <FieldFrame
            key={field.key}
            label={field.label}
            hint={field.hint || undefined}
            className={field.kind === 'text' ? 'sm:col-span-2' : undefined}
            error={
              field.key in clash
                ? `Somebody else wrote: ${clash[field.key] || 'nothing'}. Save again to write yours over it.`
                : faults.find((fault) => fault.field === field.key)?.message
            }
          >
            {(control) => (
              <DetailControl
                control={control}
                field={field}
                value={said[field.key] ?? ''}
                onValue={(value) => setSaid({ ...said, [field.key]: value })}
              />
            )}
          </FieldFrame>
        ))}
      </div>
      <SubmitFooter onCancel={onDone} busy={save.isPending} error={save.error}>
        Save
      </SubmitFooter>
    </form>
  );
}

/** By key, what fields say by now that somebody else changed meanwhile. */
function theirs(error: unknown): Said {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return {};
  const { values } = error.problem;
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value : '']),
  );
}

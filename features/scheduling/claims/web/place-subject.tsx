import { Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useEngagementSource } from './engagement-source.ts';
import type { PlaceSubject } from './place-draft.ts';

/** What the time is for: a new engagement, one that exists, or nothing but keeping it free. */
export function PlaceSubjectField({
  subject,
  onSubject,
  tried,
}: {
  subject: PlaceSubject;
  onSubject: (subject: PlaceSubject) => void;
  /** The form was sent: a missing title is marked. */
  tried: boolean;
}) {
  const { words } = useOrg();
  const { Picker } = useEngagementSource();
  const choose = (kind: PlaceSubject['kind']) => {
    if (kind === 'existing') onSubject({ kind, id: null, title: null });
    else onSubject(kind === 'new' ? { kind, title: '' } : { kind });
  };
  return (
    <div className="space-y-2">
      <p className="text-sm font-medium">For</p>
      <Segmented
        label="For"
        value={subject.kind}
        onValue={choose}
        className="flex w-full"
        options={[
          { value: 'new', label: `New ${words.engagement.one}` },
          { value: 'existing', label: `Existing ${words.engagement.one}` },
          { value: 'blocked', label: 'Blocked time' },
        ]}
      />
      {subject.kind === 'new' && (
        <Input
          autoFocus
          aria-label={`Title of the ${words.engagement.one}`}
          placeholder="Title"
          aria-invalid={tried && subject.title.trim() === ''}
          maxLength={300}
          value={subject.title}
          onChange={(event) => onSubject({ kind: 'new', title: event.target.value })}
        />
      )}
      {subject.kind === 'existing' && (
        <Picker
          aria-label={words.engagement.one}
          value={subject.id}
          onValue={(id) => onSubject({ kind: 'existing', id, title: null })}
        />
      )}
    </div>
  );
}

import { Copy, Trash2 } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { needsOptions } from '../../draft-rules.ts';
import { meanings, typesOfMeaning, type FormField } from '../../field-rules.ts';
import { ConditionEditor } from './condition-editor.tsx';
import { meaningWords } from './field-words.ts';
import { OptionsEditor } from './options-editor.tsx';
import { PlacesEditor } from './places-editor.tsx';

interface FieldEditorProps {
  field: FormField;
  before: readonly FormField[];
  placeName: (id: string) => string;
  onChange: (part: Partial<FormField>) => void;
  onCopy: () => void;
  onRemove: () => void;
}

const nothing = 'nothing';

/** Everything about one field. */
export function FieldEditor({ field, before, placeName, onChange, onCopy, onRemove }: FieldEditorProps) {
  const { words } = useOrg();
  const { type } = field;
  const means = meaningWords(words);
  const possible = meanings.filter((meaning) => typesOfMeaning[meaning].includes(type));
  return (
    <div className="grid gap-4 border-t border-line px-3 pt-3 pb-3">
      <FieldFrame label={type === 'section' ? 'Heading' : type === 'consent' ? 'What is agreed to' : 'Question'}>
        {(control) => (
          <Input
            {...control}
            // Whoever opened it wants to write it.
            autoFocus={field.label === ''}
            maxLength={300}
            value={field.label}
            onChange={({ target }) => onChange({ label: target.value })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Help" optional hint="Stands below, in small.">
        {(control) => (
          <Textarea
            {...control}
            className="min-h-9"
            maxLength={1_000}
            value={field.help}
            onChange={({ target }) => onChange({ help: target.value })}
          />
        )}
      </FieldFrame>
      {type !== 'section' && (
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={field.required}
            onChange={({ target }) => onChange({ required: target.checked })}
          />
          It must be answered
        </label>
      )}
      {needsOptions(field) && <OptionsEditor options={field.options} onChange={(options) => onChange({ options })} />}
      {type === 'place' && <PlacesEditor placeIds={field.placeIds} onChange={(placeIds) => onChange({ placeIds })} />}
      {possible.length > 0 && (
        <FieldFrame label="What the answer is used as" hint="Filled in by itself when you look into it.">
          {(control) => (
            <Select
              {...control}
              value={field.meaning ?? nothing}
              onValue={(value) => onChange({ meaning: possible.find((meaning) => meaning === value) ?? null })}
              options={[
                { value: nothing, label: 'Nothing: only to be read' },
                ...possible.map((meaning) => ({ value: meaning, label: means[meaning] })),
              ]}
            />
          )}
        </FieldFrame>
      )}
      <ConditionEditor {...{ field, before, placeName }} onChange={(shownWhen) => onChange({ shownWhen })} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="ghost" onClick={onCopy}>
          <Copy aria-hidden /> Copy
        </Button>
        <Button size="sm" variant="danger-ghost" onClick={onRemove}>
          <Trash2 aria-hidden /> Remove
        </Button>
      </div>
    </div>
  );
}

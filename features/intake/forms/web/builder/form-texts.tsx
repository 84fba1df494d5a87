import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import type { Draft } from './use-draft.ts';

/** What stands above the questions, and what is said when it was sent. */
export function FormTexts({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  return (
    <div className="grid gap-4">
      <FieldFrame label="Title">
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={draft.title}
            onChange={({ target }) => onChange({ title: target.value })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Welcome" optional>
        {(control) => (
          <Textarea
            {...control}
            className="min-h-9"
            maxLength={5_000}
            value={draft.intro}
            onChange={({ target }) => onChange({ intro: target.value })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Thanks" optional hint="Said when it was sent.">
        {(control) => (
          <Textarea
            {...control}
            className="min-h-9"
            maxLength={2_000}
            value={draft.thanks}
            onChange={({ target }) => onChange({ thanks: target.value })}
          />
        )}
      </FieldFrame>
    </div>
  );
}

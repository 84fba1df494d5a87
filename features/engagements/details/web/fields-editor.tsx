import { Plus } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Sortable } from '#platform/ui/sortable.tsx';
import { useRows } from '#platform/ui/use-rows.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { DetailField, DetailSet } from '../contract.ts';
import { keyFor } from '../rules.ts';
import { detailsApi } from './detail-queries.ts';
import { FieldRow, type EditedField } from './field-row.tsx';

const blank = (): EditedField => ({
  id: crypto.randomUUID(),
  key: '',
  label: '',
  kind: 'line',
  choices: [],
  hint: '',
  shared: true,
});

/** A pack's fields in order. */
export function FieldsEditor({ set, onDone }: { set: DetailSet; onDone: () => void }) {
  const org = useOrg();
  const { rows, ...list } = useRows<EditedField>(set.fields.map((field) => ({ ...field, id: field.key })));
  const params = { pack: set.pack };
  const save = useChange(org.slug, ['detail_sets'], (fields: DetailField[], call) =>
    detailsApi.setFields({ org: org.slug, params, body: { version: set.version, fields } }, call),
  );
  const reset = useChange(org.slug, ['detail_sets'], (_: null, call) =>
    detailsApi.resetFields({ org: org.slug, params }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(withKeys(rows), { onSuccess: onDone });
      }}
    >
      <div className="grid gap-3 pb-5">
        <ul aria-label="Fields" className="grid gap-2">
          <Sortable items={rows.map(({ id, label }) => ({ id, name: label || 'The field' }))} onMove={list.move}>
            {rows.map((row) => (
              <FieldRow
                key={row.id}
                field={row}
                onChange={(part) => list.change(row.id, part)}
                onRemove={() => list.remove(row.id)}
              />
            ))}
          </Sortable>
        </ul>
        <div>
          <Button size="sm" onClick={() => list.add(blank())} disabled={rows.length >= 60}>
            <Plus aria-hidden /> Add a field
          </Button>
        </div>
      </div>
      <DialogFooter>
        {(save.error ?? reset.error) && <ErrorNotice error={save.error ?? reset.error} className="basis-full" />}
        {set.version > 0 && (
          <Button
            variant="danger-ghost"
            className="mr-auto"
            busy={reset.isPending}
            onClick={() => reset.mutate(null, { onSuccess: onDone })}
          >
            Back to the built-in fields
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Rows with a label; new ones get a key. */
function withKeys(rows: readonly EditedField[]): DetailField[] {
  const taken = new Set(rows.map(({ key }) => key).filter(Boolean));
  return rows
    .filter(({ label }) => label.trim())
    .map(({ id: _, ...field }) => {
      const key = field.key || keyFor(field.label, taken);
      taken.add(key);
      return { ...field, key, choices: field.kind === 'choice' ? field.choices.filter((choice) => choice.trim()) : [] };
    });
}

import { Plus } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { Sortable } from '#platform/ui/sortable.tsx';
import { useRows } from '#platform/ui/use-rows.ts';
import { PackTemplateForm } from '#features/organisations/web/pack-template-form.tsx';
import type { AdvanceTemplate, TemplateItem } from '../contract.ts';
import { advanceApi } from './advance-queries.ts';
import { TemplateItemRow } from './template-item-row.tsx';

const blank = (section: string): TemplateItem => ({
  id: crypto.randomUUID(),
  section,
  title: '',
  hint: '',
  kind: 'text',
  choices: [],
  side: 'them',
});

/** One checklist: what it is for, and its items in order, each with its section. */
export function TemplateEditor({ list, onDone }: { list: AdvanceTemplate | null; onDone: () => void }) {
  const { rows: items, ...edit } = useRows<TemplateItem>(list?.items ?? [blank('')]);
  const fields = { items: items.filter(({ title }) => title.trim()) };
  return (
    <PackTemplateForm
      template={list}
      api={advanceApi}
      noun="checklist"
      nameLabel="For which kind of work"
      placeholder="Club show"
      table="advance_templates"
      fields={fields}
      onDone={onDone}
    >
      {() => (
        <>
          <Sortable items={items.map(({ id, title }) => ({ id, name: title || 'The item' }))} onMove={edit.move}>
            <ul aria-label="Items of the checklist" className="grid gap-2">
              {items.map((item) => (
                <TemplateItemRow
                  key={item.id}
                  item={item}
                  onChange={(part) => edit.change(item.id, part)}
                  onRemove={() => edit.remove(item.id)}
                />
              ))}
            </ul>
          </Sortable>
          <div>
            <Button
              size="sm"
              onClick={() => edit.add(blank(items.at(-1)?.section ?? ''))}
              disabled={items.length >= 150}
            >
              <Plus aria-hidden /> Add an item
            </Button>
          </div>
        </>
      )}
    </PackTemplateForm>
  );
}

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Sortable } from '#platform/ui/sortable.tsx';
import { useRows } from '#platform/ui/use-rows.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { PackTemplateForm } from '#features/organisations/web/pack-template-form.tsx';
import type { TaskTemplate, TemplateItem } from '../contract.ts';
import { tasksApi } from './task-queries.ts';
import { TemplateItemRow } from './template-item-row.tsx';

const blank = (): TemplateItem => ({
  id: crypto.randomUUID(),
  title: '',
  notes: '',
  anchor: null,
  days: null,
  remindDays: null,
  steps: [],
});

/** One list: what it is for, whether it applies by itself, and its tasks in order. */
export function TemplateEditor({ list, onDone }: { list: TaskTemplate | null; onDone: () => void }) {
  const org = useOrg();
  const [automatic, setAutomatic] = useState(list?.automatic ?? false);
  const { rows: items, ...edit } = useRows<TemplateItem>(list?.items ?? [blank()]);
  const fields = {
    automatic,
    items: items.filter(({ title }) => title.trim()).map((item) => ({ ...item, steps: item.steps.filter(Boolean) })),
  };
  return (
    <PackTemplateForm
      template={list}
      api={tasksApi}
      noun="list"
      nameLabel="For which kind of work"
      placeholder="Club show"
      table="task_templates"
      fields={fields}
      onDone={onDone}
    >
      {() => (
        <>
          <label className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={automatic}
              onChange={({ target }) => setAutomatic(target.checked)}
            />
            Make its tasks when {org.words.engagement.one === 'event' ? 'an event' : `a ${org.words.engagement.one}`} is
            confirmed
          </label>
          <Sortable items={items.map(({ id, title }) => ({ id, name: title || 'The task' }))} onMove={edit.move}>
            <ul aria-label="Tasks of the list" className="grid gap-2">
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
            <Button size="sm" onClick={() => edit.add(blank())} disabled={items.length >= 100}>
              <Plus aria-hidden /> Add a task
            </Button>
          </div>
        </>
      )}
    </PackTemplateForm>
  );
}

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { placeAfter, SortableArea, SortableList } from '#platform/ui/sortable.tsx';
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
  const [items, setItems] = useState<TemplateItem[]>(list ? [...list.items] : [blank()]);
  const fields = {
    automatic,
    items: items.filter(({ title }) => title.trim()).map((item) => ({ ...item, steps: item.steps.filter(Boolean) })),
  };
  const change = (id: string, part: Partial<TemplateItem>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const ids = items.map(({ id }) => id);
  const move = (id: string, over: string) => {
    const after = placeAfter(ids, id, over);
    const moved = items.filter((item) => item.id === id);
    const rest = items.filter((item) => item.id !== id);
    const at = rest.findIndex((item) => item.id === after) + 1;
    setItems([...rest.slice(0, at), ...moved, ...rest.slice(at)]);
  };
  return (
    <PackTemplateForm
      template={list}
      noun="list"
      nameLabel="For which kind of work"
      placeholder="Club show"
      table="task_templates"
      fields={fields}
      write={(body, call) =>
        list
          ? tasksApi.setTemplate(
              { org: org.slug, params: { key: list.key }, body: { ...body, version: list.version } },
              call,
            )
          : tasksApi.createTemplate({ org: org.slug, body }, call)
      }
      remove={(key, call) => tasksApi.removeTemplate({ org: org.slug, params: { key } }, call)}
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
          <SortableArea nameOf={(id) => items.find((item) => item.id === id)?.title || 'The task'} onDrop={move}>
            <SortableList ids={ids}>
              <ul aria-label="Tasks of the list" className="grid gap-2">
                {items.map((item) => (
                  <TemplateItemRow
                    key={item.id}
                    item={item}
                    onChange={(part) => change(item.id, part)}
                    onRemove={() => setItems(items.filter(({ id }) => id !== item.id))}
                  />
                ))}
              </ul>
            </SortableList>
          </SortableArea>
          <div>
            <Button size="sm" onClick={() => setItems([...items, blank()])} disabled={items.length >= 100}>
              <Plus aria-hidden /> Add a task
            </Button>
          </div>
        </>
      )}
    </PackTemplateForm>
  );
}

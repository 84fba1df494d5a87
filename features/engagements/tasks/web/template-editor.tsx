import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { placeAfter, SortableArea, SortableList } from '#platform/ui/sortable.tsx';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
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
  const [name, setName] = useState(list?.name ?? '');
  const [pack, setPack] = useState<PackName>(list?.pack ?? org.pack.name);
  const [automatic, setAutomatic] = useState(list?.automatic ?? false);
  const [items, setItems] = useState<TemplateItem[]>(list ? [...list.items] : [blank()]);
  const fields = {
    name,
    pack,
    automatic,
    items: items.filter(({ title }) => title.trim()).map((item) => ({ ...item, steps: item.steps.filter(Boolean) })),
  };
  const save = useChange(org.slug, ['task_templates'], (body: typeof fields, call) =>
    list
      ? tasksApi.setTemplate(
          { org: org.slug, params: { key: list.key }, body: { ...body, version: list.version } },
          call,
        )
      : tasksApi.createTemplate({ org: org.slug, body }, call),
  );
  const remove = useChange(org.slug, ['task_templates'], (key: string, call) =>
    tasksApi.removeTemplate({ org: org.slug, params: { key } }, call),
  );
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
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(fields, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldFrame label="For which kind of work">
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                placeholder="Club show"
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </FieldFrame>
          {org.packs.length > 1 && (
            <FieldFrame label="Pack">
              {(control) => (
                <Select
                  {...control}
                  value={pack}
                  onValue={setPack}
                  options={org.packs.map((each) => ({ value: each, label: packs[each].label }))}
                />
              )}
            </FieldFrame>
          )}
        </div>
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
      </div>
      <DialogFooter>
        {(save.error ?? remove.error) && <ErrorNotice error={save.error ?? remove.error} className="basis-full" />}
        {list && list.version > 0 && (
          <Button
            variant="danger-ghost"
            busy={remove.isPending}
            onClick={() => remove.mutate(list.key, { onSuccess: onDone })}
            className="mr-auto"
          >
            {list.builtIn ? 'Back to the built-in list' : 'Remove list'}
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!name.trim()}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}

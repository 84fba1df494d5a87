import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { Sortable } from '#platform/ui/sortable.tsx';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
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
  const org = useOrg();
  const [name, setName] = useState(list?.name ?? '');
  const [pack, setPack] = useState<PackName>(list?.pack ?? org.pack.name);
  const [items, setItems] = useState<TemplateItem[]>(list ? [...list.items] : [blank('')]);
  const body = { name, pack, items: items.filter(({ title }) => title.trim()) };
  const save = useChange(org.slug, ['advance_templates'], (fields: typeof body, call) =>
    list
      ? advanceApi.setTemplate(
          { org: org.slug, params: { key: list.key }, body: { ...fields, version: list.version } },
          call,
        )
      : advanceApi.createTemplate({ org: org.slug, body: fields }, call),
  );
  const remove = useChange(org.slug, ['advance_templates'], (key: string, call) =>
    advanceApi.removeTemplate({ org: org.slug, params: { key } }, call),
  );
  const change = (id: string, part: Partial<TemplateItem>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const move = (from: number, to: number) =>
    setItems((now) => {
      const rest = now.filter((_, index) => index !== from);
      return [...rest.slice(0, to), ...now.slice(from, from + 1), ...rest.slice(to)];
    });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(body, { onSuccess: onDone });
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
        <Sortable items={items.map(({ id, title }) => ({ id, name: title || 'The item' }))} onMove={move}>
          <ul aria-label="Items of the checklist" className="grid gap-2">
            {items.map((item) => (
              <TemplateItemRow
                key={item.id}
                item={item}
                onChange={(part) => change(item.id, part)}
                onRemove={() => setItems(items.filter(({ id }) => id !== item.id))}
              />
            ))}
          </ul>
        </Sortable>
        <div>
          <Button
            size="sm"
            onClick={() => setItems([...items, blank(items.at(-1)?.section ?? '')])}
            disabled={items.length >= 150}
          >
            <Plus aria-hidden /> Add an item
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
            {list.builtIn ? 'Back to the built-in one' : 'Remove checklist'}
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

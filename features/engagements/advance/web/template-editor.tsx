import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Sortable } from '#platform/ui/sortable.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
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
  const org = useOrg();
  const [items, setItems] = useState<TemplateItem[]>(list ? [...list.items] : [blank('')]);
  const fields = { items: items.filter(({ title }) => title.trim()) };
  const change = (id: string, part: Partial<TemplateItem>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const move = (from: number, to: number) =>
    setItems((now) => {
      const rest = now.filter((_, index) => index !== from);
      return [...rest.slice(0, to), ...now.slice(from, from + 1), ...rest.slice(to)];
    });
  return (
    <PackTemplateForm
      template={list}
      noun="checklist"
      nameLabel="For which kind of work"
      placeholder="Club show"
      table="advance_templates"
      fields={fields}
      write={(body, call) =>
        list
          ? advanceApi.setTemplate(
              { org: org.slug, params: { key: list.key }, body: { ...body, version: list.version } },
              call,
            )
          : advanceApi.createTemplate({ org: org.slug, body }, call)
      }
      remove={(key, call) => advanceApi.removeTemplate({ org: org.slug, params: { key } }, call)}
      onDone={onDone}
    >
      {() => (
        <>
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
        </>
      )}
    </PackTemplateForm>
  );
}

import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { placeAfter, SortableArea, SortableList } from '#platform/ui/sortable.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceItem } from '../contract.ts';
import { progressOf, sectionsOf } from '../rules.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';
import { ItemRow } from './item-row.tsx';

interface ItemSectionsProps {
  items: readonly AdvanceItem[];
  movable: boolean;
  onOpen: (id: string) => void;
}

/** Items under their headings, to be put in order by dragging, from one section into another too. */
export function ItemSections({ items, movable, onOpen }: ItemSectionsProps) {
  const order = useItemOrder(items);
  const sections = sectionsOf(order.items);
  const ids = sections.flatMap((each) => each.items.map(({ id }) => id));
  return (
    <SortableArea
      nameOf={(id) => items.find((item) => item.id === id)?.title ?? 'The item'}
      onDrop={(id, over) => order.move(id, placeAfter(ids, id, over), over)}
    >
      <div className="grid gap-5">
        {sections.map(({ section, items: its }) => {
          const { agreed, all } = progressOf(its);
          return (
            <section key={section} aria-label={section || 'Without a section'}>
              <h3 className="mb-1.5 flex items-baseline gap-2 text-sm font-semibold">
                <span className="min-w-0 break-words">{section || 'Other things'}</span>
                <span className="text-xs font-normal text-ink-faint tabular-nums">
                  {agreed}/{all}
                </span>
              </h3>
              <SortableList ids={its.map(({ id }) => id)}>
                <CardList label={section || 'Other things'}>
                  {its.map((item) => (
                    <ItemRow key={item.id} item={item} movable={movable} onOpen={() => onOpen(item.id)} />
                  ))}
                </CardList>
              </SortableList>
            </section>
          );
        })}
      </div>
    </SortableArea>
  );
}

/** One that is moved lies there at once. */
function useItemOrder(items: readonly AdvanceItem[]) {
  const org = useOrg();
  const toast = useToast();
  const [moved, setMoved] = useState<{ of: readonly AdvanceItem[]; now: AdvanceItem[] } | null>(null);
  const move = useChange(org.slug, advanceTables, ({ id, after }: { id: string; after: string | null }, call) =>
    advanceApi.moveItem({ org: org.slug, params: { id }, body: { after } }, call),
  );
  return {
    items: moved?.of === items ? moved.now : items,
    move: (id: string, after: string | null, over: string) => {
      const section = items.find((item) => item.id === (after ?? over))?.section ?? '';
      const [it] = items.filter((item) => item.id === id);
      const rest = items.filter((item) => item.id !== id);
      const at = rest.findIndex((item) => item.id === after) + 1;
      if (it) setMoved({ of: items, now: [...rest.slice(0, at), { ...it, section }, ...rest.slice(at)] });
      move.mutate(
        { id, after },
        {
          onError: (error) => {
            setMoved(null);
            toast({ tone: 'danger', title: 'It was not moved', detail: errorText(error) });
          },
        },
      );
    },
  };
}

import { placeAfter, SortableArea, SortableList } from '#platform/ui/sortable.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useOrder } from '#features/engagements/web/use-order.ts';
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
  const order = useOrder(items, advanceTables, advanceApi.moveItem);
  const sections = sectionsOf(order.rows);
  const ids = sections.flatMap((each) => each.items.map(({ id }) => id));
  const drop = (id: string, over: string) => {
    const after = placeAfter(ids, id, over);
    order.move(id, { after }, { section: items.find((item) => item.id === (after ?? over))?.section ?? '' });
  };
  return (
    <SortableArea nameOf={(id) => items.find((item) => item.id === id)?.title ?? 'The item'} onDrop={drop}>
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

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { moved } from '#platform/ui/moved.ts';
import { SortableArea, SortableList } from '#platform/ui/sortable.tsx';
import { mostFields } from '../../contract.ts';
import type { DraftFault } from '../../draft-rules.ts';
import { fieldTypes, type FieldType, type FormField } from '../../field-rules.ts';
import { withCopy, withNewField, withoutField } from './draft-changes.ts';
import { FieldRow } from './field-row.tsx';
import { fieldName, typeWords } from './field-words.ts';

interface FieldListProps {
  fields: readonly FormField[];
  faults: readonly DraftFault[];
  placeName: (id: string) => string;
  onChange: (fields: FormField[]) => void;
}

/** The questions in order; one is open at a time. */
export function FieldList({ fields, faults, placeName, onChange }: FieldListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const ids = fields.map(({ key }) => key);
  const add = (type: FieldType) => {
    const next = withNewField(fields, type);
    onChange(next);
    setOpen(next.at(-1)?.key ?? null);
  };
  return (
    <div className="grid grid-cols-1 gap-2">
      <SortableArea
        nameOf={(key) => fieldName(fields.find((field) => field.key === key) ?? { label: '', type: 'short_text' })}
        onDrop={(key, over) => onChange(moved(fields, ids.indexOf(key), ids.indexOf(over)))}
      >
        <SortableList ids={ids}>
          <ul aria-label="Fields" className="grid grid-cols-1 gap-1.5">
            {fields.map((field, index) => (
              <FieldRow
                key={field.key}
                field={field}
                before={fields.slice(0, index)}
                faults={faults.filter(({ at }) => at === index)}
                open={open === field.key}
                onOpen={(now) => setOpen(now ? field.key : null)}
                placeName={placeName}
                onChange={(part) =>
                  onChange(fields.map((each) => (each.key === field.key ? { ...each, ...part } : each)))
                }
                onCopy={() => onChange(withCopy(fields, field.key))}
                onRemove={() => onChange(withoutField(fields, field.key))}
              />
            ))}
          </ul>
        </SortableList>
      </SortableArea>
      <div>
        <Menu
          align="start"
          trigger={
            <Button disabled={fields.length >= mostFields}>
              <Plus aria-hidden /> Add a field
            </Button>
          }
        >
          {fieldTypes.map((type) => {
            const { icon: Icon, label } = typeWords[type];
            return (
              <MenuItem key={type} onSelect={() => add(type)}>
                <Icon aria-hidden /> {label}
              </MenuItem>
            );
          })}
        </Menu>
      </div>
    </div>
  );
}

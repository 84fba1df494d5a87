import { ChevronDown } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useSortableRow } from '#platform/ui/sortable.tsx';
import type { DraftFault } from '../../draft-rules.ts';
import type { FormField } from '../../field-rules.ts';
import { FieldEditor } from './field-editor.tsx';
import { fieldName, typeWords } from './field-words.ts';

interface FieldRowProps {
  field: FormField;
  before: readonly FormField[];
  /** What keeps the form from being published, once somebody tried. */
  faults: readonly DraftFault[];
  open: boolean;
  onOpen: (open: boolean) => void;
  placeName: (id: string) => string;
  onChange: (part: Partial<FormField>) => void;
  onCopy: () => void;
  onRemove: () => void;
}

/** One field of the draft: its question, and everything about it when it is open. */
export function FieldRow({ field, faults, open, onOpen, ...editor }: FieldRowProps) {
  const name = fieldName(field);
  const { ref, style, dragging, handle } = useSortableRow(field.key, `Move ${name}`);
  const { icon: Icon, label } = typeWords[field.type];
  return (
    <li
      ref={ref}
      style={style}
      className={cn(
        'rounded-md border border-line bg-surface',
        field.type === 'section' && 'mt-3 first:mt-0',
        faults.length > 0 && 'border-danger',
        dragging && 'relative z-10 shadow-float',
      )}
    >
      <div className="flex items-center gap-1 py-1 pr-2 pl-1">
        {handle}
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onOpen(!open)}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-sm text-left text-sm"
        >
          <Icon aria-label={label} className="size-4 shrink-0 text-ink-faint" />
          <span className={cn('min-w-0 flex-1 truncate', field.type === 'section' && 'font-semibold')} title={name}>
            {name}
            {field.required && (
              <span className="text-danger" aria-label="required">
                {' *'}
              </span>
            )}
          </span>
          {field.shownWhen && <Badge tone="outline">Depends</Badge>}
          <ChevronDown aria-hidden className={cn('size-4 shrink-0 text-ink-faint', open && 'rotate-180')} />
        </button>
      </div>
      {faults.map(({ what, message }) => (
        <p key={what} className="px-3 pb-2 text-xs text-danger">
          {message}
        </p>
      ))}
      {open && <FieldEditor field={field} {...editor} />}
    </li>
  );
}

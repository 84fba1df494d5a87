import { Plus } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { useRows } from '#platform/ui/use-rows.ts';
import { PackTemplateForm } from '#features/organisations/web/pack-template-form.tsx';
import type { ScheduleTemplate, TemplateItem } from '../template-fields.ts';
import { timesOn } from '../template-rules.ts';
import { ScheduleTemplateRow } from './schedule-template-row.tsx';
import { timelineApi } from './timeline-queries.ts';

/** After the last one. */
function next(last: TemplateItem | undefined): TemplateItem {
  const from = last?.until ?? '10:00';
  const hour = (Number(from.slice(0, 2)) + 1) % 24;
  return {
    id: crypto.randomUUID(),
    kind: 'other',
    title: '',
    day: last?.day ?? 0,
    from,
    until: `${String(hour).padStart(2, '0')}${from.slice(2)}`,
    forAll: true,
    forGroups: [],
    seenBy: 'everyone',
    seenByGroups: [],
    notes: '',
  };
}

/** Any day will do to compare times. */
const someDay = '2026-06-15';

interface EditorProps {
  template: ScheduleTemplate | null;
  onDone: () => void;
}

/** One schedule: what it is for, and what happens when. It is kept by time. */
export function ScheduleTemplateEditor({ template, onDone }: EditorProps) {
  const { rows: items, ...edit } = useRows<TemplateItem>(template?.items ?? [next(undefined)]);
  const fields = {
    items: items.toSorted((a, b) =>
      timesOn(a, someDay, 'UTC').startsAt.localeCompare(timesOn(b, someDay, 'UTC').startsAt),
    ),
  };
  const whole = items.length > 0 && items.every(({ from, until }) => from && until);
  return (
    <PackTemplateForm
      template={template}
      api={timelineApi}
      noun="schedule"
      nameLabel="For which kind of day"
      placeholder="Show day"
      table="timeline_templates"
      fields={fields}
      whole={whole}
      onDone={onDone}
    >
      {(pack) => (
        <>
          <ul aria-label="What happens when" className="grid gap-2">
            {items.map((item) => (
              <ScheduleTemplateRow
                key={item.id}
                item={item}
                pack={pack}
                onChange={(part) => edit.change(item.id, part)}
                onRemove={() => edit.remove(item.id)}
              />
            ))}
          </ul>
          <div>
            <Button size="sm" onClick={() => edit.add(next(items.at(-1)))} disabled={items.length >= 100}>
              <Plus aria-hidden /> Add an item
            </Button>
          </div>
        </>
      )}
    </PackTemplateForm>
  );
}

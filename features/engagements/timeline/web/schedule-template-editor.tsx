import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ScheduleTemplate, TemplateItem } from '../template-fields.ts';
import { timesOn } from '../template-rules.ts';
import { ScheduleTemplateRow } from './schedule-template-row.tsx';
import { timelineApi } from './timeline-queries.ts';

/** After the last one. */
function next(last: TemplateItem | undefined): TemplateItem {
  const from = last?.until ?? '10:00';
  const hour = (Number(from.slice(0, 2)) + 1) % 24;
  return {
    ...{ id: crypto.randomUUID(), kind: 'other', title: '', day: last?.day ?? 0, from, notes: '' },
    ...{ until: `${String(hour).padStart(2, '0')}${from.slice(2)}` },
    ...{ forAll: true, forGroups: [], seenBy: 'everyone', seenByGroups: [] },
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
  const org = useOrg();
  const [name, setName] = useState(template?.name ?? '');
  const [pack, setPack] = useState<PackName>(template?.pack ?? org.pack.name);
  const [items, setItems] = useState<readonly TemplateItem[]>(template?.items ?? [next(undefined)]);
  const fields = {
    name,
    pack,
    items: items.toSorted((a, b) =>
      timesOn(a, someDay, 'UTC').startsAt.localeCompare(timesOn(b, someDay, 'UTC').startsAt),
    ),
  };
  const save = useChange(org.slug, ['timeline_templates'], (body: typeof fields, call) =>
    template
      ? timelineApi.setTemplate(
          { org: org.slug, params: { key: template.key }, body: { ...body, version: template.version } },
          call,
        )
      : timelineApi.createTemplate({ org: org.slug, body }, call),
  );
  const remove = useChange(org.slug, ['timeline_templates'], (key: string, call) =>
    timelineApi.removeTemplate({ org: org.slug, params: { key } }, call),
  );
  const change = (id: string, part: Partial<TemplateItem>) =>
    setItems((now) => now.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const whole = name.trim() !== '' && items.length > 0 && items.every(({ from, until }) => from && until);
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) save.mutate(fields, { onSuccess: onDone });
      }}
    >
      <div className="grid grid-cols-1 gap-4 pb-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldFrame label="For which kind of day">
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                placeholder="Show day"
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
        <ul aria-label="What happens when" className="grid gap-2">
          {items.map((item) => (
            <ScheduleTemplateRow
              key={item.id}
              item={item}
              pack={pack}
              onChange={(part) => change(item.id, part)}
              onRemove={() => setItems(items.filter(({ id }) => id !== item.id))}
            />
          ))}
        </ul>
        <div>
          <Button size="sm" onClick={() => setItems([...items, next(items.at(-1))])} disabled={items.length >= 100}>
            <Plus aria-hidden /> Add an item
          </Button>
        </div>
      </div>
      <DialogFooter>
        {(save.error ?? remove.error) && <ErrorNotice error={save.error ?? remove.error} className="basis-full" />}
        {template && template.version > 0 && (
          <Button
            variant="danger-ghost"
            busy={remove.isPending}
            onClick={() => remove.mutate(template.key, { onSuccess: onDone })}
            className="mr-auto"
          >
            {template.builtIn ? 'Back to the built-in one' : 'Remove schedule'}
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}

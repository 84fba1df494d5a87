import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { groupKeys, groupNames } from '#features/engagements/people/group-words.ts';
import { rosterSettingsQuery } from '#features/engagements/people/web/people-queries.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { itemKinds, kindLabel } from '../item-kinds.ts';
import type { TemplateItem } from '../template-fields.ts';
import { GroupChoice } from './audience-fields.tsx';

interface RowProps {
  item: TemplateItem;
  pack: PackName;
  onChange: (part: Partial<TemplateItem>) => void;
  onRemove: () => void;
}

const kinds = itemKinds.map((value) => ({ value, label: kindLabel(value) }));

/** One item of a schedule to begin with: when, what, for whom. */
export function ScheduleTemplateRow({ item, pack, onChange, onRemove }: RowProps) {
  const org = useOrg();
  const settings = useQuery(rosterSettingsQuery(org.slug));
  const names = groupNames(pack, settings.data?.groupNames);
  const called = item.title || kindLabel(item.kind);
  return (
    <li className="grid gap-2 rounded-md border border-line bg-surface p-2">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="time"
          required
          aria-label={`From, ${called}`}
          value={item.from}
          onChange={({ target }) => onChange({ from: target.value })}
          className="w-28 tabular-nums"
        />
        <Input
          type="time"
          required
          aria-label={`Until, ${called}`}
          value={item.until}
          onChange={({ target }) => onChange({ until: target.value })}
          className="w-28 tabular-nums"
        />
        <label className="flex items-center gap-1.5 text-sm text-ink-soft">
          Day
          <Input
            type="number"
            inputMode="numeric"
            min={-29}
            max={366}
            aria-label={`Day, ${called}`}
            value={item.day + 1}
            onChange={({ target }) =>
              onChange({ day: Math.max(-30, Math.min(365, Math.trunc(Number(target.value)) - 1)) })
            }
            className="w-18 tabular-nums"
          />
        </label>
        <IconButton label={`Remove ${called}`} onClick={onRemove} className="ml-auto">
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <div className="grid gap-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
        <Select
          aria-label={`What, ${called}`}
          value={item.kind}
          options={kinds}
          onValue={(kind) => onChange({ kind })}
        />
        <Input
          aria-label={`Title, ${called}`}
          maxLength={200}
          placeholder="Title"
          value={item.title}
          onChange={({ target }) => onChange({ title: target.value })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1" role="group" aria-label={`For whom, ${called}`}>
        <label className="flex items-center gap-1.5 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={item.forAll}
            onChange={({ target }) => onChange({ forAll: target.checked, forGroups: [] })}
          />
          Everybody
        </label>
        {!item.forAll && (
          <GroupChoice
            groups={groupKeys.map((key) => ({ key, name: names[key] }))}
            value={item.forGroups}
            onValue={(forGroups) => onChange({ forGroups })}
          />
        )}
        <label className="flex items-center gap-1.5 text-sm sm:ml-auto">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={item.seenBy === 'team'}
            onChange={({ target }) => onChange({ seenBy: target.checked ? 'team' : 'everyone' })}
          />
          Team only
        </label>
      </div>
    </li>
  );
}

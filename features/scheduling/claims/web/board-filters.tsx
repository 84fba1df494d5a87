import { useQuery } from '@tanstack/react-query';
import { Layers, ListFilter } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useOrg, type Org } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { resourceKinds } from '../../resources/contract.ts';
import { facetsQuery } from '../../resources/web/resource-queries.ts';
import { groupings, noFilter, type Grouping } from '../board-rules.ts';
import type { BoardSettings } from './board-settings.ts';

interface FiltersProps {
  settings: BoardSettings;
  onSettings: (part: Partial<BoardSettings>) => void;
}

export function BoardFilters({ settings, onSettings }: FiltersProps) {
  const org = useOrg();
  const { filter, grouping } = settings;
  const active = [filter.kind, filter.skill, filter.tag, filter.onlyClaimed || null].filter(
    (part) => part !== null,
  ).length;
  return (
    <>
      <Popover
        label="Filters"
        className="w-72 space-y-3"
        trigger={
          <Button>
            <ListFilter aria-hidden />
            Filter
            {active > 0 && (
              <span className="rounded-sm bg-accent px-1 text-xs text-on-accent tabular-nums">{active}</span>
            )}
          </Button>
        }
      >
        <FilterFields settings={settings} onSettings={onSettings} />
      </Popover>
      <Select
        aria-label="Group by"
        className="w-auto min-w-32"
        value={grouping}
        onValue={(chosen) => onSettings({ grouping: chosen })}
        options={groupings.map((value) => ({ value, label: groupingWord(value, org) }))}
      />
    </>
  );
}

export function groupingWord(grouping: Grouping, org: Org): string {
  const words: Readonly<Record<Grouping, string>> = {
    kind: 'By kind',
    place: `By ${org.words.place.one}`,
    tag: 'By tag',
    skill: 'By skill',
    none: 'Not grouped',
  };
  return words[grouping];
}

function FilterFields({ settings: { filter }, onSettings }: FiltersProps) {
  const org = useOrg();
  const facets = useQuery(facetsQuery(org.slug));
  const set = (part: Partial<typeof filter>) => onSettings({ filter: { ...filter, ...part } });
  const options = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }));
  return (
    <>
      <FieldFrame label="Kind">
        {(control) => (
          <Select
            {...control}
            value={filter.kind ?? 'all'}
            onValue={(kind) => set({ kind: kind === 'all' ? null : kind })}
            options={[
              { value: 'all' as const, label: 'All kinds' },
              ...resourceKinds.map((value) => ({ value, label: capital(org.words[value].many) })),
            ]}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Skill">
        {(control) => (
          <Combobox
            {...control}
            aria-label="Skill"
            placeholder="Any skill"
            clearable
            value={filter.skill}
            onValue={(skill) => set({ skill })}
            options={options(facets.data?.skills)}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Tag">
        {(control) => (
          <Combobox
            {...control}
            aria-label="Tag"
            placeholder="Any tag"
            clearable
            value={filter.tag}
            onValue={(tag) => set({ tag })}
            options={options(facets.data?.tags)}
          />
        )}
      </FieldFrame>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={filter.onlyClaimed}
          onChange={(event) => set({ onlyClaimed: event.target.checked })}
        />
        Only with something on the board
      </label>
      <Button size="sm" variant="ghost" onClick={() => onSettings({ filter: noFilter })}>
        <Layers aria-hidden />
        Show all
      </Button>
    </>
  );
}

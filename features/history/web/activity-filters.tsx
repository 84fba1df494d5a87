import { Combobox } from '#platform/ui/combobox.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { activityParts, partNames, tablesFor } from '../activity-rules.ts';
import type { ActivityFilter } from './activity-queries.ts';

interface ActivityFiltersProps {
  filter: ActivityFilter;
  actors: readonly { actor: string; name: string }[];
  onChange: (part: Pick<ActivityFilter, 'part' | 'actor'>) => void;
}

/** Which part of the dossier, and who. */
export function ActivityFilters({ filter, actors, onChange }: ActivityFiltersProps) {
  const org = useOrg();
  const parts = partNames.filter((part) => tablesFor((permission) => org.can(permission), part).length > 0);
  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full">
      <Combobox
        aria-label="Part"
        placeholder="Everything"
        clearable
        className="w-40 max-sm:flex-1"
        value={filter.part ?? null}
        onValue={(value) => onChange({ actor: filter.actor, part: partNames.find((name) => name === value) })}
        options={parts.map((part) => ({ value: part, label: activityParts[part].label }))}
      />
      <Combobox
        aria-label="Who"
        placeholder="Anybody"
        clearable
        className="w-44 max-sm:flex-1"
        value={filter.actor ?? null}
        valueLabel={actors.find(({ actor }) => actor === filter.actor)?.name ?? null}
        onValue={(actor) => onChange({ part: filter.part, actor: actor ?? undefined })}
        options={actors.map(({ actor, name }) => ({ value: actor, label: name }))}
      />
    </div>
  );
}

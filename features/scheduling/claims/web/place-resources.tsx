import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Resource } from '../../resources/contract.ts';
import { boardResourcesQuery } from './claim-queries.ts';

/** Who and what is placed: several are held together, or not at all. */
export function PlaceResources({
  chosen,
  onChosen,
}: {
  chosen: readonly Resource[];
  onChosen: (resources: readonly Resource[]) => void;
}) {
  const org = useOrg();
  const { data = [], isPending } = useQuery(boardResourcesQuery(org.slug));
  const ids = new Set(chosen.map(({ id }) => id));
  const add = (id: string | null) => {
    const found = data.find((resource) => resource.id === id);
    if (found) onChosen([...chosen, found]);
  };
  return (
    <div>
      <p className="mb-1 text-sm font-medium">Who and what</p>
      {chosen.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {chosen.map((resource) => (
            <li
              key={resource.id}
              className="flex max-w-full items-center rounded-md border border-line bg-sunken pl-2 text-sm"
            >
              <span className="truncate" title={resource.name}>
                {resource.name}
              </span>
              <IconButton
                size="icon-sm"
                label={`Leave out ${resource.name}`}
                onClick={() => onChosen(chosen.filter(({ id }) => id !== resource.id))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        aria-label="Add a person, place or thing"
        placeholder={chosen.length === 0 ? 'Choose who or what…' : 'Add another…'}
        value={null}
        busy={isPending}
        onValue={add}
        options={data
          .filter(({ id }) => !ids.has(id))
          .slice(0, 500)
          .map(({ id, name, kind, skills }) => ({
            value: id,
            label: name,
            hint: skills[0]?.skill ?? org.words[kind].one,
          }))}
      />
    </div>
  );
}

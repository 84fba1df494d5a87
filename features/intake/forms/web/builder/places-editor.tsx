import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { placesQuery } from './places-query.ts';

interface PlacesEditorProps {
  placeIds: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Which places may be asked for: strangers see these names, and no others. */
export function PlacesEditor({ placeIds, onChange }: PlacesEditorProps) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(placesQuery(org.slug));
  const { many } = org.words.place;
  return (
    <div role="group" aria-label={`Which ${many}`}>
      <p className="mb-1 text-sm font-medium">Which {many} may be asked for</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-sm text-ink-soft">There are no {many} yet.</p>}
      <ul className="grid max-h-64 gap-0.5 overflow-y-auto">
        {data?.items.map(({ id, name }) => (
          <li key={id}>
            <label className="flex min-h-8 items-center gap-2 rounded-md px-1 text-sm hover:bg-hover">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={placeIds.includes(id)}
                onChange={({ target }) =>
                  onChange(target.checked ? [...placeIds, id] : placeIds.filter((each) => each !== id))
                }
              />
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-pretty text-ink-faint">
        Anybody who opens the form reads these names, and no others.
      </p>
    </div>
  );
}

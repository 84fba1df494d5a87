import { Link } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { requiredSkill } from '#features/calls/instruments/skill-rules.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople, RankedEntry } from '../contract.ts';
import { listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

/** Who it is, what is noted, and what stands in the way of asking them. */
export function EntryFacts({ list, entry }: { list: ListWithPeople; entry: RankedEntry }) {
  const org = useOrg();
  return (
    <div className="min-w-0 flex-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
        <Link
          to="/o/$org/resources/$id"
          params={{ org: org.slug, id: entry.resourceId }}
          title={entry.name}
          className="max-w-full truncate rounded-sm hover:underline"
        >
          {entry.name}
        </Link>
        {entry.archived && (
          <Badge tone="outline" title="Taken out of use: passed over when people are asked.">
            Archived
          </Badge>
        )}
        {!entry.skilled && !entry.archived && (
          <Badge
            tone="hold"
            title={`Their skills don’t name ${requiredSkill(list.skill)}. They are passed over for it.`}
          >
            No {requiredSkill(list.skill)} among their skills
          </Badge>
        )}
        {entry.alsoOn.map((grade) => (
          <Badge key={grade} title="They are asked once: where they come first.">
            Also on {grade}
          </Badge>
        ))}
      </div>
      {entry.note && (
        <p className="truncate text-xs text-ink-faint" title={entry.note}>
          {entry.note}
        </p>
      )}
    </div>
  );
}

interface PlaceBoxProps {
  entry: RankedEntry;
  people: number;
  onPlace: (place: number) => void;
}

/** Their place, which may be typed over: for a way too long to drag. */
export function PlaceBox({ entry, people, onPlace }: PlaceBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const place = Number(typed);
    if (typed !== null && Number.isInteger(place) && place >= 1 && place !== entry.place)
      onPlace(Math.min(place, people));
    setTyped(null);
  };
  return (
    <Input
      aria-label={`Place of ${entry.name}`}
      title="Type another place"
      inputMode="numeric"
      value={typed ?? String(entry.place)}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setTyped(target.value.replace(/\D/g, '').slice(0, 4))}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
        if (key === 'Escape') setTyped(null);
      }}
      className="h-7 w-11 shrink-0 border-transparent px-1 text-right text-xs tabular-nums hover:border-line"
    />
  );
}

/** What else may be done with one entry of a draft. */
export function EntryMenu({ list, entry, onNote }: { list: ListWithPeople; entry: RankedEntry; onNote: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useListChange(list.id, (resourceId: string, call) =>
    listsApi.removePerson({ org: org.slug, params: { id: list.id, resourceId } }, call),
  );
  const takeOff = () =>
    remove.mutate(entry.resourceId, {
      onError: (failure) =>
        toast({ tone: 'danger', title: `${entry.name} is still on the list`, detail: errorText(failure) }),
    });
  return (
    <Menu
      trigger={
        <IconButton label={`More about ${entry.name}`} size="icon-sm">
          <MoreHorizontal aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={onNote}>{entry.note ? 'Change the note' : 'Add a note'}</MenuItem>
      <MenuSeparator />
      <MenuItem tone="danger" onSelect={takeOff}>
        Take off the list
      </MenuItem>
    </Menu>
  );
}

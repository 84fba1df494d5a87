import { Link } from '@tanstack/react-router';
import { CopyPlus, Ellipsis, Pencil, Timer, Trash2 } from 'lucide-react';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatTime, zoneNote } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import type { ScheduleItem } from '../contract.ts';
import { dayOf, isOutside } from '../day-rules.ts';
import { itemName, kindLabel } from '../item-kinds.ts';

export type ItemDialog = { kind: 'create' } | { kind: 'edit' | 'shift' | 'copy' | 'remove'; item: ScheduleItem };

interface RowProps {
  item: ScheduleItem;
  engagement: Engagement;
  onDialog: (dialog: ItemDialog) => void;
}

/** One line of the schedule: when, what, where, and what to wear. */
export function ScheduleItemRow({ item, engagement, onDialog }: RowProps) {
  const org = useOrg();
  const mayWrite = org.can('timeline.write');
  const note = zoneNote(item.zone, org.zone);
  const details = [item.dress && `Dress: ${item.dress}`, item.notes].filter(Boolean);
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 text-sm">
      <p className="w-18 shrink-0 tabular-nums sm:w-32">
        <ClockTime instant={item.startsAt} item={item} />
        <span className="text-ink-faint max-sm:block">
          –<ClockTime instant={item.endsAt} item={item} />
        </span>
        {note && <span className="block text-xs text-ink-faint">{note}</span>}
      </p>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="max-w-full font-medium break-words">{kindLabel(item.kind)}</span>
          {item.title && <span className="max-w-full break-words text-ink-soft">{item.title}</span>}
          {isOutside(item, engagement) && (
            <Badge tone="hold" title={`Outside of the ${org.words.engagement.one}’s own time`}>
              outside
            </Badge>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-ink-soft">
          <Place item={item} />
          {item.seated !== null && item.seated > 0 && (
            <Link
              to="/o/$org/engagements/$id"
              params={{ org: org.slug, id: item.engagementId }}
              search={{ tab: 'seats' }}
              className="hover:text-ink hover:underline"
            >
              {item.seated} seated
            </Link>
          )}
        </p>
        {details.map((line) => (
          <p key={line} className="break-words whitespace-pre-wrap text-ink-faint">
            {line}
          </p>
        ))}
      </div>
      {mayWrite && <RowMenu item={item} onDialog={onDialog} />}
    </li>
  );
}

/** The time by the clock of its place; of the next calendar day with a mark. */
function ClockTime({ instant, item }: { instant: string; item: ScheduleItem }) {
  const next = toWallClock(instant, item.zone).date > dayOf(item);
  return (
    <>
      {formatTime(instant, item.zone)}
      {next && (
        <sup className="text-2xs text-ink-faint" title="On the next day">
          +1
        </sup>
      )}
    </>
  );
}

function Place({ item }: { item: ScheduleItem }) {
  const org = useOrg();
  if (!item.placeName) return null;
  if (!item.placeId || !org.can('resources.read')) return <span className="break-words">{item.placeName}</span>;
  return (
    <Link
      to="/o/$org/resources/$id"
      params={{ org: org.slug, id: item.placeId }}
      className="break-words hover:text-ink hover:underline"
    >
      {item.placeName}
    </Link>
  );
}

function RowMenu({ item, onDialog }: Pick<RowProps, 'item' | 'onDialog'>) {
  return (
    <div className="-my-0.5 flex shrink-0">
      <IconButton
        label={`Edit ${itemName(item)}`}
        className="hidden sm:inline-flex"
        onClick={() => onDialog({ kind: 'edit', item })}
      >
        <Pencil aria-hidden />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={`More for ${itemName(item)}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => onDialog({ kind: 'edit', item })}>
          <Pencil aria-hidden /> Edit…
        </MenuItem>
        <MenuItem onSelect={() => onDialog({ kind: 'shift', item })}>
          <Timer aria-hidden /> Shift it and what follows…
        </MenuItem>
        <MenuItem onSelect={() => onDialog({ kind: 'copy', item })}>
          <CopyPlus aria-hidden /> Copy to other days…
        </MenuItem>
        <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'remove', item })}>
          <Trash2 aria-hidden /> Remove…
        </MenuItem>
      </Menu>
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { CopyPlus, Ellipsis, EyeOff, Pencil, Timer, Trash2, UsersRound } from 'lucide-react';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatTime, zoneNote } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import type { ScheduleItem } from '../contract.ts';
import { forWords, seenWords, type RosterNames } from '../audience-words.ts';
import { dayOf, isOutside } from '../day-rules.ts';
import { itemName, kindLabel } from '../item-kinds.ts';

import { ClashNotes } from './clash-notes.tsx';

export type ItemDialog =
  { kind: 'create' } | { kind: 'template' } | { kind: 'edit' | 'shift' | 'copy' | 'remove'; item: ScheduleItem };

interface RowProps {
  item: ScheduleItem;
  engagement: Engagement;
  roster: RosterNames;
  /** What doesn’t fit about it. */
  clashes: readonly string[];
  onDialog: (dialog: ItemDialog) => void;
}

/** One line of the schedule: when, what, where, and what to wear. */
export function ScheduleItemRow({ item, engagement, roster, clashes, onDialog }: RowProps) {
  const org = useOrg();
  const mayWrite = org.can('timeline.write');
  const note = zoneNote(item.zone, org.zone);
  const wanted = forWords(item, roster);
  const seen = seenWords(item, roster);
  const details = [item.dress && `Dress: ${item.dress}`, item.notes].filter(Boolean);
  const titled = item.title !== '' && item.kind === 'other';
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
          <span className="max-w-full font-medium break-words">{titled ? item.title : kindLabel(item.kind)}</span>
          {item.title && !titled && <span className="max-w-full break-words text-ink-soft">{item.title}</span>}
          {isOutside(item, engagement) && (
            <Badge tone="hold" title={`On none of the ${org.words.engagement.one}’s own days`}>
              another day
            </Badge>
          )}
          {seen && org.can('timeline.read') && (
            <Badge tone="outline" title={`Who knows of it: ${seen}`}>
              <EyeOff aria-hidden className="mr-1 inline size-3 align-[-2px]" />
              {seen}
            </Badge>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-ink-soft">
          {wanted && (
            <span className="flex min-w-0 items-start gap-1.5">
              <UsersRound aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-faint" />
              <span className="sr-only">For </span>
              <span className="min-w-0 break-words">{wanted}</span>
            </span>
          )}
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
        <ClashNotes messages={clashes} />
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

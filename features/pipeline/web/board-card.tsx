import { Link } from '@tanstack/react-router';
import { ArrowRightLeft, CalendarClock, MapPin, UserRound } from 'lucide-react';
import { memo } from 'react';
import { chanceOf } from '#features/engagements/rules.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatMoney } from '#platform/text/money.ts';
import { formatDate, formatTime } from '#platform/time/format.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Menu, MenuItem, MenuLabel } from '#platform/ui/menu.tsx';
import type { PipelineCard } from '../contract.ts';
import { daysSince, kindOf } from '../rules.ts';

interface BoardCardProps {
  card: PipelineCard;
  /** The present instant. */
  now: string;
  /** Somebody chose another stage; absent: they may not. */
  onMove?: ((card: PipelineCard, stage: string) => void) | undefined;
}

/** What matters of one engagement on its way. */
export const BoardCard = memo(function BoardCard({ card, now, onMove }: BoardCardProps) {
  const org = useOrg();
  return (
    <>
      <div className="flex items-start gap-1">
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id: card.id }}
          draggable={false}
          title={card.title}
          className="line-clamp-2 min-w-0 flex-1 text-sm font-medium break-words underline-offset-4 hover:underline"
        >
          {card.title}
        </Link>
        {onMove && <MoveMenu card={card} onMove={onMove} />}
      </div>
      <p className="mt-0.5 text-xs text-ink-soft tabular-nums">{formatTime(card.startsAt, card.zone, 'date')}</p>
      <CardPlace card={card} />
      {card.nextStep && <p className="mt-1.5 line-clamp-2 text-xs break-words text-ink-soft">{card.nextStep}</p>}
      <CardFoot card={card} now={now} />
    </>
  );
});

function CardPlace({ card: { party, placeId, placeName } }: { card: PipelineCard }) {
  const org = useOrg();
  return (
    <p className="flex min-w-0 flex-wrap gap-x-3 text-xs text-ink-faint">
      {party && (
        <Link
          to="/o/$org/contacts/$id"
          params={{ org: org.slug, id: party.id }}
          draggable={false}
          title={party.name}
          className="max-w-full truncate underline-offset-4 hover:underline"
        >
          {party.name}
        </Link>
      )}
      {placeId && (
        <span className="flex max-w-full min-w-0 items-center gap-1" title={placeName ?? undefined}>
          <MapPin aria-hidden className="size-3 shrink-0" />
          <span className="truncate">{placeName}</span>
        </span>
      )}
    </p>
  );
}

function CardFoot({ card, now }: { card: PipelineCard; now: string }) {
  const { valueMinor, valueCurrency, leadName, followUpOn, stageSince } = card;
  const open = kindOf(card.pack, card.stage) === 'open';
  const days = daysSince(stageSince, now);
  const late = followUpOn !== null && followUpOn < now.slice(0, 10);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-faint tabular-nums">
      {valueMinor !== null && valueCurrency !== null && (
        <span className="font-medium text-ink">{formatMoney(valueMinor, valueCurrency)}</span>
      )}
      {open && <span title="Probability">{chanceOf(card)} %</span>}
      {leadName && (
        <span className="flex min-w-0 items-center gap-1" title={`Responsible: ${leadName}`}>
          <UserRound aria-hidden className="size-3 shrink-0" />
          <span className="max-w-24 truncate">{leadName}</span>
        </span>
      )}
      {followUpOn && (
        <span className={cn('flex items-center gap-1', late && 'font-medium text-danger')} title="Follow up">
          <CalendarClock aria-hidden className="size-3" />
          <span className="sr-only">{late ? 'Follow-up overdue: ' : 'Follow up: '}</span>
          {formatDate(followUpOn, 'day')}
        </span>
      )}
      <span className="ml-auto" title={`In this stage since ${formatTime(stageSince, card.zone, 'date')}`}>
        {ageText(days)}
      </span>
    </div>
  );
}

/** How long it has been in its stage. */
export function ageText(days: number): string {
  return days === 0 ? 'today' : `${days} d`;
}

/** Moving without dragging. */
export function MoveMenu({
  card,
  onMove,
}: {
  card: PipelineCard;
  onMove: (card: PipelineCard, stage: string) => void;
}) {
  return (
    <Menu
      trigger={
        <IconButton label={`Move ${card.title}`} size="icon-sm" className="-mt-1 -mr-1.5">
          <ArrowRightLeft aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>Move to</MenuLabel>
      {packs[card.pack].stages.map(({ key, label, kind }) => (
        <MenuItem
          key={key}
          disabled={key === card.stage}
          tone={kind === 'lost' ? 'danger' : undefined}
          onSelect={() => onMove(card, key)}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

import { Plus } from 'lucide-react';
import { formatTime } from '#platform/time/format.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Resource } from '../../resources/contract.ts';
import type { ClaimSpan } from '../board-rules.ts';
import { claimTitle } from '../claim-words.ts';
import type { Placed } from '../timeline-rules.ts';
import { StatusBadge } from './claim-card.tsx';
import type { BusySpan } from './use-board-data.ts';

interface AgendaRowProps {
  resource: Resource;
  claims: readonly Placed<ClaimSpan>[];
  busy: readonly Placed<BusySpan>[];
  onOpen: (claimId: string) => void;
  onPlace: () => void;
}

/** A resource's day: what is placed, and what keeps it away. */
export function AgendaRow({ resource, claims, busy, onOpen, onPlace }: AgendaRowProps) {
  const org = useOrg();
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-sm font-semibold" title={resource.name}>
          {resource.name}
          <span className="ml-2 font-normal text-ink-faint first-letter:uppercase">
            {resource.skills[0]?.skill ?? org.words[resource.kind].one}
          </span>
        </p>
        {org.can('claims.hold') && (
          <IconButton size="icon-lg" label={`Place on ${resource.name}`} onClick={onPlace} className="-my-1.5 -mr-2">
            <Plus aria-hidden />
          </IconButton>
        )}
      </div>
      {claims.map(({ span: { claim } }) => (
        <button
          key={claim.id}
          type="button"
          onClick={() => onOpen(claim.id)}
          className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-3 rounded-md px-2 text-left text-sm active:bg-hover"
        >
          <span className="w-16 shrink-0 text-ink-soft tabular-nums">{formatTime(claim.startsAt, claim.zone)}</span>
          <span className="min-w-0 flex-1 truncate">{claimTitle(claim)}</span>
          <StatusBadge claim={claim} />
        </button>
      ))}
      {busy.map(({ span }) => (
        <p key={span.id} className="flex min-h-8 items-center gap-3 text-sm text-ink-faint">
          <span className="w-16 shrink-0">{span.kind === 'time_off' ? 'Away' : 'Busy'}</span>
          <span className="min-w-0 truncate">{span.summary}</span>
        </p>
      ))}
    </li>
  );
}

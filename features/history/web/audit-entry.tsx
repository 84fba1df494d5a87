import { Link } from '@tanstack/react-router';
import { ChevronRight, Eye, ShieldAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Change } from '../contract.ts';
import { AuditDetails } from './audit-details.tsx';
import type { AuditSearch } from './audit-search.ts';
import { auditSentence, namedInSentence } from './audit-words.ts';

interface AuditEntryProps {
  change: Change;
  onFilter: (part: AuditSearch) => void;
}

/** One line of the trail: when, who, what. It opens on what was before and after. */
export function AuditEntry({ change, onFilter }: AuditEntryProps) {
  const org = useOrg();
  const [open, setOpen] = useState(false);
  const details = useId();
  const pack = packs[org.packs[0] ?? 'orchestra'];
  const sentence = auditSentence(change, { pack, zone: org.zone, nameOf: () => undefined });
  const who = change.realActorName ?? change.actorName;
  return (
    <li className={cn('relative', tones[change.operation])}>
      <div className="flex items-start gap-2 px-4 py-2 text-sm sm:gap-3 sm:px-6">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={details}
          aria-label={`Details: ${who} ${sentence}`}
          onClick={() => setOpen(!open)}
          className="mt-px grid size-5 shrink-0 place-items-center rounded-sm text-ink-faint after:absolute after:inset-x-0 after:top-0 after:h-9 hover:text-ink"
        >
          <ChevronRight aria-hidden className={cn('size-4 transition-transform', open && 'rotate-90')} />
        </button>
        <time dateTime={change.at} className="w-16 shrink-0 text-ink-faint tabular-nums max-sm:hidden">
          {formatTime(change.at, org.zone)}
        </time>
        <div className="min-w-0 flex-1">
          <p className="break-words">
            <span className="font-medium">{who}</span> {sentence}
            <Subject change={change} />
          </p>
          {change.reason && <p className="break-words text-ink-soft">{change.reason}</p>}
          <time dateTime={change.at} className="text-xs text-ink-faint tabular-nums sm:hidden">
            {formatTime(change.at, org.zone)}
          </time>
        </div>
        <Mark change={change} />
      </div>
      {open && <AuditDetails id={details} change={change} onFilter={onFilter} />}
    </li>
  );
}

/** Refusals and looks stand out from what was merely changed. */
const tones: Record<Change['operation'], string> = {
  insert: '',
  update: '',
  delete: '',
  denied: 'bg-danger-soft/40 shadow-[inset_3px_0_0_var(--color-danger)]',
  looked: 'bg-hold-soft/40 shadow-[inset_3px_0_0_var(--color-hold)]',
};

function Mark({ change }: { change: Change }) {
  if (change.operation === 'denied') {
    return (
      <Badge tone="danger" className="shrink-0">
        <ShieldAlert aria-hidden className="mr-1 inline size-3" />
        Refused
      </Badge>
    );
  }
  if (change.operation === 'looked' || change.realActor) {
    return (
      <Badge tone="hold" className="shrink-0">
        <Eye aria-hidden className="mr-1 inline size-3" />
        {change.realActor ? 'Support' : 'Looked'}
      </Badge>
    );
  }
  return null;
}

/** What it is about, with a link where there is a page. */
function Subject({ change }: { change: Change }) {
  const org = useOrg();
  if (!change.label || namedInSentence.has(change.entity)) return null;
  const engagementId = change.entity === 'engagements' ? change.entityId : idIn(change, 'engagementId');
  const resourceId = change.entity === 'resources' ? change.entityId : idIn(change, 'resourceId');
  const look = 'relative text-accent underline decoration-line-strong underline-offset-2 hover:decoration-current';
  // One that is gone is shown as it was just before; there it can be brought back.
  const gone = change.entity === 'engagements' && change.operation === 'delete';
  const at = gone ? new Date(Date.parse(change.at) - 1).toISOString() : undefined;
  if (engagementId && (gone || change.operation !== 'delete')) {
    return (
      <>
        {' · '}
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id: engagementId }}
          search={{ at }}
          className={look}
        >
          {change.label}
        </Link>
      </>
    );
  }
  if (resourceId && !engagementId) {
    return (
      <>
        {' · '}
        <Link to="/o/$org/resources/$id" params={{ org: org.slug, id: resourceId }} className={look}>
          {change.label}
        </Link>
      </>
    );
  }
  return <span className="text-ink-soft"> · {change.label}</span>;
}

function idIn({ before, after }: Change, field: string): string | null {
  const id = after?.[field] ?? before?.[field];
  return typeof id === 'string' ? id : null;
}

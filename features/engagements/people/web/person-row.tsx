import { Link } from '@tanstack/react-router';
import { HeartPulse, Mail, Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useSortableRow } from '#platform/ui/sortable.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterEntry } from '../contract.ts';
import type { PeopleDialog } from './people-dialogs.tsx';
import { PersonMenu } from './person-menu.tsx';
import { StandingBadge } from './standing-badge.tsx';

interface PersonRowProps {
  entry: RosterEntry;
  onDialog: (dialog: PeopleDialog) => void;
}

/** Somebody on the roster: as what, how sure, and how to reach them. */
export function PersonRow({ entry, onDialog }: PersonRowProps) {
  const org = useOrg();
  const writes = org.can('people.write');
  const sortable = useSortableRow(entry.id, `Move ${entry.name}`, !writes);
  const replaced = entry.standing === 'replaced';
  return (
    <li
      ref={sortable.ref}
      style={sortable.style}
      className={cn(
        'flex items-start gap-1 py-2 pr-2 text-sm',
        writes ? 'pl-1.5' : 'pl-4',
        sortable.dragging && 'relative z-10 bg-raised shadow-float',
      )}
    >
      {writes && <span className="-my-0.5 shrink-0">{sortable.handle}</span>}
      <div className="min-w-0 flex-1 py-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <PersonName entry={entry} className={cn(replaced && 'text-ink-faint line-through')} />
          {entry.mine && <Badge tone="accent">You</Badge>}
          {entry.role && <span className="max-w-full break-words text-ink-soft">{entry.role}</span>}
        </p>
        {entry.standsInFor && <p className="break-words text-ink-soft">Stands in for {entry.standsInFor}</p>}
        {entry.standIn && <p className="break-words text-ink-soft">{entry.standIn} takes their place</p>}
        {entry.callNote && <p className="break-words text-ink-faint">{entry.callNote}</p>}
        {org.can('people.read') && (
          <p className="mt-1 sm:hidden">
            <StandingBadge standing={entry.standing} />
          </p>
        )}
      </div>
      {org.can('people.read') && (
        <span className="mt-1.5 mr-1 hidden shrink-0 sm:block">
          <StandingBadge standing={entry.standing} />
        </span>
      )}
      <Reach entry={entry} onDialog={onDialog} />
      {writes && <PersonMenu entry={entry} onDialog={onDialog} />}
    </li>
  );
}

function PersonName({ entry, className }: { entry: RosterEntry; className: string }) {
  const org = useOrg();
  const look = cn('max-w-full font-medium break-words', className);
  if (entry.resourceId === null || !org.can('resources.read')) return <span className={look}>{entry.name}</span>;
  return (
    <Link
      to="/o/$org/resources/$id"
      params={{ org: org.slug, id: entry.resourceId }}
      className={cn(look, 'hover:underline')}
    >
      {entry.name}
    </Link>
  );
}

/** One tap each; whom to call in an emergency is asked for, and each look is on record. */
function Reach({ entry, onDialog }: PersonRowProps) {
  const org = useOrg();
  const { resourceId, name, email, phone } = entry;
  return (
    <span className="flex shrink-0">
      {phone && (
        <ReachLink label={`Call ${name}, ${phone}`} href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          <Phone aria-hidden />
        </ReachLink>
      )}
      {email && (
        <ReachLink label={`Write to ${name}, ${email}`} href={`mailto:${email}`}>
          <Mail aria-hidden />
        </ReachLink>
      )}
      {resourceId && org.can('personalDetails.emergency') && (
        <IconButton label={`In an emergency: ${name}`} onClick={() => onDialog({ kind: 'emergency', entry })}>
          <HeartPulse aria-hidden />
        </IconButton>
      )}
    </span>
  );
}

function ReachLink({ label, href, children }: { label: string; href: string; children: ReactNode }) {
  return (
    <Button asChild variant="ghost" size="icon">
      <a href={href} aria-label={label} title={label}>
        {children}
      </a>
    </Button>
  );
}

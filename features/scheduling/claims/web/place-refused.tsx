import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ResourceKind } from '../../resources/contract.ts';
import type { Conflict } from '../contract.ts';
import { ConflictList } from './conflict-list.tsx';

interface PlaceRefusedProps {
  conflicts: readonly Conflict[];
  kind?: ResourceKind;
  asked: string;
}

/** Why nothing was placed, with both sides, and the way to somebody who is free. */
export function PlaceRefused({ conflicts, kind, asked }: PlaceRefusedProps) {
  const org = useOrg();
  const first = conflicts[0];
  const notice = useRef<HTMLDivElement>(null);
  // The form is long: what was refused must not stay below its edge.
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'center' });
  }, [conflicts]);
  return (
    <div ref={notice} className="space-y-3">
      <p className="text-sm font-medium text-danger">
        Nothing was placed, because of {conflicts.length === 1 ? 'this' : 'these'}:
      </p>
      <ConflictList conflicts={conflicts} asked={asked} />
      {first && (
        <Button asChild size="sm">
          <Link
            to="/o/$org/find"
            params={{ org: org.slug }}
            search={{ kind, startsAt: first.startsAt, endsAt: first.endsAt }}
          >
            <Search aria-hidden />
            Find a free one
          </Link>
        </Button>
      )}
    </div>
  );
}

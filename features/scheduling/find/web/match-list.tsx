import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { countOf, withArticle } from '#features/organisations/web/word-case.ts';
import type { claims } from '#features/scheduling/claims/contract.ts';
import { claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';
import { ConflictList, conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import { rateOf } from '#features/scheduling/resources/web/resource-table.tsx';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { ResourceKind } from '../../resources/contract.ts';
import type { Match } from './find-queries.ts';
import type { useFindTarget } from './use-find-target.ts';

interface MatchListProps {
  matches: readonly Match[];
  more: boolean;
  kind: ResourceKind;
  target: ReturnType<typeof useFindTarget>;
  units: number;
  /** The list is of the search before; the next is on its way. */
  stale: boolean;
}

type Placing = RouteRequest<typeof claims.routes.place>['body'];

interface Wish {
  resourceId: string;
  name: string;
  status: 'hold' | 'commit';
}

/** Those who fit, with why, and the way to hold or book one. */
export function MatchList({ matches, more, kind, target, units, stale }: MatchListProps) {
  const org = useOrg();
  const toast = useToast();
  const [refused, setRefused] = useState<unknown>(null);
  const { engagement, time } = target;
  const [asking, setAsking] = useState<string | null>(null);
  const place = useChange(org.slug, ['claims', 'engagements'], (body: Placing, call) =>
    claimsApi.place({ org: org.slug, body }, call),
  );
  const wish = (wanted: Wish) => {
    if (!engagement || !time) return;
    setAsking(wanted.resourceId);
    const claim = { resourceId: wanted.resourceId, status: wanted.status, units, ...time };
    const body = { engagementId: engagement.id, claims: [claim] };
    place.mutate(body, {
      onSuccess: () =>
        toast({
          tone: 'good',
          title: `${wanted.name} is ${wanted.status === 'hold' ? 'held' : 'booked'} for ${engagement?.title ?? ''}`,
        }),
      onError: setRefused,
      onSettled: () => setAsking(null),
    });
  };
  const count = `${more ? 'The first ' : ''}${countOf(matches.length, org.words[kind])}`;
  return (
    <>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3 text-sm text-ink-soft">
        <span className="tabular-nums">{count}</span>
        {!engagement && (
          <span className="text-ink-faint">
            Choose {withArticle(org.words.engagement.one)} to hold or book from here.
          </span>
        )}
      </div>
      <div className={cn('transition-opacity', stale && 'opacity-60')}>
        <CardList label="Matches">
          {matches.map((match) => (
            <MatchRow
              key={match.resource.id}
              match={match}
              busy={asking === match.resource.id}
              onWish={engagement ? wish : null}
            />
          ))}
        </CardList>
      </div>
      <RefusalDialog error={refused} asked={engagement?.title} onClose={() => setRefused(null)} />
    </>
  );
}

function MatchRow({ match, busy, onWish }: { match: Match; busy: boolean; onWish: ((wish: Wish) => void) | null }) {
  const org = useOrg();
  const { resource, distanceKm, level, holds, pencils, reasons } = match;
  const { words } = org;
  const facts = [
    rateOf(resource),
    distanceKm === null ? '' : `${distanceKm < 10 ? distanceKm.toFixed(1) : Math.round(distanceKm)} km`,
  ].filter(Boolean);
  const wish = (status: 'hold' | 'commit') => () => onWish?.({ resourceId: resource.id, name: resource.name, status });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/o/$org/resources/$id"
            params={{ org: org.slug, id: resource.id }}
            title={resource.name}
            className="truncate font-medium hover:underline"
          >
            {resource.name}
          </Link>
          {level !== null && <Badge>level {level}</Badge>}
          {holds > 0 && <Badge tone="hold">{countOf(holds, words.hold)}</Badge>}
          {pencils > 0 && <Badge tone="outline">{countOf(pencils, words.pencil)}</Badge>}
          {facts.length > 0 && <span className="text-xs text-ink-soft tabular-nums">{facts.join(' · ')}</span>}
        </p>
        {reasons.length > 0 && <p className="mt-0.5 text-xs text-pretty text-ink-faint">{reasons.join(' · ')}</p>}
      </div>
      {onWish && (
        <div className="flex shrink-0 gap-2">
          {org.can('claims.hold') && (
            <Button
              size="sm"
              busy={busy}
              onClick={wish('hold')}
              aria-label={`Hold ${resource.name}`}
              title={`Place a ${words.hold.one}`}
            >
              Hold
            </Button>
          )}
          {org.can('claims.commit') && (
            <Button
              size="sm"
              busy={busy}
              onClick={wish('commit')}
              aria-label={`Book ${resource.name}`}
              title={`Make a ${words.commit.one}`}
            >
              Book
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function RefusalDialog({ error, asked, onClose }: { error: unknown; asked: string | undefined; onClose: () => void }) {
  const conflicts = conflictsOf(error);
  return (
    <Dialog
      open={error !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Nothing was saved"
      description={conflicts.length > 0 ? 'Somebody was faster, or it fits only in part.' : undefined}
    >
      <div className="pb-5">
        {conflicts.length > 0 ? <ConflictList conflicts={conflicts} asked={asked} /> : <ErrorNotice error={error} />}
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Search, Users } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';
import type { ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import { useCheck } from '#features/scheduling/claims/web/use-check.ts';
import type { ResourceKind } from '#features/scheduling/resources/contract.ts';
import type { Engagement } from '../../contract.ts';
import { RosterRow } from './roster-row.tsx';

interface RosterProps {
  engagement: Engagement;
  claims: readonly Claim[];
  loading: boolean;
  error: Error | null;
  changes: ClaimChanges;
  onPlace: () => void;
  onRelease: (claim: Claim) => void;
}

const kinds: readonly ResourceKind[] = ['place', 'person', 'thing'];

/** Who and what the engagement has, by kind, with what still stands in the way. */
export function Roster({ engagement, claims, loading, error, changes, onPlace, onRelease }: RosterProps) {
  const org = useOrg();
  const resources = useQuery(boardResourcesQuery(org.slug));
  const byId = new Map((resources.data ?? []).map((resource) => [resource.id, resource]));
  const open = claims.filter(({ status }) => status !== 'commit');
  const answer = useCheck(
    open.map(({ id, resourceId, startsAt, endsAt, units }) => ({ claimId: id, resourceId, startsAt, endsAt, units })),
  );
  const problemOf = (claim: Claim) => answer?.conflicts.find((found) => isFor(found, claim))?.message ?? null;
  const queueOf = (claim: Claim) =>
    claim.rank === 1 ? null : (answer?.holds.find((found) => isFor(found, claim))?.message ?? null);
  return (
    <Section
      title={`${capital(org.words.hold.many)} and ${org.words.commit.many}`}
      description={claims.length > 0 ? summaryOf(claims, org.words) : undefined}
      actions={org.can('claims.hold') && <RosterActions engagement={engagement} onPlace={onPlace} />}
    >
      {error && <ErrorNotice error={error} />}
      {(loading || resources.isPending) && <SkeletonRows rows={4} />}
      {!loading && claims.length === 0 && (
        <EmptyState icon={Users} title="Nobody and nothing yet" className="py-10">
          Hold the {org.words.place.one}, the {org.words.person.many} and the {org.words.thing.many} that this{' '}
          {org.words.engagement.one} needs. When all stand, confirm them at once.
        </EmptyState>
      )}
      {!resources.isPending &&
        kinds.map((kind) => {
          const members = claims.filter(
            ({ resourceId }) => byId.get(resourceId)?.kind === kind || (kind === 'thing' && !byId.has(resourceId)),
          );
          if (members.length === 0) return null;
          return (
            <div key={kind} className="mb-5">
              <h3 className="mb-1.5 text-xs font-semibold text-ink-faint">{capital(org.words[kind].many)}</h3>
              <CardList label={org.words[kind].many}>
                {members.map((claim) => (
                  <RosterRow
                    key={claim.id}
                    claim={claim}
                    engagement={engagement}
                    resource={byId.get(claim.resourceId)}
                    problem={problemOf(claim)}
                    queue={queueOf(claim)}
                    changes={changes}
                    onRelease={onRelease}
                  />
                ))}
              </CardList>
            </div>
          );
        })}
    </Section>
  );
}

function RosterActions({ engagement, onPlace }: { engagement: Engagement; onPlace: () => void }) {
  const org = useOrg();
  return (
    <div className="flex gap-2">
      <Button asChild size="sm">
        <Link
          to="/o/$org/find"
          params={{ org: org.slug }}
          search={{ startsAt: engagement.startsAt, endsAt: engagement.endsAt, engagement: engagement.id }}
        >
          <Search aria-hidden /> Find free
        </Link>
      </Button>
      <Button size="sm" variant="primary" onClick={onPlace}>
        <Plus aria-hidden /> Add
      </Button>
    </div>
  );
}

function isFor(found: Pick<Claim, 'resourceId' | 'startsAt'>, claim: Claim): boolean {
  return found.resourceId === claim.resourceId && found.startsAt === claim.startsAt;
}

/** “3 bookings, 1 hold” */
function summaryOf(claims: readonly Claim[], words: ReturnType<typeof useOrg>['words']): string {
  const parts = (['commit', 'hold', 'pencil'] as const).flatMap((status) => {
    const count = claims.filter((claim) => claim.status === status).length;
    return count > 0 ? [`${count} ${count === 1 ? words[status].one : words[status].many}`] : [];
  });
  return parts.join(', ');
}

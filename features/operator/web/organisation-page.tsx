import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { LifeBuoy, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { meQuery } from '#features/identity/web/session.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { operatorApi, organisationQuery, useAct, type OrganisationDetail } from './operator-queries.ts';
import { OperationRow } from './operation-row.tsx';
import { MoveOrganisation, PlanOfOrganisation, StandingOfOrganisation } from './organisation-actions.tsx';
import { Place, StandingBadges } from './organisation-badges.tsx';
import { When, exactTime } from './when.tsx';

/** One organisation from outside: where it lives, how much it holds, its plan and its standing. */
export function OrganisationPage() {
  const { id } = useParams({ from: '/operator/organisations/$id' });
  const { data, error, refetch } = useQuery(organisationQuery(id));
  return (
    <>
      <PageHeader
        title={data?.name ?? 'Organisation'}
        crumb={
          <Link to="/operator/organisations" className="hover:underline">
            Organisations
          </Link>
        }
        aside={data && <StandingBadges organisation={data} />}
      />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {!data && !error && <SkeletonRows rows={5} />}
      {data && <Parts organisation={data} />}
    </>
  );
}

function Parts({ organisation }: { organisation: OrganisationDetail }) {
  const { operation, owners, createdAt, slug, suspendedReason } = organisation;
  return (
    <div className="grid max-w-4xl grid-cols-1 divide-y divide-line px-4 sm:px-6">
      {operation && (
        <div className="pb-5">
          <CardList label="Under way">
            <OperationRow operation={operation} />
          </CardList>
        </div>
      )}
      <Section title="About">
        <Facts
          facts={[
            ['Short name', slug],
            ['Made', exactTime(createdAt)],
            ...(suspendedReason ? [['Suspended because', suspendedReason] as const] : []),
          ]}
        />
        <div className="mt-3 text-sm">
          <h3 className="text-xs text-ink-faint">Owners</h3>
          {owners.length === 0 && 'Nobody yet'}
          <ul>
            {owners.map(({ name, email }) => (
              <li key={email} className="break-words">
                {name}, <span className="text-ink-soft">{email}</span>
              </li>
            ))}
          </ul>
        </div>
      </Section>
      <Usage organisation={organisation} />
      <PlanOfOrganisation organisation={organisation} />
      <Section
        title="Place"
        description="Nothing in the organisation changes with the place but how much of a database it has to itself."
        actions={organisation.status !== 'closed' && <MoveOrganisation organisation={organisation} />}
      >
        <p className="text-sm">
          Lives in <Place place={organisation.place} />
        </p>
      </Section>
      <Support organisation={organisation} />
      <StandingOfOrganisation organisation={organisation} />
    </div>
  );
}

function Usage({ organisation: { id, usage } }: { organisation: OrganisationDetail }) {
  const toast = useToast();
  const count = useAct(() => operatorApi.count({ params: { id } }));
  const ask = () =>
    count.mutate(undefined, {
      onSuccess: () => toast({ tone: 'good', title: 'A job counts it in a moment' }),
      onError: (failure) => toast({ tone: 'danger', title: 'It isn’t counted', detail: errorText(failure) }),
    });
  return (
    <Section
      title="Usage"
      description={
        usage ? (
          <>
            Counted <When at={usage.countedAt} />.
          </>
        ) : (
          'Not counted yet.'
        )
      }
      actions={
        <Button size="sm" onClick={ask} busy={count.isPending}>
          <RefreshCw aria-hidden /> Count now
        </Button>
      }
    >
      {usage && (
        <Facts
          facts={[
            ['Engagements', usage.engagements.toLocaleString()],
            ['People, places, things', usage.resources.toLocaleString()],
            ['Claims', usage.claims.toLocaleString()],
            ['Last activity', usage.lastActivityAt ? exactTime(usage.lastActivityAt) : 'None'],
          ]}
        />
      )}
    </Section>
  );
}

function Support({ organisation: { support, slug, name } }: { organisation: OrganisationDetail }) {
  const queries = useQueryClient();
  const enter = async () => {
    // What one may enter is known with who is signed in.
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    location.assign(`/o/${slug}`);
  };
  return (
    <Section
      title="Support access"
      description={
        support
          ? `Open until ${exactTime(support.endsAt)}, for ${support.level === 'read' ? 'looking only' : 'looking and changing'}. Everything you look at is written into ${name}’s audit trail.`
          : 'Closed. An owner opens it in the organisation’s settings, for a purpose and a time; nobody else can.'
      }
      actions={
        support && (
          <Button size="sm" onClick={() => void enter()}>
            <LifeBuoy aria-hidden /> Enter
          </Button>
        )
      }
    >
      {support && <p className="text-sm break-words">“{support.purpose}”</p>}
    </Section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-4">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-ink-faint">{label}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

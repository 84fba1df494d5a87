import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { asOfQuery } from '#features/history/web/history-queries.ts';
import type { EngagementThen } from '#features/history/contract.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { rangeText, statusWord } from '#features/scheduling/claims/claim-words.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { DossierThen } from './dossier-then.tsx';
import { HistoryList } from './history-list.tsx';

/** An engagement as it was, rebuilt from its history. Nothing here can be changed. */
export function EngagementAsOf({ id, at }: { id: string; at: string }) {
  const org = useOrg();
  const { data, error, isPending } = useQuery(asOfQuery(org.slug, id, at));
  const zone = data?.engagement.zone ?? org.zone;
  return (
    <>
      <Banner id={id} at={at} zone={zone} />
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} className="m-4 sm:m-6" />}
      {data && <Then then={data} />}
      {data && (
        <div className="px-4 sm:px-6">
          <DossierThen id={id} at={at} />
        </div>
      )}
      <section aria-label="History" className="px-4 pb-12 sm:px-6">
        <h2 className="mb-3 border-b border-line pb-2 text-base font-semibold">History</h2>
        <HistoryList engagementId={id} zone={zone} at={at} />
      </section>
    </>
  );
}

/** Says, as long as it is so, that this is the past. */
function Banner({ id, at, zone }: { id: string; at: string; zone: string }) {
  const org = useOrg();
  return (
    <div
      role="status"
      className="sticky top-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-hold bg-hold-soft px-4 py-2.5 text-sm text-on-hold-soft sm:px-6"
    >
      <History aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-56">
        <span className="font-semibold">As it was on {formatTime(at, zone, 'dateTime')}.</span> Nothing can be changed
        here.
      </p>
      <Button asChild size="sm" variant="primary">
        <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id }} search={{ tab: 'record' }}>
          Back to now
        </Link>
      </Button>
    </div>
  );
}

function Then({ then: { engagement, claims, parties, notes } }: { then: EngagementThen }) {
  const org = useOrg();
  usePageTitle(engagement.title);
  const packName = packNames.find((name) => name === engagement.pack);
  const pack = packName ? packs[packName] : org.pack;
  const stage = pack.stages.find(({ key }) => key === engagement.stage)?.label ?? engagement.stage;
  const when = rangeText(engagement.startsAt, engagement.endsAt, engagement.zone, org.zone);
  return (
    <div className="px-4 pt-5 sm:px-6">
      <header className="mb-4">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{engagement.title}</h1>
          <Badge tone={engagement.confirmedAt ? 'good' : 'neutral'}>{stage}</Badge>
        </div>
        <p className="mt-0.5 text-sm text-ink-soft">
          {[when, engagement.placeName, engagement.seriesName].filter(Boolean).join(', ')}
        </p>
        {engagement.notes && <p className="mt-2 max-w-3xl text-sm whitespace-pre-wrap">{engagement.notes}</p>}
      </header>
      <div className="grid gap-x-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Section title="Roster" className="first:pt-2">
          <Claims claims={claims} zone={engagement.zone} />
        </Section>
        <Section title={capital(org.words.party.many)} className="pt-2">
          {parties.length === 0 ? (
            <p className="text-sm text-ink-faint">Nobody was on it.</p>
          ) : (
            <CardList label={org.words.party.many}>
              {parties.map((party) => (
                <li key={party.id} className="flex gap-3 px-4 py-2 text-sm">
                  <span className="min-w-0 flex-1 truncate">{party.name ?? 'Somebody who is gone'}</span>
                  <span className="text-ink-faint">{party.role}</span>
                </li>
              ))}
            </CardList>
          )}
        </Section>
      </div>
      {notes.length > 0 && (
        <Section title="Notes">
          <div className="grid max-w-3xl gap-4">
            {notes.map((note) => (
              <article key={note.id} aria-label={note.title} className="min-w-0 text-sm">
                <h3 className="font-medium break-words">{note.title || 'A note for managers'}</h3>
                <p className="break-words whitespace-pre-wrap text-ink-soft">{note.body || 'Nothing written yet'}</p>
              </article>
            ))}
          </div>
        </Section>
      )}
    </div>
  );
}

const tones: Record<EngagementThen['claims'][number]['status'], BadgeTone> = {
  pencil: 'neutral',
  hold: 'hold',
  commit: 'accent',
};

function Claims({ claims, zone }: { claims: EngagementThen['claims']; zone: string }) {
  const org = useOrg();
  if (claims.length === 0) return <p className="text-sm text-ink-faint">Nothing was held or booked for it.</p>;
  return (
    <CardList label="Roster">
      {claims.map((claim) => (
        <li key={claim.id} className="flex items-start gap-3 px-4 py-2 text-sm">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{claim.resourceName ?? 'Something that is gone'}</p>
            <p className="text-ink-soft">{rangeText(claim.startsAt, claim.endsAt, zone, org.zone)}</p>
            {claim.note && <p className="break-words text-ink-soft">{claim.note}</p>}
          </div>
          <Badge tone={tones[claim.status]} className="mt-0.5 shrink-0">
            {statusWord(org.pack, claim.status, claim.rank)}
          </Badge>
        </li>
      ))}
    </CardList>
  );
}

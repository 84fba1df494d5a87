import { Link } from '@tanstack/react-router';
import { formatTime, zoneNote } from '#platform/time/format.ts';
import { Fact } from '#platform/ui/fact.tsx';
import { Section } from '#platform/ui/table.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useMemberName } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import { formatMoney } from '#platform/text/money.ts';
import type { Engagement } from '../../contract.ts';
import { chanceOf, stageOf } from '../../rules.ts';

/** When, where and what it belongs to. */
export function EngagementFacts({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const zone = engagement.zone ?? org.zone;
  const note = zoneNote(zone, org.zone);
  const nameOf = useMemberName();
  const open = stageOf(packs[engagement.pack], engagement.stage)?.kind === 'open';
  return (
    <Section title="About">
      <dl className="grid gap-3 text-sm">
        <Fact label="When">
          {rangeText(engagement.startsAt, engagement.endsAt, zone, zone)}
          {note && <span className="block text-ink-faint">{note}</span>}
        </Fact>
        <Fact label={capital(org.words.place.one)}>
          {!org.can('resources.read') && engagement.placeName}
          {engagement.placeId && org.can('resources.read') && (
            <Link
              to="/o/$org/resources/$id"
              params={{ org: org.slug, id: engagement.placeId }}
              className="text-accent hover:underline"
            >
              {engagement.placeName}
            </Link>
          )}
        </Fact>
        <Fact label={capital(org.words.series.one)}>
          {engagement.seriesId && (
            <Link
              to="/o/$org/engagements"
              params={{ org: org.slug }}
              search={{ series: engagement.seriesId }}
              className="text-accent hover:underline"
            >
              {engagement.seriesName}
            </Link>
          )}
        </Fact>
        <Fact label="Value">{worth(engagement)}</Fact>
        {org.can('engagements.read') && open && <Fact label="Probability">{`${chanceOf(engagement)} %`}</Fact>}
        <Fact label="Next step">{engagement.nextStep}</Fact>
        <Fact label="Responsible">{nameOf(engagement.leadUserId)}</Fact>
        {org.packs.length > 1 && <Fact label="Kind">{packs[engagement.pack].label}</Fact>}
        <Fact label="Confirmed">{engagement.confirmedAt && formatTime(engagement.confirmedAt, org.zone, 'date')}</Fact>
        <Fact label="Notes">{engagement.notes && <span className="whitespace-pre-wrap">{engagement.notes}</span>}</Fact>
      </dl>
    </Section>
  );
}

function worth({ valueMinor, valueCurrency }: Engagement): string | null {
  return valueMinor === null || valueCurrency === null ? null : formatMoney(valueMinor, valueCurrency);
}

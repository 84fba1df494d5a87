import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatMoney } from '#platform/text/money.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { MailLink, PhoneLink } from '#platform/ui/fact.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { sourceWords } from '../inquiry-words.ts';
import { useInquiryChange } from './inquiry-form.tsx';

/** Who asks, for when and where, and who sees to it. */
export function InquiryFacts({ detail }: { detail: InquiryDetail }) {
  const org = useOrg();
  const { inquiry, engagementTitle } = detail;
  const zone = inquiry.zone ?? org.zone;
  const { startsAt, endsAt, placeId, placeName, people, budgetMinor, budgetCurrency, email, phone } = inquiry;
  return (
    <dl className="grid gap-3 text-sm sm:max-xl:grid-cols-2">
      {inquiry.engagementId && (
        <Fact label={capital(org.words.engagement.one)}>
          <Link
            to="/o/$org/engagements/$id"
            params={{ org: org.slug, id: inquiry.engagementId }}
            className="text-accent hover:underline"
          >
            {engagementTitle}
          </Link>
        </Fact>
      )}
      <Fact label="When">{startsAt && endsAt && rangeText(startsAt, endsAt, zone, org.zone)}</Fact>
      <Fact label={capital(org.words.place.one)}>
        {placeId && (
          <Link
            to="/o/$org/resources/$id"
            params={{ org: org.slug, id: placeId }}
            className="text-accent hover:underline"
          >
            {placeName}
          </Link>
        )}
      </Fact>
      <Fact label="People">{people?.toLocaleString()}</Fact>
      <Fact label="Budget">
        {budgetMinor !== null && budgetCurrency !== null && formatMoney(budgetMinor, budgetCurrency)}
      </Fact>
      <Fact label="From">{[inquiry.contactName, inquiry.company].filter(Boolean).join(', ')}</Fact>
      <Fact label="E-mail">{email && <MailLink email={email} />}</Fact>
      <Fact label="Telephone">{phone && <PhoneLink phone={phone} />}</Fact>
      <Fact label={capital(org.words.party.one)}>
        <WhoAsks detail={detail} />
      </Fact>
      <Fact label="Who sees to it">
        <Assignee detail={detail} />
      </Fact>
      <Fact label="Labels">
        {inquiry.labels.length > 0 && (
          <span className="flex flex-wrap gap-1.5">
            {inquiry.labels.map((label) => (
              <Badge key={label} tone="outline" title={label}>
                {label}
              </Badge>
            ))}
          </span>
        )}
      </Fact>
      <Fact label="Came in">
        {sourceWords[inquiry.source]},{' '}
        <span title={formatTime(inquiry.receivedAt, org.zone, 'dateTime')}>{formatAgo(inquiry.receivedAt)}</span>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Assignee({ detail: { inquiry } }: { detail: InquiryDetail }) {
  const org = useOrg();
  const toast = useToast();
  const change = useInquiryChange(inquiry.id);
  if (!org.can('intake.write') || !org.can('members.read')) return inquiry.assigneeName ?? 'Nobody yet';
  return (
    <MemberPicker
      aria-label="Who sees to it"
      value={inquiry.assigneeUserId}
      onValue={(assigneeUserId) =>
        change.mutate(
          { version: inquiry.version, assigneeUserId },
          { onError: (error) => toast({ tone: 'danger', title: 'It was not assigned', detail: errorText(error) }) },
        )
      }
      className="mt-0.5"
    />
  );
}

/** The contact, or those it may be. */
function WhoAsks({ detail: { inquiry, partyName, alike } }: { detail: InquiryDetail }) {
  const org = useOrg();
  const toast = useToast();
  const change = useInquiryChange(inquiry.id);
  if (inquiry.partyId !== null) return <PartyName id={inquiry.partyId} name={partyName ?? ''} />;
  if (alike.length === 0) return <span className="text-ink-soft">Not among the {org.words.party.many} yet</span>;
  const choose = (partyId: string) =>
    change.mutate(
      { version: inquiry.version, partyId },
      { onError: (error) => toast({ tone: 'danger', title: 'It was not saved', detail: errorText(error) }) },
    );
  return (
    <>
      <span className="text-ink-soft">Perhaps {withArticle(org.words.party.one)} that you know:</span>
      <ul className="mt-1 grid gap-1">
        {alike.map(({ id, name, why }) => (
          <li key={id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1">
              <PartyName id={id} name={name} />
              <span className="block text-xs text-ink-faint">{why}</span>
            </span>
            {org.can('intake.write') && (
              <Button size="sm" onClick={() => choose(id)} aria-label={`It is ${name}`}>
                It is them
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function PartyName({ id, name }: { id: string; name: string }) {
  const org = useOrg();
  if (!org.can('parties.read')) return name;
  return (
    <Link to="/o/$org/contacts/$id" params={{ org: org.slug, id }} className="text-accent hover:underline">
      {name}
    </Link>
  );
}

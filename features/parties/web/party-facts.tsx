import { Badge } from '#platform/ui/badge.tsx';
import { Fact, MailLink, PhoneLink } from '#platform/ui/fact.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Party } from '../contract.ts';

/** How to reach a contact, and what is known of them. */
export function PartyFacts({ party }: { party: Party }) {
  const { email, phone, address, website, roles, notes, externalRef } = party;
  const nothing = ![email, phone, address, website, notes, externalRef, ...roles].some(Boolean);
  return (
    <Section title="About">
      {nothing && <p className="text-sm text-ink-faint">Nothing but the name yet.</p>}
      <dl className="grid gap-3 text-sm">
        <Fact label="Roles">
          {roles.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {roles.map((role) => (
                <Badge key={role}>{role}</Badge>
              ))}
            </span>
          )}
        </Fact>
        <Fact label="E-mail">{email && <MailLink email={email} />}</Fact>
        <Fact label="Phone">{phone && <PhoneLink phone={phone} />}</Fact>
        <Fact label="Address">{address && <span className="whitespace-pre-wrap">{address}</span>}</Fact>
        <Fact label="Website">
          {website && (
            <a href={website} target="_blank" rel="noreferrer" className="break-all text-accent hover:underline">
              {website.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
            </a>
          )}
        </Fact>
        <Fact label="Notes">{notes && <span className="whitespace-pre-wrap">{notes}</span>}</Fact>
        <Fact label="Reference">{externalRef}</Fact>
      </dl>
    </Section>
  );
}

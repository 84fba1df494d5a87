import type { ReactNode } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
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
        <Fact label="E-mail">
          {email && (
            <a href={`mailto:${email}`} className="break-all text-accent hover:underline">
              {email}
            </a>
          )}
        </Fact>
        <Fact label="Phone">
          {phone && (
            <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className="text-accent hover:underline">
              {phone}
            </a>
          )}
        </Fact>
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

/** A line; nothing when there is nothing to say. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-2">
      <dt className="text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { zoneCity } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Fact, MailLink, PhoneLink } from '#platform/ui/fact.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Resource } from '../contract.ts';
import { resourceQuery } from './resource-queries.ts';
import { rateOf } from './resource-table.tsx';
import { skillLevels } from './skills-input.tsx';

/** What it is booked for next, beside its particulars. */
export function ResourceOverview({ resource, upcoming }: { resource: Resource; upcoming: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Section title="Held and booked">{upcoming}</Section>
      <Particulars resource={resource} />
    </div>
  );
}

function Particulars({ resource }: { resource: Resource }) {
  const org = useOrg();
  const { email, phone, address, capacity, tags, notes, skills } = resource;
  const point =
    resource.latitude !== null && resource.longitude !== null
      ? `${resource.latitude.toFixed(4)}, ${resource.longitude.toFixed(4)}`
      : null;
  return (
    <Section title="Particulars" className="lg:pt-0">
      <dl className="grid gap-3 text-sm">
        <Fact label="Skills">
          {skills.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {skills.map(({ skill, level }) => (
                <Badge key={skill} title={skillLevels[level - 1]?.label}>
                  {skill} · {level}
                </Badge>
              ))}
            </span>
          )}
        </Fact>
        <Fact label="E-mail">{email && <MailLink email={email} />}</Fact>
        <Fact label="Phone">{phone && <PhoneLink phone={phone} />}</Fact>
        <Fact label="Part of">{resource.parentId && <ParentLink id={resource.parentId} />}</Fact>
        <Fact label="Address">{address}</Fact>
        <Fact label="Location">{point}</Fact>
        <Fact label="Units at once">{capacity?.toLocaleString()}</Fact>
        <Fact label="Rate">{rateOf(resource)}</Fact>
        <Fact label="Time zone">{zoneCity(resource.zone ?? org.zone)}</Fact>
        <Fact label="Challenge">{`${resource.challengeHours} business hours to answer`}</Fact>
        <Fact label="Tags">
          {tags.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {tags.map((tag) => (
                <Badge key={tag} tone="outline">
                  {tag}
                </Badge>
              ))}
            </span>
          )}
        </Fact>
        <Fact label="Notes">{notes && <span className="whitespace-pre-wrap">{notes}</span>}</Fact>
      </dl>
    </Section>
  );
}

function ParentLink({ id }: { id: string }) {
  const org = useOrg();
  const { data } = useQuery(resourceQuery(org.slug, id));
  return (
    <Link to="/o/$org/resources/$id" params={{ org: org.slug, id }} className="text-accent hover:underline">
      {data?.name ?? '…'}
    </Link>
  );
}

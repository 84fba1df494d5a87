import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { LoaderCircle, Plus, Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { engagementsQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { resourceIcons } from '#features/scheduling/resources/web/resource-icons.ts';
import { resourcesQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { formatTime } from '#platform/time/format.ts';
import { useSettled } from '#platform/ui/use-settled.ts';
import { navigationOf } from './navigation.ts';

/** Everything by typing: pages, people, places, engagements and what one can make. */
export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[max(0.75rem,12dvh)] z-50 mx-auto max-w-xl animate-appear overflow-hidden rounded-xl bg-raised shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Palette onDone={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const { resources, engagements, busy } = useMatches(query);
  const go = (work: () => Promise<void>) => () => {
    onDone();
    void work();
  };
  const params = { org: org.slug };
  return (
    <Command label="Search and commands" loop shouldFilter={false}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 text-ink-faint" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={`Search ${org.words.person.many}, ${org.words.place.many}, ${org.words.engagement.many}…`}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        {busy && <LoaderCircle aria-hidden className="size-4 animate-turn text-ink-faint" />}
      </div>
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5 pb-2">
        {!busy && <Command.Empty className="py-10 text-center text-sm text-ink-faint">Nothing is called that.</Command.Empty>}
        <Group heading={capital(org.words.engagement.many)} shown={engagements.length > 0}>
          {engagements.map((engagement) => (
            <Row
              key={engagement.id}
              value={engagement.id}
              label={engagement.title}
              hint={`${formatTime(engagement.startsAt, engagement.zone ?? org.zone, 'date')}${engagement.placeName ? `, ${engagement.placeName}` : ''}`}
              onSelect={go(() => navigate({ to: '/o/$org/engagements', params, search: { q: engagement.title } }))}
            />
          ))}
        </Group>
        <Group heading="Resources" shown={resources.length > 0}>
          {resources.map((resource) => {
            const Icon = resourceIcons[resource.kind];
            return (
              <Row
                key={resource.id}
                value={resource.id}
                icon={<Icon aria-hidden />}
                label={resource.name}
                hint={resource.skills.map(({ skill }) => skill).join(', ')}
                onSelect={go(() => navigate({ to: '/o/$org/resources/$id', params: { ...params, id: resource.id } }))}
              />
            );
          })}
        </Group>
        <Pages query={query} onGo={go} />
      </Command.List>
    </Command>
  );
}

/** Pages and actions whose label has the words. */
function Pages({ query, onGo }: { query: string; onGo: (work: () => Promise<void>) => () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const params = { org: org.slug };
  const fits = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  const pages = navigationOf(org).flatMap(({ items }) => items).filter(({ label }) => fits(label));
  const newEngagement = `New ${org.words.engagement.one}`;
  const mayCreate = org.can('engagements.write') && fits(newEngagement);
  return (
    <>
      <Group heading="Go to" shown={pages.length > 0}>
        {pages.map(({ label, icon: Icon, to }) => (
          <Row key={label} value={`page ${label}`} icon={<Icon aria-hidden />} label={label} onSelect={onGo(() => navigate({ to, params }))} />
        ))}
      </Group>
      <Group heading="Actions" shown={mayCreate}>
        <Row
          value="new engagement"
          icon={<Plus aria-hidden />}
          label={newEngagement}
          onSelect={onGo(() => navigate({ to: '/o/$org/engagements', params, search: { create: true } }))}
        />
      </Group>
    </>
  );
}

function useMatches(query: string) {
  const org = useOrg();
  const q = useSettled(query.trim(), 120);
  const options = { enabled: q.length > 0, placeholderData: keepPreviousData };
  const resources = useQuery({ ...resourcesQuery(org.slug, { q, limit: 8 }), ...options });
  const engagements = useQuery({ ...engagementsQuery(org.slug, { q, limit: 6 }), ...options });
  return {
    resources: q ? (resources.data?.items ?? []) : [],
    engagements: q ? (engagements.data?.items ?? []) : [],
    busy: q !== query.trim() || resources.isFetching || engagements.isFetching,
  };
}

function Group({ heading, shown, children }: { heading: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint">
      {children}
    </Command.Group>
  );
}

function Row({ value, label, hint, icon, onSelect }: { value: string; label: string; hint?: string; icon?: ReactNode; onSelect: () => void }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint"
    >
      {icon}
      <span className="min-w-0 truncate">{label}</span>
      {hint && <span className="ml-auto max-w-[50%] truncate text-xs text-ink-faint">{hint}</span>}
    </Command.Item>
  );
}

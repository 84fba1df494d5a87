import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2, Contact, Plus, type LucideIcon } from 'lucide-react';
import { engagementsQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { partiesQuery } from '#features/parties/web/party-queries.ts';
import { resourceIcons } from '#features/scheduling/resources/web/resource-icons.ts';
import { resourcesQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { formatTime } from '#platform/time/format.ts';
import { useSettled } from '#platform/ui/use-settled.ts';
import { navigationOf } from './navigation.ts';

/** One line of the command palette. */
export interface PaletteRow {
  /** Unique among all rows. */
  value: string;
  group: string;
  label: string;
  hint?: string;
  icon?: LucideIcon;
  run: () => Promise<void>;
}

/** What fits the words: engagements, resources, contacts, pages, actions, in this order. */
export function usePaletteRows(query: string): { rows: PaletteRow[]; busy: boolean } {
  const found = useMatches(query);
  const places = usePlaces();
  const fits = ({ label }: PaletteRow) => label.toLowerCase().includes(query.trim().toLowerCase());
  return { rows: [...found.rows, ...places.filter(fits)], busy: found.busy };
}

function useMatches(query: string): { rows: PaletteRow[]; busy: boolean } {
  const org = useOrg();
  const navigate = useNavigate();
  const q = useSettled(query.trim(), 120);
  const options = { enabled: q.length > 0, placeholderData: keepPreviousData };
  const resources = useQuery({ ...resourcesQuery(org.slug, { q, limit: 8 }), ...options });
  const engagements = useQuery({ ...engagementsQuery(org.slug, { q, limit: 6 }), ...options });
  const contacts = useQuery({
    ...partiesQuery(org.slug, { q, limit: 6 }),
    ...options,
    enabled: options.enabled && org.can('parties.read'),
  });
  const busy = q !== query.trim() || resources.isFetching || engagements.isFetching || contacts.isFetching;
  if (!q) return { rows: [], busy };
  const rows: PaletteRow[] = [
    ...(engagements.data?.items ?? []).map(({ id, title, startsAt, zone, placeName }) => ({
      value: id,
      group: capital(org.words.engagement.many),
      label: title,
      hint: [formatTime(startsAt, zone ?? org.zone, 'date'), placeName].filter(Boolean).join(', '),
      run: () => navigate({ to: '/o/$org/engagements/$id', params: { org: org.slug, id } }),
    })),
    ...(resources.data?.items ?? []).map(({ id, kind, name, skills }) => ({
      value: id,
      group: 'Resources',
      label: name,
      hint: skills.map(({ skill }) => skill).join(', '),
      icon: resourceIcons[kind],
      run: () => navigate({ to: '/o/$org/resources/$id', params: { org: org.slug, id } }),
    })),
    ...(contacts.data?.items ?? []).map(({ id, kind, name, roles }) => ({
      value: id,
      group: capital(org.words.party.many),
      label: name,
      hint: roles.join(', '),
      icon: kind === 'company' ? Building2 : Contact,
      run: () => navigate({ to: '/o/$org/contacts/$id', params: { org: org.slug, id } }),
    })),
  ];
  return { rows, busy };
}

/** Pages that one may open and things that one may make. */
function usePlaces(): PaletteRow[] {
  const org = useOrg();
  const navigate = useNavigate();
  const params = { org: org.slug };
  const pages = navigationOf(org)
    .flatMap(({ items }) => items)
    .map(({ label, icon, to }) => ({ value: to, group: 'Go to', label, icon, run: () => navigate({ to, params }) }));
  if (!org.can('engagements.write')) return pages;
  const create = {
    value: 'new engagement',
    group: 'Actions',
    label: `New ${org.words.engagement.one}`,
    icon: Plus,
    run: () => navigate({ to: '/o/$org/engagements', params, search: { create: true } }),
  };
  return [...pages, create];
}

import {
  CalendarDays,
  ChartGantt,
  Contact,
  FileUp,
  Layers,
  MapPin,
  Package,
  ScrollText,
  Search,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { Org } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';

/** Pages that need nothing but the organisation. */
export type OrgPage =
  `/o/$org/${'board' | 'engagements' | 'series' | 'find' | 'people' | 'places' | 'things' | 'contacts' | 'import' | 'audit' | 'settings'}`;

export interface NavigationItem {
  label: string;
  icon: LucideIcon;
  to: OrgPage;
  /** Shown in the phone's bar at the bottom. */
  main?: boolean;
}

export interface NavigationGroup {
  label: string | null;
  items: NavigationItem[];
}

/** Where one can go, in the pack's words. A new page is one line here. */
export function navigationOf({ words, can }: Org): NavigationGroup[] {
  const groups: { label: string | null; items: (NavigationItem & { needs: string; least?: 'own' })[] }[] = [
    {
      label: null,
      items: [
        { label: 'Board', icon: ChartGantt, to: '/o/$org/board', needs: 'claims.read', least: 'own', main: true },
        {
          label: capital(words.engagement.many),
          icon: CalendarDays,
          to: '/o/$org/engagements',
          needs: 'engagements.read',
          least: 'own',
          main: true,
        },
        { label: capital(words.series.many), icon: Layers, to: '/o/$org/series', needs: 'engagements.read' },
        { label: 'Find free', icon: Search, to: '/o/$org/find', needs: 'find.use', main: true },
      ],
    },
    {
      label: 'Resources',
      items: [
        { label: capital(words.person.many), icon: Users, to: '/o/$org/people', needs: 'resources.read', main: true },
        { label: capital(words.place.many), icon: MapPin, to: '/o/$org/places', needs: 'resources.read' },
        { label: capital(words.thing.many), icon: Package, to: '/o/$org/things', needs: 'resources.read' },
        { label: capital(words.party.many), icon: Contact, to: '/o/$org/contacts', needs: 'parties.read' },
      ],
    },
    {
      label: 'Organisation',
      items: [
        { label: 'Import', icon: FileUp, to: '/o/$org/import', needs: 'imports.run' },
        { label: 'Audit trail', icon: ScrollText, to: '/o/$org/audit', needs: 'history.read' },
        { label: 'Settings', icon: Settings, to: '/o/$org/settings', needs: 'organisation.read' },
      ],
    },
  ];
  return groups
    .map(({ label, items }) => ({ label, items: items.filter(({ needs, least }) => can(needs, least)) }))
    .filter(({ items }) => items.length > 0);
}

import {
  Armchair,
  Banknote,
  CalendarDays,
  ChartColumn,
  ChartGantt,
  Contact,
  FileUp,
  FolderOpen,
  Inbox,
  Kanban,
  Layers,
  ListMusic,
  ListOrdered,
  ListTodo,
  Mail,
  MapPin,
  Megaphone,
  Music,
  Package,
  Plane,
  ScrollText,
  Search,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { Org } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';

/** Not of the first page: it comes when the page stands. */
const InboxCount = lazy(() =>
  import('#features/intake/inquiries/web/inbox-count.tsx').then(({ InboxCount: default_ }) => ({ default: default_ })),
);

/** Pages that need nothing but the organisation. */
export type OrgPage =
  `/o/$org/${'board' | 'pipeline' | 'open-seats' | 'calls' | 'my-calls' | 'my-pay' | 'my-travel' | 'tasks' | 'songs' | 'roster' | 'lists' | 'reports' | 'engagements' | 'inquiries' | 'series' | 'find' | 'people' | 'places' | 'things' | 'contacts' | 'files' | 'import' | 'audit' | 'outbox' | 'settings'}`;

export interface NavigationItem {
  label: string;
  icon: LucideIcon;
  to: OrgPage;
  /** Shown in the phone's bar at the bottom. */
  main?: boolean;
  /** How many wait there. */
  count?: ComponentType;
}

export interface NavigationGroup {
  label: string | null;
  items: NavigationItem[];
}

/** Where one can go, in the pack's words. */
export function navigationOf(org: Org): NavigationGroup[] {
  return allPages(org)
    .map(({ label, items }) => ({ label, items: items.filter(({ needs, least }) => org.can(needs, least)) }))
    .filter(({ items }) => items.length > 0);
}

/** Whether an address is that of a page which isn't for the reader. What it shows would be refused. */
export function isShut(org: Org, pathname: string): boolean {
  const path = pathname.replace(`/o/${org.slug}/`, '/o/$org/');
  const page = allPages(org)
    .flatMap(({ items }) => items)
    .find(({ to }) => path === to || path.startsWith(`${to}/`));
  return page !== undefined && !org.can(page.needs, page.least);
}

interface Page extends NavigationItem {
  needs: string;
  least?: 'own';
}

/** Orchestras, venues and studios ask people for seats and shifts. */
const callsPeople = (packs: Org['packs']) =>
  packs.some((pack) => pack === 'orchestra' || pack === 'venue' || pack === 'studio');

/** Acts and orchestras are on the road. */
const travels = (packs: Org['packs']) => packs.some((pack) => pack === 'touring' || pack === 'orchestra');

/** Every page there is. A new page is one line here. */
function allPages({ words, can, packs }: Org): { label: string | null; items: Page[] }[] {
  return [
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
        { label: 'Pipeline', icon: Kanban, to: '/o/$org/pipeline', needs: 'pipeline.read' },
        {
          label: capital(words.inquiry.many),
          icon: Inbox,
          to: '/o/$org/inquiries',
          needs: 'intake.read',
          count: InboxCount,
        },
        { label: capital(words.series.many), icon: Layers, to: '/o/$org/series', needs: 'engagements.read' },
        { label: 'Open seats', icon: Armchair, to: '/o/$org/open-seats', needs: 'needs.read' },
        { label: 'Calls', icon: Megaphone, to: '/o/$org/calls', needs: 'calls.read' },
        // Who sees everybody’s calls finds the way to their own there.
        ...(can('calls.read')
          ? []
          : [
              {
                label: 'My calls',
                icon: Megaphone,
                to: '/o/$org/my-calls' as const,
                needs: 'calls.answer',
                main: true,
              },
            ]),
        ...(can('pay.read')
          ? []
          : [
              {
                label: 'My pay',
                icon: Banknote,
                to: '/o/$org/my-pay' as const,
                needs: 'pay.read',
                least: 'own' as const,
              },
            ]),
        ...(can('travel.read') || !travels(packs)
          ? []
          : [
              {
                label: 'My travel',
                icon: Plane,
                to: '/o/$org/my-travel' as const,
                needs: 'travel.read',
                least: 'own' as const,
              },
            ]),
        {
          label: can('tasks.read') ? 'Tasks' : 'My tasks',
          icon: ListTodo,
          to: '/o/$org/tasks',
          needs: 'tasks.read',
          least: 'own',
        },
        { label: 'Find free', icon: Search, to: '/o/$org/find', needs: 'find.use', main: true },
      ],
    },
    {
      label: 'Resources',
      items: [
        {
          // Who sees a part of the organisation finds themselves there.
          label: can('resources.read') ? capital(words.person.many) : 'My page',
          icon: Users,
          to: '/o/$org/people',
          needs: 'resources.read',
          least: 'own',
          main: true,
        },
        // Chairs and sections are an orchestra's.
        ...(packs.includes('orchestra')
          ? [{ label: 'Roster', icon: Music, to: '/o/$org/roster' as const, needs: 'roster.read' }]
          : []),
        ...(callsPeople(packs)
          ? [{ label: 'Ranked lists', icon: ListOrdered, to: '/o/$org/lists' as const, needs: 'lists.read' }]
          : []),
        // Sets of songs are a touring act's.
        ...(packs.includes('touring')
          ? [{ label: 'Songs', icon: ListMusic, to: '/o/$org/songs' as const, needs: 'setlists.read' }]
          : []),
        { label: capital(words.place.many), icon: MapPin, to: '/o/$org/places', needs: 'resources.read' },
        { label: capital(words.thing.many), icon: Package, to: '/o/$org/things', needs: 'resources.read' },
        { label: capital(words.party.many), icon: Contact, to: '/o/$org/contacts', needs: 'parties.read' },
      ],
    },
    {
      label: 'Organisation',
      items: [
        ...(callsPeople(packs)
          ? [{ label: 'Reports', icon: ChartColumn, to: '/o/$org/reports' as const, needs: 'reports.read' }]
          : []),
        { label: 'Files', icon: FolderOpen, to: '/o/$org/files', needs: 'files.read', least: 'own' },
        { label: 'Import', icon: FileUp, to: '/o/$org/import', needs: 'imports.run' },
        { label: 'Outbox', icon: Mail, to: '/o/$org/outbox', needs: 'messages.read' },
        { label: 'Audit trail', icon: ScrollText, to: '/o/$org/audit', needs: 'history.read' },
        { label: 'Settings', icon: Settings, to: '/o/$org/settings', needs: 'organisation.read' },
      ],
    },
  ];
}

/** Where somebody begins: the first page that they may see. */
export function firstPageOf(org: Org): OrgPage {
  return navigationOf(org)[0]?.items[0]?.to ?? '/o/$org/settings';
}

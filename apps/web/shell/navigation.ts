import {
  Armchair,
  Banknote,
  CalendarDays,
  ChartColumn,
  ChartGantt,
  Contact,
  FileUp,
  FolderOpen,
  FormInput,
  History,
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
import type { PackScreen } from '#features/organisations/packs/pack.ts';
import type { Org } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';

/** Not of the first page: it comes when the page stands. */
const InboxCount = lazy(() =>
  import('#features/intake/inquiries/web/inbox-count.tsx').then((module) => ({ default: module.InboxCount })),
);

/** Pages that need nothing but the organisation. */
export type OrgPage =
  `/o/$org/${'board' | 'pipeline' | 'open-seats' | 'calls' | 'my-calls' | 'my-pay' | 'my-travel' | 'tasks' | 'songs' | 'roster' | 'lists' | 'reports' | 'engagements' | 'inquiries' | 'forms' | 'series' | 'find' | 'people' | 'places' | 'things' | 'contacts' | 'files' | 'import' | 'activity' | 'audit' | 'outbox' | 'settings'}`;

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
    .map(({ label, items }) => ({ label, items: items.filter((page) => isShown(org, page)) }))
    .filter(({ items }) => items.length > 0);
}

function isShown(org: Org, { needs, least, screen, unless }: Page): boolean {
  return org.can(needs, least) && (!screen || org.shows(screen)) && (!unless || !org.can(unless));
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
  /** Only where one of the organisation’s packs has this screen. */
  screen?: PackScreen;
  /** Not for those who see everybody’s by this permission: they find their own there. */
  unless?: string;
}

/** Every page there is. A new page is one line here. */
function allPages({ words, can }: Org): { label: string | null; items: Page[] }[] {
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
        {
          label: 'My calls',
          icon: Megaphone,
          to: '/o/$org/my-calls',
          needs: 'calls.answer',
          unless: 'calls.read',
          main: true,
        },
        {
          label: 'My pay',
          icon: Banknote,
          to: '/o/$org/my-pay',
          needs: 'pay.read',
          least: 'own',
          unless: 'pay.read',
        },
        {
          label: 'My travel',
          icon: Plane,
          to: '/o/$org/my-travel',
          needs: 'travel.read',
          least: 'own',
          unless: 'travel.read',
          screen: 'travel',
        },
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
        { label: 'Roster', icon: Music, to: '/o/$org/roster', needs: 'roster.read', screen: 'chairs' },
        { label: 'Ranked lists', icon: ListOrdered, to: '/o/$org/lists', needs: 'lists.read', screen: 'lists' },
        { label: 'Songs', icon: ListMusic, to: '/o/$org/songs', needs: 'setlists.read', screen: 'setlists' },
        { label: capital(words.place.many), icon: MapPin, to: '/o/$org/places', needs: 'resources.read' },
        { label: capital(words.thing.many), icon: Package, to: '/o/$org/things', needs: 'resources.read' },
        { label: capital(words.party.many), icon: Contact, to: '/o/$org/contacts', needs: 'parties.read' },
      ],
    },
    {
      label: 'Organisation',
      items: [
        { label: 'Reports', icon: ChartColumn, to: '/o/$org/reports', needs: 'reports.read', screen: 'lists' },
        { label: 'Files', icon: FolderOpen, to: '/o/$org/files', needs: 'files.read', least: 'own' },
        { label: 'Forms', icon: FormInput, to: '/o/$org/forms', needs: 'intake.forms' },
        { label: 'Import', icon: FileUp, to: '/o/$org/import', needs: 'imports.run' },
        { label: 'Outbox', icon: Mail, to: '/o/$org/outbox', needs: 'messages.read' },
        { label: 'Activity', icon: History, to: '/o/$org/activity', needs: 'activity.read' },
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

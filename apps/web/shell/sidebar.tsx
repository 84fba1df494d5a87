import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Suspense } from 'react';
import { NoticesBell } from '#features/notices/web/notices-bell.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { AccountMenu } from './account-menu.tsx';
import { navigationOf, type NavigationGroup } from './navigation.ts';
import { OrganisationSwitcher } from './organisation-switcher.tsx';
import { shortcutLabel } from './use-shortcut.ts';

/** The navigation at the left of a wide screen. */
export function Sidebar({ onSearch }: { onSearch: () => void }) {
  const org = useOrg();
  return (
    <div className="hidden h-dvh flex-col border-r border-line bg-sunken lg:flex">
      <div className="flex items-center gap-1 p-2.5">
        <OrganisationSwitcher />
        <NoticesBell />
      </div>
      <div className="px-2.5 pb-2">
        <button
          type="button"
          onClick={onSearch}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm text-ink-faint shadow-card hover:border-line-strong"
        >
          <Search aria-hidden className="size-4" />
          <span className="flex-1 text-left">Search</span>
          <kbd className="font-sans text-2xs">{shortcutLabel}</kbd>
        </button>
      </div>
      <nav aria-label="Main" className="flex-1 overflow-y-auto px-2.5 py-1 [scrollbar-width:thin]">
        {navigationOf(org).map((group) => (
          <NavigationLinks key={group.label} group={group} />
        ))}
      </nav>
      <div className="border-t border-line p-2.5">
        <AccountMenu />
      </div>
    </div>
  );
}

/** One group of links; the page that is open is marked. */
export function NavigationLinks({ group, onFollow }: { group: NavigationGroup; onFollow?: () => void }) {
  const org = useOrg();
  return (
    <div className="mb-4">
      {group.label && <h2 className="px-2 pb-1 text-2xs font-medium tracking-wide text-ink-faint">{group.label}</h2>}
      <ul className="grid gap-px">
        {group.items.map(({ label, icon: Icon, to, count: Count }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ org: org.slug }}
              onClick={onFollow}
              activeProps={{ 'data-active': true }}
              className="group flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-ink-soft hover:bg-hover hover:text-ink data-active:bg-pressed data-active:text-ink"
            >
              <Icon aria-hidden className="size-4 text-ink-faint group-data-active:text-accent" />
              <span className="min-w-0 flex-1 truncate">{label}</span>
              {Count && (
                <Suspense>
                  <Count />
                </Suspense>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

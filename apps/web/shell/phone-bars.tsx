import { Link } from '@tanstack/react-router';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { useState } from 'react';
import { NoticesBell } from '#features/notices/web/notices-bell.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { AccountMenu } from './account-menu.tsx';
import { navigationOf } from './navigation.ts';
import { OrganisationSwitcher } from './organisation-switcher.tsx';
import { NavigationLinks } from './sidebar.tsx';

/** The head of a narrow screen. */
export function PhoneHeader({ onSearch }: { onSearch: () => void }) {
  return (
    <div className="sticky top-0 z-30 flex h-13 items-center gap-1 border-b border-line bg-sunken px-2.5 lg:hidden">
      <OrganisationSwitcher />
      <IconButton label="Search" size="icon-lg" onClick={onSearch}>
        <Search aria-hidden />
      </IconButton>
      <NoticesBell />
    </div>
  );
}

const barItem =
  'flex flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium text-ink-soft data-active:text-accent';

/** The bar at the foot of a narrow screen: the main pages, and a drawer with all. */
export function PhoneBar() {
  const org = useOrg();
  const [open, setOpen] = useState(false);
  const groups = navigationOf(org);
  const main = groups.flatMap(({ items }) => items).filter((item) => item.main);
  return (
    <>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.5rem+env(safe-area-inset-bottom))] border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        {main.map(({ label, icon: Icon, to }) => (
          <Link key={to} to={to} params={{ org: org.slug }} activeProps={{ 'data-active': true }} className={barItem}>
            <Icon aria-hidden className="size-5" />
            <span className="max-w-full truncate px-1">{label}</span>
          </Link>
        ))}
        <button type="button" onClick={() => setOpen(true)} aria-expanded={open} className={barItem}>
          <MenuIcon aria-hidden className="size-5" />
          More
        </button>
      </nav>
      <Dialog open={open} onOpenChange={setOpen} title={org.name} size="sm">
        <nav aria-label="All pages">
          {groups.map((group) => (
            <NavigationLinks key={group.label} group={group} onFollow={() => setOpen(false)} />
          ))}
        </nav>
        <div className="border-t border-line pt-2">
          <AccountMenu />
        </div>
      </Dialog>
    </>
  );
}

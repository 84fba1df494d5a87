import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { CloudOff } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { meQuery } from '#features/identity/web/session.ts';
import { SupportBanner } from '#features/operator/web/support-banner.tsx';
import { OrgProvider, useOrg } from '#features/organisations/web/org-context.tsx';
import { useLive } from '#platform/client/live.ts';
import { CommandPalette } from './command-palette.tsx';
import { isShut } from './navigation.ts';
import { PhoneBar, PhoneHeader } from './phone-bars.tsx';
import { NotForYou } from './not-for-you.tsx';
import { NotFound } from './route-error.tsx';
import { Sidebar } from './sidebar.tsx';
import { useShortcut } from './use-shortcut.ts';

/** The frame around every page of an organisation. */
export function Shell() {
  const { org: slug } = useParams({ from: '/o/$org' });
  const { data } = useSuspenseQuery(meQuery);
  const membership = data.organisations.find((organisation) => organisation.slug === slug);
  if (!membership) return <NotFound />;
  return (
    <OrgProvider membership={membership} key={slug}>
      <Frame />
    </OrgProvider>
  );
}

function Frame() {
  const org = useOrg();
  const live = useLive(org.slug);
  const [searching, setSearching] = useState(false);
  useShortcut('k', () => setSearching((open) => !open));
  useArrival(org.name);
  const openSearch = () => setSearching(true);
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 text-sm shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <Sidebar onSearch={openSearch} />
      <PhoneHeader onSearch={openSearch} />
      <main
        id="main"
        tabIndex={-1}
        className="relative flex min-h-0 min-w-0 flex-1 flex-col pb-16 outline-none lg:h-dvh lg:overflow-y-auto lg:pb-0"
      >
        <SupportBanner />
        {live === 'offline' && <OfflineNote />}
        <Content />
      </main>
      <PhoneBar />
      <CommandPalette open={searching} onOpenChange={setSearching} />
    </div>
  );
}

/**
 * What a page load would do: a new page begins with its own name for the tab (pages set a better one) and with the
 * focus at its content, so that a screen reader reads on there.
 */
function useArrival(fallbackTitle: string): void {
  const pathname = useLocation({ select: (location) => location.pathname });
  const last = useRef(pathname);
  useLayoutEffect(() => {
    document.title = `${fallbackTitle} – Holdfast`;
    if (last.current === pathname) return;
    last.current = pathname;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname, fallbackTitle]);
}

/** Unobtrusive: what is on the page still stands, it may only be old. */
function OfflineNote() {
  return (
    <p
      role="status"
      className="flex items-center justify-center gap-2 bg-hold-soft px-4 py-1.5 text-xs text-on-hold-soft"
    >
      <CloudOff aria-hidden className="size-3.5" />
      No connection. What you see may be out of date; we keep trying.
    </p>
  );
}

/** The page, unless it isn't for the reader. */
function Content() {
  const org = useOrg();
  const pathname = useLocation({ select: (location) => location.pathname });
  return isShut(org, pathname) ? <NotForYou /> : <Outlet />;
}

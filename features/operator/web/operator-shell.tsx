import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ArrowLeft, CircleAlert, KeyRound, LogOut } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { lastOrganisation, meQuery } from '#features/identity/web/session.ts';
import { useSignOut } from '#features/identity/web/use-sign-out.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { installationQuery } from './operator-queries.ts';

const pages = [
  { to: '/operator/organisations', label: 'Organisations' },
  { to: '/operator/databases', label: 'Databases' },
  { to: '/operator/migrations', label: 'Migrations' },
  { to: '/operator/operations', label: 'Operations' },
  { to: '/operator/sign-ins', label: 'Sign-ins' },
  { to: '/operator/routing', label: 'Routing' },
  { to: '/operator/log', label: 'Operators’ log' },
] as const;

/** The frame of the console: of the installation, and no organisation's. */
export function OperatorShell() {
  const { data } = useSuspenseQuery(meQuery);
  const proven = data.session?.factor === 'totp' || data.session?.factor === 'passkey';
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 text-sm shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-sunken">
        <TopLine />
        {proven && <Pages />}
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-7xl flex-1 pb-12 outline-none">
        {proven ? (
          <>
            <Trouble />
            <Outlet />
          </>
        ) : (
          <NeedsFactor has={(data.session?.factors.length ?? 0) > 0} />
        )}
      </main>
    </div>
  );
}

function TopLine() {
  const { data } = useSuspenseQuery(meQuery);
  const signOut = useSignOut();
  const own = data.organisations.filter(({ support }) => support === null);
  const last = own.find(({ slug }) => slug === lastOrganisation()) ?? own[0];
  return (
    <div className="mx-auto flex h-12 max-w-7xl items-center gap-2 px-4 sm:px-6">
      <img src="/icon.svg" alt="" className="size-6" />
      <span className="min-w-0 flex-1 truncate font-semibold tracking-tight">
        Holdfast <span className="font-normal text-ink-soft">console</span>
      </span>
      {last && (
        <Button asChild variant="ghost" className="min-w-0 shrink">
          <Link to="/o/$org" params={{ org: last.slug }} title={last.name}>
            <ArrowLeft aria-hidden /> <span className="truncate">Back to {last.name}</span>
          </Link>
        </Button>
      )}
      <IconButton label={`Sign out ${data.user?.name ?? ''}`} onClick={() => void signOut()}>
        <LogOut aria-hidden />
      </IconButton>
    </div>
  );
}

function Pages() {
  const bar = useRef<HTMLElement>(null);
  const pathname = useLocation({ select: (location) => location.pathname });
  // On a phone the bar is wider than the screen.
  useEffect(() => {
    bar.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav ref={bar} aria-label="Console" className="mx-auto max-w-7xl overflow-x-auto px-4 sm:px-6">
      <ul className="flex gap-4">
        {pages.map(({ to, label }) => (
          <li key={to}>
            <Link
              to={to}
              activeProps={{ 'data-active': true }}
              className="flex h-9 items-center border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:text-ink"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What stands out wherever one is: databases that are down, mail that isn't sent, no worker. */
function Trouble() {
  const { data } = useQuery(installationQuery);
  if (!data) return null;
  const { databasesDown: down, workers, jobsWaiting, mail, mailsWaiting } = data;
  const sentences = [
    down.length > 0 &&
      `${down.length === 1 ? `The database ${down[0]} can’t` : `${down.length} databases can’t`} be reached.`,
    workers === 0 && `No worker runs${jobsWaiting > 0 ? `, and ${jobsWaiting.toLocaleString()} jobs wait` : ''}.`,
    !mail && mailsWaiting > 0 && `Mail isn’t set up (SMTP_URL), and ${mailsWaiting.toLocaleString()} mails wait.`,
  ].filter((sentence) => typeof sentence === 'string');
  if (sentences.length === 0) return null;
  const grave = down.length > 0 || workers === 0;
  return (
    <div
      role="status"
      className={`mx-4 mt-4 flex items-start gap-2.5 rounded-md px-3 py-2.5 text-sm sm:mx-6 ${grave ? 'bg-danger-soft text-on-danger-soft' : 'bg-hold-soft text-on-hold-soft'}`}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1 break-words">{sentences.join(' ')}</p>
    </div>
  );
}

function NeedsFactor({ has }: { has: boolean }) {
  return (
    <EmptyState
      icon={KeyRound}
      title="Operators need a second factor"
      actions={
        <Button asChild variant="primary">
          <Link to="/account">Go to your account</Link>
        </Button>
      }
    >
      {has
        ? 'This session has passed none. Sign out, then sign in again with your authenticator app or your passkey.'
        : 'Add an authenticator app or a passkey to your account, and the console is open to you.'}
    </EmptyState>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { lastOrganisation, meQuery } from '../session.ts';
import { useSignOut } from '../use-sign-out.ts';

/** The frame of pages that belong to a person and not to an organisation. It leads back to the one last looked at. */
export function AccountFrame({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(meQuery);
  const signOut = useSignOut();
  const last = data.organisations.find(({ slug }) => slug === lastOrganisation()) ?? data.organisations[0];
  return (
    <div className="min-h-dvh">
      <header className="sticky top-0 z-30 border-b border-line bg-sunken">
        <div className="mx-auto flex h-13 max-w-3xl items-center gap-2 px-4 sm:px-6">
          <img src="/icon.svg" alt="" className="size-6" />
          <span className="flex-1 font-semibold tracking-tight">Holdfast</span>
          <Button asChild variant="ghost" className="min-w-0 shrink">
            {last ? (
              <Link to="/o/$org" params={{ org: last.slug }} title={last.name}>
                <ArrowLeft aria-hidden /> <span className="truncate">Back to {last.name}</span>
              </Link>
            ) : (
              <Link to="/welcome">New organisation</Link>
            )}
          </Button>
          <IconButton label="Sign out" className="-mr-2" onClick={() => void signOut()}>
            <LogOut aria-hidden />
          </IconButton>
        </div>
      </header>
      <main className="mx-auto max-w-3xl">{children}</main>
    </div>
  );
}

import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';

/** What stands in place of a page that failed. The shell around it stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <section className="mx-auto w-full max-w-xl p-6">
      <h1 className="mb-3 text-xl font-semibold tracking-tight">This page couldn’t be shown</h1>
      <ErrorNotice error={error} onRetry={retry} />
    </section>
  );
}

/** An address that leads nowhere, inside the shell. */
export function NothingHere() {
  return (
    <EmptyState
      icon={Compass}
      title="There is nothing here"
      actions={
        <Button asChild variant="primary">
          <Link to="/">Go to the start</Link>
        </Button>
      }
    >
      The address is wrong, the thing was deleted, or it belongs to an organisation that you are not a member of.
    </EmptyState>
  );
}

/** The same where there is no shell. */
export function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  );
}

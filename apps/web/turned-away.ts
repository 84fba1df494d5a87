import type { QueryClient } from '@tanstack/react-query';
import { meQuery } from '#features/identity/web/session.ts';
import { leaveFor, type TurnedAway } from '#platform/client/who-asks.ts';
import type { createAppRouter } from './router.ts';

/** Pages of somebody who is signed in; elsewhere nobody need be. */
const inside = /^\/(o|account|operator|second-factor|suspended)(\/|$)/;
/** Reached by a mailed link, perhaps on another device. */
const door = '/account/email/link';

/** Leads from wherever one is to the page that says why one can't stay, and what to do; and from there back. */
export function turnedAway(router: ReturnType<typeof createAppRouter>, queries: QueryClient) {
  return (reason: TurnedAway, org: string | undefined): void => {
    const { pathname, search } = location;
    const to = pathname + search;
    const signedIn = inside.test(pathname) && pathname !== door;
    // Another organisation than the page's, asked beside it: no reason to leave.
    const here = org !== undefined && (pathname === `/o/${org}` || pathname.startsWith(`/o/${org}/`));
    if (reason === 'unauthenticated' && signedIn) {
      leaveFor(`/sign-in?${new URLSearchParams({ to, why: 'ended' })}`);
    } else if (reason === 'second_factor_needed' && !pathname.startsWith('/sign-in')) {
      queries.clear();
      void router.navigate({ to: '/sign-in/factor', search: { to }, replace: true });
    } else if ((reason === 'second_factor_required' || reason === 'organisation_suspended') && here) {
      const page = reason === 'organisation_suspended' ? '/suspended' : '/second-factor';
      // What is known of the organisation is old, and would lead straight back.
      void queries
        .fetchQuery({ ...meQuery, staleTime: 0 })
        .then(() => router.navigate({ to: page, search: { org, to }, replace: true }));
    }
  };
}

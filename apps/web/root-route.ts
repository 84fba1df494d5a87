import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, redirect } from '@tanstack/react-router';
import { ApiError } from '#platform/client/client.ts';
import { meQuery } from '#features/identity/web/session.ts';
import { NotFound } from './shell/route-error.tsx';

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({ notFoundComponent: NotFound });

/** Search parameters are read by plain functions: a schema library here would be loaded before anything shows. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** Who is signed in, the second factor passed; or the way there and back. */
export async function signedIn(queries: QueryClient, back: string) {
  const me = await begun(queries, back);
  if (me.session?.pending) throw redirect({ to: '/sign-in/factor', search: { to: back }, replace: true });
  return me;
}

/** Who has begun to sign in, whether the second factor is still to come or not; or the way to sign in and back. */
export async function begun(queries: QueryClient, back: string | undefined) {
  try {
    return await queries.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthenticated')
      throw redirect({ to: '/sign-in', search: { to: back }, replace: true });
    throw error;
  }
}

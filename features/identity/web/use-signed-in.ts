import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { pathBack } from './session.ts';

/**
 * After any way in: forgets who was here before, and goes to the second factor if it is still to come, else to
 * where one wanted to go.
 */
export function useSignedIn(): (opened: { pending: boolean; to?: string | null }) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  return async ({ pending, to = search.to }) => {
    queries.clear();
    const back = pathBack(to);
    if (pending) await navigate({ to: '/sign-in/factor', search: { to: back }, replace: true });
    else await navigate({ href: back ?? '/', replace: true });
  };
}

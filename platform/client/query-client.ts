import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/**
 * Query keys
 * - `['me']`, `['installation']`: about the person and the installation.
 * - `['org', slug, entity, ...]` by `orgKey`: everything of an organisation. `entity` is the **table** whose change
 *   makes the answer stale (`claims`, `engagements`, `resources`, `time_off`, ...), because live updates name
 *   tables: a change of `claims` refetches every query whose key begins with `orgKey(slug, 'claims')`.
 * - An answer that shows more than one table names the others in `meta: { alsoOn: ['series'] }`.
 */
export function orgKey(slug: string, entity: string, ...rest: readonly unknown[]): readonly unknown[] {
  return ['org', slug, entity, ...rest];
}

/** True for queries that a change of one of these tables makes stale. */
export function dependsOn(slug: string, tables: ReadonlySet<string>) {
  return ({ queryKey, meta }: { queryKey: readonly unknown[]; meta?: Record<string, unknown> }): boolean => {
    if (queryKey[0] !== 'org' || queryKey[1] !== slug) return false;
    if (tables.has(String(queryKey[2]))) return true;
    const also = meta?.['alsoOn'];
    return Array.isArray(also) && also.some((table) => tables.has(String(table)));
  };
}

/** Live updates keep answers fresh, so that going back to a page doesn't ask again at once. */
const fresh = 30_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: fresh,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}

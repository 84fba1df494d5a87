import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { Resource } from '../../resources/contract.ts';
import { resourcesApi } from '../../resources/web/resource-queries.ts';
import { claims, type Claim } from '../contract.ts';

export const claimsApi = createClient(claims);

/** Everything the board shows of one stretch of time. */
export type BoardWindow = Awaited<ReturnType<typeof claimsApi.window>>;

export const windowsOf = (slug: string) => orgKey(slug, 'claims', 'window');

export function windowQuery(slug: string, from: number, to: number) {
  return queryOptions({
    queryKey: [...windowsOf(slug), from, to],
    queryFn: ({ signal }) => {
      const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: 50_000 };
      return claimsApi.window({ org: slug, query }, { signal });
    },
    // A claim shows its engagement's title, its challenge, and time off behind it.
    meta: { alsoOn: ['engagements', 'challenges', 'time_off', 'calendars'] },
  });
}

const mostResources = 10_000;

/** All resources in use: the board filters and groups them itself. */
export function boardResourcesQuery(slug: string) {
  return queryOptions({
    queryKey: orgKey(slug, 'resources', 'board'),
    queryFn: async ({ signal }) => {
      const items: Resource[] = [];
      let after: string | undefined;
      do {
        const page = await resourcesApi.list({ org: slug, query: { limit: 500, after } }, { signal });
        items.push(...page.items);
        after = page.next ?? undefined;
      } while (after && items.length < mostResources);
      return items;
    },
    meta: { alsoOn: ['resource_skills'] },
  });
}

/** The claims that stand in the cache of any window, by id: to look one up, or to take a change back. */
export function cachedClaim(queries: QueryClient, slug: string, id: string): Claim | undefined {
  for (const [, window] of queries.getQueriesData<BoardWindow>({ queryKey: windowsOf(slug) })) {
    const found = window?.claims.find((claim) => claim.id === id);
    if (found) return found;
  }
  return undefined;
}

/**
 * Writes claims into every cached window that they touch, and takes `removed` out: what a user did shows before
 * the server answered, and what it answered before the refetch.
 */
export function applyClaims(
  queries: QueryClient,
  slug: string,
  changed: readonly Claim[],
  removed: readonly string[] = [],
): void {
  const gone = new Set([...removed, ...changed.map(({ id }) => id)]);
  for (const [key, window] of queries.getQueriesData<BoardWindow>({ queryKey: windowsOf(slug) })) {
    if (!window) continue;
    const [from, to] = [Number(key[4]), Number(key[5])];
    const inside = changed.filter((claim) => Date.parse(claim.startsAt) < to && Date.parse(claim.endsAt) > from);
    if (inside.length === 0 && !window.claims.some(({ id }) => gone.has(id))) continue;
    queries.setQueryData<BoardWindow>(key, {
      ...window,
      claims: [...window.claims.filter(({ id }) => !gone.has(id)), ...inside],
    });
  }
}

import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { identity } from '../contract.ts';

export const identityApi = createClient(identity);

/** Who is signed in, and their organisations. Fails with `unauthenticated` when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => identityApi.me({}, { signal }),
  staleTime: 60_000,
});

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: ({ signal }) => identityApi.installation({}, { signal }),
});

const lastOrganisationKey = 'holdfast.organisation';

/** The organisation last looked at on this device. */
export function lastOrganisation(): string | null {
  return localStorage.getItem(lastOrganisationKey);
}

export function rememberOrganisation(slug: string): void {
  localStorage.setItem(lastOrganisationKey, slug);
}

import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { forms } from '../contract.ts';

export const formsApi = createClient(forms);

/** A publishing shows in its form. */
const meta = { alsoOn: ['form_revisions'] };

export const formListQuery = (org: string, archived: boolean) =>
  queryOptions({
    queryKey: orgKey(org, 'forms', 'list', archived),
    queryFn: ({ signal }) => formsApi.list({ org, query: { archived: archived ? 'true' : 'false' } }, { signal }),
    meta,
  });

export const formQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'forms', 'one', id),
    queryFn: ({ signal }) => formsApi.get({ org, params: { id } }, { signal }),
    meta,
  });

/** Where people fill it in. */
export function formAddress(org: string, slug: string): string {
  return `${location.origin}/forms/${org}/${slug}`;
}

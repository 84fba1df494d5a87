import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ApiError, createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { documents } from '../contract.ts';

export const documentsApi = createClient(documents);

/** Tables that documents are made of: what changes there changes them. */
const meta = {
  alsoOn: [
    'claims',
    'seats',
    'needs',
    'engagements',
    'engagement_parties',
    'parties',
    'resources',
    'organisations',
    'guests',
    'engagement_people',
    'roster_settings',
  ],
};

export const documentsQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'schedule_items', 'documents', id),
    queryFn: ({ signal }) => documentsApi.list({ org, params: { id } }, { signal }),
    meta,
  });

/** The document itself, made anew when something in it has changed. */
export const pdfQuery = (org: string, url: string | null) =>
  queryOptions({
    queryKey: orgKey(org, 'schedule_items', 'pdf', url),
    queryFn: ({ signal }) => fetchPdf(url ?? '', signal),
    enabled: url !== null,
    // The one before stays in sight while the next is made.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    meta,
  });

async function fetchPdf(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { signal });
  if (response.ok) return response.blob();
  const problem: unknown = await response.json().catch(() => ({}));
  throw new ApiError(response.status, typeof problem === 'object' && problem ? { ...problem } : {});
}

import { queryOptions } from '@tanstack/react-query';
import { createClient, urlOf } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { contracts } from '../contract.ts';

export const contractsApi = createClient(contracts);

/** The wordings, and what they may use. */
export const contractTemplatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'contract_templates'),
    queryFn: ({ signal }) => contractsApi.listTemplates({ org }, { signal }),
    meta: { alsoOn: ['organisations'] },
  });

export interface WantedContract {
  engagementId: string;
  key: string;
  partyId: string;
}

/** What a contract would lack. */
export const draftQuery = (org: string, { engagementId, key, partyId }: WantedContract) =>
  queryOptions({
    queryKey: orgKey(org, 'contract_templates', 'draft', engagementId, key, partyId),
    queryFn: ({ signal }) =>
      contractsApi.draft({ org, params: { id: engagementId }, query: { key, partyId } }, { signal }),
    meta: { alsoOn: ['engagements', 'parties', 'engagement_parties', 'schedule_items', 'resources'] },
  });

/** Where the PDF is. */
export function contractUrl(
  org: string,
  { engagementId, key, partyId }: WantedContract,
  paper: Paper,
  download = false,
): string {
  return urlOf(contracts.routes.print, {
    org,
    params: { id: engagementId },
    query: { key, partyId, paper, ...(download && { download: 'true' }) },
  });
}

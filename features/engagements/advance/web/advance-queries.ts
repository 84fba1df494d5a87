import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { advance } from '../contract.ts';

export const advanceApi = createClient(advance);

/** Tables that a change of the advance touches. */
export const advanceTables = ['advance_items', 'advance_comments', 'advance_links', 'advances'];

/** The whole advance of an engagement. */
export const advanceQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'advance_items', 'of', engagementId),
    queryFn: ({ signal }) => advanceApi.get({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['advance_comments', 'advance_links', 'advances', 'engagements', 'schedule_items'] },
  });

/** How much of it is agreed. */
export const progressQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'advance_items', 'progress', engagementId),
    queryFn: ({ signal }) => advanceApi.progress({ org, params: { id: engagementId } }, { signal }),
  });

/** The checklists. */
export const advanceTemplatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'advance_templates'),
    queryFn: ({ signal }) => advanceApi.listTemplates({ org }, { signal }),
    meta: { alsoOn: ['organisations'] },
  });

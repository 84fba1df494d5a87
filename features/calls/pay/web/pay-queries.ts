import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { pay } from '../contract.ts';

export const payApi = createClient(pay);

export const scaleTables = ['pay_scales'];
export const sheetTables = ['pay_sheets', 'pay_adjustments', 'pay_choices'];

export const scalesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_scales'),
    queryFn: ({ signal }) => payApi.scales({ org }, { signal }),
  });

/** What pay is reckoned from, besides scales and adjustments. */
const grounds = ['seats', 'needs', 'schedule_items', 'resources'];

/** What an engagement will cost as planned. */
export const estimateQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_choices', 'estimate', engagementId),
    queryFn: ({ signal }) => payApi.estimate({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['pay_scales', ...grounds] },
  });

/** What everybody gets as of now, and what was approved. */
export const sheetQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_sheets', 'live', engagementId),
    queryFn: ({ signal }) => payApi.sheet({ org, params: { id: engagementId } }, { signal }),
    meta: { alsoOn: ['pay_scales', 'pay_adjustments', 'pay_choices', 'attendances', 'service_reports', ...grounds] },
  });

/** An approved revision never changes. */
export const approvedQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_sheets', 'approved', id),
    queryFn: ({ signal }) => payApi.approved({ org, params: { id } }, { signal }),
    staleTime: Infinity,
  });

export const myPayQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_sheets', 'mine'),
    queryFn: ({ signal }) => payApi.mine({ org }, { signal }),
  });

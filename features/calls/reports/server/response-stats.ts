import type { Tx } from '#platform/db/tenant.ts';

/** How somebody answered the calls that they had a chance to answer. */
export interface ResponseStats {
  resourceId: string;
  asked: number;
  answered: number;
  /** Also those who withdrew later. */
  accepted: number;
  /** From sending to answer, withdrawals left out; null when there was no other. */
  medianMinutes: number | null;
}

/**
 * What people's calls so far say about their next answer; who was never asked is left out. Calls that are still open,
 * or were taken back without an answer, say nothing.
 */
export function responseStats(tx: Tx, resourceIds: readonly string[]): Promise<ResponseStats[]> {
  return tx.query<ResponseStats>(
    `select resource_id as "resourceId", count(*)::int as asked, count(answered_at)::int as answered,
            count(*) filter (where state in ('accepted', 'withdrawn'))::int as accepted,
            percentile_cont(0.5) within group (
              order by case when state <> 'withdrawn' then extract(epoch from answered_at - sent_at) / 60 end) as "medianMinutes"
       from calls
      where org_id = $1 and resource_id = any($2::uuid[]) and sent_at is not null
        and (answered_at is not null or state in ('expired', 'accepted', 'declined', 'withdrawn'))
      group by resource_id`,
    [tx.scope.orgId, resourceIds],
  );
}

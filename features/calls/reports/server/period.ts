import type { Tx } from '#platform/db/tenant.ts';
import type { ReportQuery } from '../contract.ts';

/** Days, both included, and the instants between which they lie, the second not included. */
export interface Period {
  from: string;
  to: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * What a report begins with. The last year when nobody said; days are those of the organisation's clock. What the
 * transaction asks next is planned for the period: with 900 people and 3,000 calls 42 ms, where the plan for any period took 700.
 */
export async function periodOf(tx: Tx, { from, to }: ReportQuery, zone: string): Promise<Period> {
  const planned = tx.query("select set_config('plan_cache_mode', 'force_custom_plan', true)");
  const [period] = await tx.query<Period>(
    `with days as (
       select coalesce($2::date, least($3::date, last.day) - interval '1 year' + interval '1 day')::date as first,
              coalesce($3::date, greatest($2::date, last.day)) as last
         from (select ($1::timestamptz at time zone $4)::date as day) last)
     select first::text as "from", last::text as "to",
            first::timestamp at time zone $4 as "startsAt", (last + 1)::timestamp at time zone $4 as "endsAt"
       from days`,
    [tx.scope.now, from ?? null, to ?? null, zone],
  );
  await planned;
  if (!period) throw new Error('No period was answered.');
  return period;
}

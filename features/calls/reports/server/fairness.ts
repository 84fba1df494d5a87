import type { Tx } from '#platform/db/tenant.ts';
import { inScoreOrder } from '#features/calls/lists/list-rules.ts';
import { ranksSeenBy, type Asker } from '#features/calls/lists/server/who-sees-ranks.ts';
import type { FairnessRow, ReportQuery } from '../contract.ts';
import { withShares } from '../share-rules.ts';
import { periodOf, type Period } from './period.ts';

/**
 * Everybody who was asked or played, and whoever stands on a list and was not. Where the asker sees no ranks, nor does
 * this say any.
 */
export async function fairness(
  tx: Tx,
  asker: Asker,
  query: ReportQuery,
  zone: string,
): Promise<{ from: string; to: string; rows: FairnessRow[] }> {
  const period = await periodOf(tx, query, zone);
  const [seen, counted] = await Promise.all([
    ranksSeenBy(tx, asker),
    countCalls(tx, period, query.skill, asker.can('lists.read')),
  ]);
  const rows = withShares(
    counted.map(({ reasons, currencies, amounts, ...row }) => ({
      ...row,
      declineReasons: tally(reasons),
      offered: sums(currencies, amounts),
    })),
  ).map((row) => (seen(row) ? row : { ...row, grade: null, gradeShare: null, gradePeople: null }));
  const byPlace = (a: FairnessRow, b: FairnessRow) => inScoreOrder(a, b) || a.name.localeCompare(b.name);
  return { from: period.from, to: period.to, rows: rows.toSorted(byPlace) };
}

type Counted = Omit<FairnessRow, 'gradeShare' | 'gradePeople' | 'declineReasons' | 'offered'> & {
  reasons: string[];
  /** Of each call with a fee; amounts as text, which bigints come as. */
  currencies: string[];
  amounts: string[];
};

/** One pass over the calls of the period by their index on sending, and one over the seats of its services. */
function countCalls(
  tx: Tx,
  { from, to, startsAt, endsAt }: Period,
  skill: string | undefined,
  listed: boolean,
): Promise<Counted[]> {
  return tx.query<Counted>(
    `with parts as (
       select c.resource_id, n.skill, n.kind, c.grade, null::text as listed, c.state, c.reason, c.sent_at,
              k.fee_currency, k.fee_minor
         from calls c
         join needs n on n.org_id = c.org_id and n.id = c.need_id
         join cascades k on k.org_id = c.org_id and k.id = c.cascade_id
        where c.org_id = $1 and c.sent_at >= $2 and c.sent_at < $3
       union all
       select s.resource_id, n.skill, n.kind, null, null, 'played', null, null, null, null
         from schedule_items i
         join seats s on s.org_id = i.org_id and s.schedule_item_id = i.id
         join needs n on n.org_id = s.org_id and n.id = s.need_id
         left join attendances a on a.org_id = s.org_id and a.schedule_item_id = i.id and a.resource_id = s.resource_id
        where i.org_id = $1 and i.starts_at >= $2 and i.starts_at < $3 and i.ends_at <= $5
          and s.resource_id is not null and s.source <> 'roster'
          and coalesce(a.status, 'present') not in ('excused', 'absent')
       union all
       select e.resource_id, l.skill, l.kind, null, l.grade, 'listed', null, null, null, null
         from ranked_lists l join ranked_entries e on e.org_id = l.org_id and e.list_id = l.id
        where l.org_id = $1 and $6 and l.approved_at is not null
          and l.valid_from <= $8::date and (l.valid_to is null or l.valid_to >= $7::date)),
     counted as (
       select resource_id, min(skill) as skill, kind,
              coalesce(min(listed), (array_agg(grade order by sent_at desc) filter (where grade is not null))[1]) as grade,
              count(sent_at)::int as sent,
              count(*) filter (where state = 'open')::int as open,
              count(*) filter (where state = 'accepted')::int as accepted,
              count(*) filter (where state = 'declined')::int as declined,
              count(*) filter (where state = 'expired')::int as expired,
              count(*) filter (where state = 'withdrawn')::int as withdrawn,
              count(sent_at) filter (where state in ('cancelled', 'skipped', 'planned'))::int as cancelled,
              count(*) filter (where state = 'played')::int as services,
              coalesce(array_agg(coalesce(reason, 'other')) filter (where state = 'declined'), '{}') as reasons,
              coalesce(array_agg(fee_currency) filter (where fee_minor is not null), '{}') as currencies,
              coalesce(array_agg(fee_minor::text) filter (where fee_minor is not null), '{}') as amounts
         from parts where $4::text is null or lower(skill) = lower($4)
        group by resource_id, lower(skill), kind),
     last as (select resource_id, max(sent_at) as at from calls where org_id = $1 and sent_at is not null group by resource_id)
     select t.resource_id as "resourceId", p.name, t.skill, t.kind, t.grade, t.sent, t.open, t.accepted, t.declined,
            t.expired, t.withdrawn, t.cancelled, t.services, t.reasons, t.currencies, t.amounts,
            iso(last.at) as "lastAskedAt"
       from counted t
       join resources p on p.org_id = $1 and p.id = t.resource_id
       left join last on last.resource_id = t.resource_id
      where t.sent > 0 or t.services > 0 or p.archived_at is null`,
    [tx.scope.orgId, startsAt, endsAt, skill ?? null, tx.scope.now, listed, from, to],
  );
}

/** `[fee, away, fee]` → `{ fee: 2, away: 1 }`. */
function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function sums(currencies: readonly string[], amounts: readonly string[]): FairnessRow['offered'] {
  const totals = new Map<string, number>();
  currencies.forEach((currency, index) =>
    totals.set(currency, (totals.get(currency) ?? 0) + Number(amounts[index] ?? 0)),
  );
  return [...totals].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

import type { RouteInput } from '#platform/contract/contract.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { Filter, listJson } from '#platform/db/list.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { needs } from '../contract.ts';
import { needJson, serviceFields } from './queries.ts';

type Query = RouteInput<(typeof needs)['routes']['open']>['query'];

/** Needs with open seats at services of the window, over all engagements, by the first of them. */
export function listOpenSeats(tx: Tx, { from, to, skill, engagementId, ...page }: Query): Promise<RawJson> {
  const filter = new Filter(tx)
    .add((mark) => `r.skill = ${mark}`, skill)
    .add((mark) => `r.engagement_id = ${mark}`, engagementId);
  const after = filter.values.push(from ?? tx.scope.now.toISOString());
  const window = [`i.ends_at > $${after}::timestamptz`];
  if (to) window.push(`i.starts_at < $${filter.values.push(to)}::timestamptz`);
  const inWindow = `s.org_id = r.org_id and s.need_id = r.id and i.org_id = s.org_id and i.id = s.schedule_item_id
    and ${window.join(' and ')}`;
  return listJson(tx, {
    from: `needs r
      join engagements g on g.org_id = r.org_id and g.id = r.engagement_id
      join lateral (
        select count(*)::int as seats, count(*) filter (where s.resource_id is null)::int as open,
               min(i.starts_at) filter (where s.resource_id is null) as starts_at
          from seats s, schedule_items i where ${inWindow}) w on w.open > 0`,
    filter,
    order: [
      { column: 'w.starts_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: `json_build_object('need', ${needJson}, 'engagementTitle', g.title, 'seats', w.seats, 'open', w.open,
      'startsAt', iso(w.starts_at), 'services', (
        select json_agg(json_build_object(${serviceFields}, 'open', i.open) order by i.starts_at, i.id)
          from (select i.*, count(*)::int as open from seats s, schedule_items i
                 where ${inWindow} and s.resource_id is null group by i.org_id, i.id) i))`,
    page,
  });
}

import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { Filter, listJson, listRows } from '#platform/db/list.ts';
import { rowColumns, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { RawJson } from '#platform/contract/raw-json.ts';
import { claim, type Claim, type claims } from '../contract.ts';
import { ordinal, spanText, type Meeting, type Standing } from '../rules.ts';

/** Of any claim under the alias `r`, also one that stands in no table yet: so no joins. */
const claimShape = {
  entity: { table: 'claims', fields: claim.shape, readonly: {} },
  computed: {
    engagementTitle: '(select e.title from engagements e where e.org_id = r.org_id and e.id = r.engagement_id)',
    inquiryId: `case when r.engagement_id is null then (
      select k.inquiry_id from inquiry_claims k where k.org_id = r.org_id and k.claim_id = r.id) end`,
    challenge: `(select json_build_object('id', c.id, 'challengerId', c.challenger_id,
        'deadlineAt', iso(c.deadline_at), 'startedAt', iso(c.started_at))
      from challenges c where c.org_id = r.org_id and c.claim_id = r.id)`,
  },
} satisfies RowShape;

export const claimJson = rowJson(claimShape);
const claimColumns = rowColumns(claimShape);

/** Of a claim that was placed a moment ago: nobody can have challenged it. */
export const newClaimJson = rowJson({ ...claimShape, computed: { ...claimShape.computed, challenge: 'null' } });

/** In the order asked for. @throws AppError not_found when one is missing */
export async function getClaims(tx: Tx, ids: readonly string[]): Promise<Claim[]> {
  const rows = await tx.query<{ claim: Claim }>(
    `select ${claimJson} as claim from unnest($2::uuid[]) with ordinality as wanted(id, n)
       join claims r on r.org_id = $1 and r.id = wanted.id order by wanted.n`,
    [tx.scope.orgId, ids],
  );
  if (rows.length < ids.length) throw notFound('This claim');
  return rows.map(({ claim }) => claim);
}

export async function getClaim(tx: Tx, id: string): Promise<Claim> {
  const [claim] = await getClaims(tx, [id]);
  if (!claim) throw notFound('This claim');
  return claim;
}

type Routes = (typeof claims)['routes'];
type Query<Name extends keyof Routes> = RouteInput<Routes[Name]> extends { query: infer Q } ? Q : never;

/** Resources that are the account's own person. */
const ownResources = (account: string) => `select id from resources where org_id = $1 and user_id = ${account}`;

/** @param own only commitments of this account's person */
export function listClaims(tx: Tx, filter: Query<'list'>, own?: string): Promise<RawJson> {
  const wanted = new Filter(tx)
    .add((mark) => `r.status = 'commit' and r.resource_id in (${ownResources(mark)})`, own)
    .add((mark) => `r.engagement_id = ${mark}`, filter.engagementId)
    .add((mark) => `r.resource_id = ${mark}`, filter.resourceId)
    .add((mark) => `r.group_id = ${mark}`, filter.groupId)
    .add((mark) => `r.status = ${mark}`, filter.status)
    .add((mark) => `r.ends_at > ${mark} and r.starts_at > ${mark}::timestamptz - interval '371 days'`, filter.from)
    .add((mark) => `r.starts_at < ${mark}`, filter.to);
  return listRows(tx, {
    from: 'claims r',
    filter: wanted,
    order: [
      { column: 'r.starts_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    columns: claimColumns,
    page: filter,
  });
}

/**
 * Claims that touch [$2, $3), by btree: those that begin in the window or up to 7 days before it, and the
 * few longer ones that began up to 370 days before (no claim is longer). As one range of 370 days it read
 * 50 times the rows of a week's window.
 */
const inWindow = (also: string) => `(
  select * from claims c where c.org_id = $1 and c.starts_at >= $2::timestamptz - interval '7 days' and c.starts_at < $3
     and c.ends_at > $2 ${also}
  union all
  select * from claims c where c.org_id = $1 and c.ends_at - c.starts_at > interval '7 days'
     and c.starts_at >= $2::timestamptz - interval '370 days' and c.starts_at < $2::timestamptz - interval '7 days'
     and c.ends_at > $2 ${also})`;

/**
 * The board's window as JSON.
 * @param own only what stands in this account's own calendar, and of its claims the commitments
 */
export async function readWindow(
  tx: Tx,
  { from, to, resourceIds, limit }: Query<'window'>,
  own?: string,
): Promise<RawJson> {
  const values: unknown[] = [tx.scope.orgId, from, to];
  if (resourceIds) values.push(resourceIds);
  let only = resourceIds ? 'and resource_id = any($4::uuid[])' : '';
  if (own) only += ` and resource_id in (${ownResources(`$${values.push(own)}`)})`;
  const alsoClaims = own ? `${only} and status = 'commit'` : only;
  const claims = tx.query<{ items: string; count: number }>(
    `with picked as (select ${claimJson} as item from ${inWindow(alsoClaims)} r limit $${values.length + 1} + 1)
     select coalesce(json_agg(item), '[]'::json)::text as items, count(*)::int as count from picked`,
    [...values, limit],
  );
  const busy = tx.query<{ items: string }>(
    `select coalesce(json_agg(json_build_object('resourceId', resource_id, 'startsAt', iso(starts_at),
              'endsAt', iso(ends_at), 'summary', summary, 'kind', kind)), '[]'::json)::text as items
       from (select resource_id, starts_at, ends_at, reason as summary, 'time_off' as kind from time_off
              where org_id = $1 and starts_at < $3 and ends_at > $2 ${only}
             union all
             select resource_id, starts_at, ends_at, summary, 'busy' from busy_times
              where org_id = $1 and starts_at < $3 and ends_at > $2
                and starts_at > $2::timestamptz - interval '31 days' ${only}) as taken`,
    values,
  );
  const [[found], [away]] = await Promise.all([claims, busy]);
  const complete = (found?.count ?? 0) <= limit;
  return new RawJson(`{"claims":${found?.items ?? '[]'},"busy":${away?.items ?? '[]'},"complete":${complete}}`);
}

export interface Ask {
  resourceId: string;
  startsAt: string;
  endsAt: string;
  units: number;
  /** The claim that asks, which doesn't stand in its own way. */
  claimId?: string | undefined;
}

/** Of a claim (alias c) without an engagement: what it is held for, when that is an inquiry. */
const inquiryTitle = `(select q.title from inquiry_claims k join inquiries q on q.org_id = k.org_id and q.id = k.inquiry_id
    where k.org_id = c.org_id and k.claim_id = c.id)`;

/** What each ask meets, in the order of the asks; an ask for an unknown resource is absent. */
export async function meetingsOf(tx: Tx, asks: readonly Ask[]): Promise<(Meeting & { index: number })[]> {
  return tx.query<Meeting & { index: number }>(
    `select (a.n - 1)::int as index, r.id as "resourceId", r.name as "resourceName", r.zone, r.capacity,
            r.archived_at is not null as archived, a.units, iso(a.starts_at) as "startsAt", iso(a.ends_at) as "endsAt",
            coalesce((
              select json_agg(json_build_object('claimId', c.id, 'engagementId', c.engagement_id,
                       'title', coalesce(e.title, ${inquiryTitle}, 'Blocked time'), 'status', c.status, 'rank', c.rank, 'units', c.units,
                       'startsAt', iso(c.starts_at), 'endsAt', iso(c.ends_at)) order by c.starts_at, c.rank, c.id)
                from claims c left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
               where c.org_id = $1 and c.resource_id = a.resource_id and c.starts_at < a.ends_at and c.ends_at > a.starts_at
                 and c.starts_at > a.starts_at - interval '371 days' and c.id is distinct from a.claim_id), '[]'::json) as standing
       from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::uuid[])
            with ordinality as a(resource_id, starts_at, ends_at, units, claim_id, n)
       join resources r on r.org_id = $1 and r.id = a.resource_id
      order by a.n`,
    [
      tx.scope.orgId,
      asks.map(({ resourceId }) => resourceId),
      asks.map(({ startsAt }) => startsAt),
      asks.map(({ endsAt }) => endsAt),
      asks.map(({ units }) => units),
      asks.map(({ claimId }) => claimId ?? null),
    ],
  );
}

/** Who holds what, one paragraph per resource, as text for a mail. */
export async function holdsText(tx: Tx, { from, to, resourceIds }: Query<'holdsText'>): Promise<string> {
  const values: unknown[] = [tx.scope.orgId, from, to];
  if (resourceIds) values.push(resourceIds);
  const rows = await tx.query<Standing & { name: string; zone: string; expires: string | null }>(
    `select r.name, c.zone, c.status, c.rank, c.starts_at as "startsAt", c.ends_at as "endsAt",
            coalesce(e.title, ${inquiryTitle}, 'Blocked time') as title, c.expires_at as expires
       from ${inWindow(resourceIds ? 'and resource_id = any($4::uuid[])' : '')} c
       join resources r on r.org_id = c.org_id and r.id = c.resource_id
       left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
      order by r.name, c.starts_at, c.rank nulls first`,
    values,
  );
  const paragraphs = Map.groupBy(rows, ({ name }) => name);
  const lines = [...paragraphs].map(([name, held]) => [name, ...held.map(holdLine)].join('\n'));
  return lines.length > 0 ? `${lines.join('\n\n')}\n` : 'Nothing is held in this time.\n';
}

function holdLine({
  status,
  rank,
  title,
  zone,
  expires,
  ...span
}: Standing & { zone: string; expires: string | null }): string {
  const what = status === 'hold' ? `${ordinal(rank ?? 1)} hold` : status === 'commit' ? 'Committed' : 'Pencil';
  const until = expires
    ? `, until ${spanText({ startsAt: expires, endsAt: expires }, zone).replace(/–.*? \(/, ' (')}`
    : '';
  return `  ${spanText(span, zone)}: ${what}, ${title}${until}`;
}

/** Open holds that haven't begun, oldest first. */
export function listAgeing(tx: Tx, page: Query<'ageing'>): Promise<RawJson> {
  return listJson(tx, {
    from: 'claims r',
    filter: new Filter(tx, "r.status = 'hold'").add((mark) => `r.ends_at > ${mark}`, tx.scope.now),
    order: [
      { column: 'r.created_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: `json_build_object('claim', ${claimJson},
      'resourceName', (select p.name from resources p where p.org_id = r.org_id and p.id = r.resource_id),
      'ageDays', floor(extract(epoch from $2::timestamptz - r.created_at) / 86400)::int,
      'daysToStart', floor(extract(epoch from r.starts_at - $2::timestamptz) / 86400)::int)`,
    page,
  });
}

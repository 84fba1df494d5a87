import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import {
  engagement,
  series,
  type Engagement,
  type EngagementDecision,
  type EngagementParty,
  type engagements,
  type Series,
} from '../contract.ts';

export const engagementShape: RowShape = {
  entity: engagement,
  computed: {
    seriesName: '(select s.name from series s where s.org_id = r.org_id and s.id = r.series_id)',
    placeName: '(select p.name from resources p where p.org_id = r.org_id and p.id = r.place_id)',
  },
};

export const seriesShape: RowShape = { entity: series };

const engagementJson = rowJson(engagementShape);

type EngagementFilter = RouteInput<(typeof engagements)['routes']['list']>['query'];
type DealingsPage = RouteInput<(typeof engagements)['routes']['ofParty']>['query'];
type SeriesFilter = RouteInput<(typeof engagements)['routes']['listSeries']>['query'];

/** An engagement in which an account takes part: it is committed to it, named as a contact or confirmed on its roster. */
export const takesPart = (account: string) => `(exists (
    select from claims c join resources p on p.org_id = c.org_id and p.id = c.resource_id
     where c.org_id = r.org_id and c.engagement_id = r.id and c.status = 'commit' and p.user_id = ${account})
  or exists (
    select from engagement_parties e join parties p on p.org_id = e.org_id and p.id = e.party_id
     where e.org_id = r.org_id and e.engagement_id = r.id and p.user_id = ${account})
  or exists (
    select from engagement_people e
     where e.org_id = r.org_id and e.engagement_id = r.id and e.confirmed_at is not null and (
           e.resource_id in (select p.id from resources p where p.org_id = e.org_id and p.user_id = ${account})
           or e.party_id in (select p.id from parties p where p.org_id = e.org_id and p.user_id = ${account}))))`;

/** @param own only those in which this account takes part */
export function listEngagements(tx: Tx, filter: EngagementFilter, own?: string): Promise<RawJson> {
  const wanted = new Filter(tx)
    .add(takesPart, own)
    .add((mark) => `r.title ilike ${mark}`, containing(filter.q))
    .add((mark) => `r.series_id = ${mark}`, filter.seriesId)
    .add((mark) => `r.place_id = ${mark}`, filter.placeId)
    .add((mark) => `r.lead_user_id = ${mark}`, own ? undefined : filter.leadUserId)
    .add((mark) => `r.stage = ${mark}`, filter.stage)
    .add((mark) => `r.ends_at > ${mark}`, filter.from)
    .add((mark) => `r.starts_at < ${mark}`, filter.to);
  return listJson(tx, {
    from: 'engagements r',
    filter: wanted,
    order: [
      { column: 'r.starts_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: engagementJson,
    page: filter,
  });
}

/** What a contact has to do with, and as what. @throws AppError not_found */
export async function listDealings(tx: Tx, partyId: string, page: DealingsPage): Promise<RawJson> {
  const [found] = await tx.query('select from parties where org_id = $1 and id = $2', [tx.scope.orgId, partyId]);
  if (!found) throw notFound('This contact');
  return listJson(tx, {
    from: `engagements r join lateral (
      select array_agg(e.role order by e.role) as roles from engagement_parties e
       where e.org_id = r.org_id and e.engagement_id = r.id and e.party_id = $2) as had on had.roles is not null`,
    filter: new Filter(tx).add(
      (mark) =>
        `r.id in (select e.engagement_id from engagement_parties e where e.org_id = $1 and e.party_id = ${mark})`,
      partyId,
    ),
    order: [
      { column: 'r.starts_at', type: 'timestamptz' },
      { column: 'r.id', type: 'uuid' },
    ],
    descending: true,
    item: `json_build_object('engagement', ${engagementJson}, 'roles', had.roles)`,
    page,
  });
}

export function getEngagement(tx: Tx, id: string): Promise<Engagement> {
  return getRow<Engagement>(tx, engagementShape, id);
}

/** The engagement with its parties by role and its decisions, newest last. */
export async function getDossier(
  tx: Tx,
  control: Databases['control'],
  id: string,
  own?: string,
): Promise<{ engagement: Engagement; parties: EngagementParty[]; decisions: EngagementDecision[] }> {
  if (own) await requirePart(tx, id, own);
  const [found, entries, rows] = await Promise.all([getEngagement(tx, id), listParties(tx, id), listDecisions(tx, id)]);
  const names = await actorNames(
    control,
    tx.scope.orgId,
    rows.map(({ decidedBy }) => decidedBy),
  );
  // Who decided what and why is the organisation's own business.
  const decisions = (own ? [] : rows).map((row) => ({ ...row, decidedBy: names.get(row.decidedBy) ?? row.decidedBy }));
  return { engagement: found, parties: entries, decisions };
}

/** @throws AppError not_found, as for an engagement that isn't there */
export async function requirePart(tx: Tx, id: string, account: string): Promise<void> {
  const [found] = await tx.query(`select from engagements r where r.org_id = $1 and r.id = $2 and ${takesPart('$3')}`, [
    tx.scope.orgId,
    id,
    account,
  ]);
  if (!found) throw notFound();
}

const partyColumns = `e.id, e.party_id as "partyId", p.name, p.kind, p.email, p.phone, e.role`;

function listParties(tx: Tx, engagementId: string): Promise<EngagementParty[]> {
  return tx.query<EngagementParty>(
    `select ${partyColumns} from engagement_parties e join parties p on p.org_id = $1 and p.id = e.party_id
      where e.org_id = $1 and e.engagement_id = $2 order by e.role, p.name, e.id`,
    [tx.scope.orgId, engagementId],
  );
}

/** One contact's entry on an engagement. */
export async function getParty(tx: Tx, entryId: string): Promise<EngagementParty | undefined> {
  const [entry] = await tx.query<EngagementParty>(
    `select ${partyColumns} from engagement_parties e join parties p on p.org_id = $1 and p.id = e.party_id
      where e.org_id = $1 and e.id = $2`,
    [tx.scope.orgId, entryId],
  );
  return entry;
}

function listDecisions(tx: Tx, engagementId: string): Promise<EngagementDecision[]> {
  return tx.query<EngagementDecision>(
    `select id, from_stage as "fromStage", to_stage as "toStage", reason, decided_by as "decidedBy", decided_at as "decidedAt"
       from stage_decisions where org_id = $1 and engagement_id = $2 order by decided_at, id`,
    [tx.scope.orgId, engagementId],
  );
}

/** Each series with the span of its engagements. */
export function listSeries(tx: Tx, filter: SeriesFilter): Promise<RawJson> {
  const span = (what: string) => `(select ${what} from engagements e where e.org_id = r.org_id and e.series_id = r.id)`;
  return listJson(tx, {
    from: 'series r',
    filter: new Filter(tx).add((mark) => `r.name ilike ${mark}`, containing(filter.q)),
    order: byName,
    item: `json_build_object('series', ${rowJson(seriesShape)}, 'engagements', ${span('count(*)::int')},
      'startsAt', ${span('iso(min(e.starts_at))')}, 'endsAt', ${span('iso(max(e.ends_at))')})`,
    page: filter,
  });
}

export function getSeries(tx: Tx, id: string): Promise<Series> {
  return getRow<Series>(tx, seriesShape, id);
}

import { actorNames } from '#features/identity/server/actor-names.ts';
import type { PackName, Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import { Filter } from '#platform/db/list.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import type { ForecastMonth, pipeline, PipelineCard } from '../contract.ts';
import { forecastOf, type ForecastGroup } from '../rules.ts';

type BoardQuery = RouteInput<(typeof pipeline)['routes']['board']>['query'];
type ForecastQuery = RouteInput<(typeof pipeline)['routes']['forecast']>['query'];

/** A board of more than this is nobody's to look through; filters narrow it. */
const cardsShown = 2000;

/** Roles of who an engagement is for: the first of each pack. */
const leadingRoles = Object.values(packs).flatMap(({ partyRoles: [first] }) => first ?? []);

const allStages = Object.values(packs).flatMap(({ name, stages }) => stages.map((stage) => ({ pack: name, ...stage })));

function stagesOf(...kinds: Stage['kind'][]): { packs: PackName[]; keys: string[] } {
  const wanted = allStages.filter(({ kind }) => kinds.includes(kind));
  return { packs: wanted.map(({ pack }) => pack), keys: wanted.map(({ key }) => key) };
}

function narrow(tx: Tx, { pack, leadUserId, partyId, ...dates }: Partial<BoardQuery>): Filter {
  return new Filter(tx)
    .add((mark) => `r.pack = ${mark}`, pack)
    .add((mark) => `r.lead_user_id = ${mark}`, leadUserId)
    .add(
      (mark) =>
        `r.id in (select e.engagement_id from engagement_parties e where e.org_id = $1 and e.party_id = ${mark})`,
      partyId,
    )
    .add((mark) => `r.starts_at >= ${mark}`, dates.from)
    .add((mark) => `r.starts_at < ${mark}`, dates.to);
}

/**
 * What is open, by the index of stages; what was confirmed this month, by that of confirmations; what was lost this
 * month, by that of decisions. Each alone is short, where one condition of all three would read everything.
 */
function pickedSql(filter: Filter, since: Date): string {
  const mark = (value: unknown) => `$${filter.values.push(value)}`;
  const within = (...kinds: Stage['kind'][]) => {
    const { packs: names, keys } = stagesOf(...kinds);
    return `(r.pack, r.stage) in (select * from unnest(${mark(names)}::text[], ${mark(keys)}::text[]))`;
  };
  const when = mark(since);
  const where = filter.where.join(' and ');
  return `select r.id from engagements r where ${where} and ${within('open')}
    union select r.id from engagements r where ${where} and r.confirmed_at >= ${when} and ${within('won', 'done')}
    union select r.id from engagements r where ${where} and ${within('lost')} and r.id in (
      select d.engagement_id from stage_decisions d where d.org_id = $1 and d.decided_at >= ${when}
         and d.to_stage = r.stage)`;
}

const cardColumns = (roles: string) => `r.id, r.version, r.title, r.pack, r.stage, r.zone,
  iso(coalesce((select max(d.decided_at) from stage_decisions d where d.org_id = r.org_id and d.engagement_id = r.id),
    r.created_at)) as "stageSince",
  iso(r.starts_at) as "startsAt", iso(r.ends_at) as "endsAt", iso(r.confirmed_at) as "confirmedAt",
  r.place_id as "placeId",
  (select p.name from resources p where p.org_id = r.org_id and p.id = r.place_id) as "placeName",
  (select json_build_object('id', p.id, 'name', p.name) from engagement_parties e
     join parties p on p.org_id = e.org_id and p.id = e.party_id
    where e.org_id = r.org_id and e.engagement_id = r.id
    order by e.role = any(${roles}::text[]) desc, e.id limit 1) as party,
  r.value_minor as "valueMinor", r.value_currency as "valueCurrency", r.probability, r.next_step as "nextStep",
  r.lead_user_id as "leadUserId",
  (select min(f.due_on)::text from follow_ups f
    where f.org_id = r.org_id and f.engagement_id = r.id and f.done_at is null) as "followUpOn"`;

export async function getBoard(
  tx: Tx,
  control: Databases['control'],
  query: BoardQuery,
  zone: string,
): Promise<{ cards: PipelineCard[]; total: number }> {
  const filter = narrow(tx, query);
  const picked = pickedSql(filter, new Date(monthStart(tx.scope.now, zone)));
  const roles = `$${filter.values.push(leadingRoles)}`;
  const rows = await tx.query<Omit<PipelineCard, 'leadName'> & { total: number }>(
    `with picked as materialized (${picked})
     select ${cardColumns(roles)}, (select count(*)::int from picked) as total
       from engagements r where r.org_id = $1 and r.id in (select id from picked)
      order by r.starts_at, r.id limit ${cardsShown}`,
    filter.values,
  );
  const names = await actorNames(
    control,
    tx.scope.orgId,
    rows.flatMap(({ leadUserId }) => (leadUserId ? [`user:${leadUserId}`] : [])),
  );
  const cards = rows.map(({ total: _, ...row }) => ({
    ...row,
    leadName: row.leadUserId ? (names.get(`user:${row.leadUserId}`) ?? null) : null,
  }));
  return { cards, total: rows[0]?.total ?? 0 };
}

const forecastMonths = 12;

export async function getForecast(tx: Tx, query: ForecastQuery, zone: string): Promise<{ months: ForecastMonth[] }> {
  const from = monthStart(tx.scope.now, zone);
  const filter = narrow(tx, { ...query, from, to: monthStart(tx.scope.now, zone, forecastMonths) });
  const { packs: names, keys } = stagesOf('open', 'won', 'done');
  const mark = (value: unknown) => `$${filter.values.push(value)}`;
  const groups = await tx.query<ForecastGroup>(
    `select to_char(r.starts_at at time zone ${mark(zone)}, 'YYYY-MM') as month, r.value_currency as currency,
            r.pack, r.stage, r.probability, sum(r.value_minor)::bigint as minor, count(*)::int as engagements
       from engagements r
      where ${filter.where.join(' and ')} and r.value_minor is not null
        and (r.pack, r.stage) in (select * from unnest(${mark(names)}::text[], ${mark(keys)}::text[]))
      group by 1, 2, 3, 4, 5`,
    filter.values,
  );
  return { months: forecastOf(groups) };
}

/** The first instant of the month, or of one so many months later, by the clock of a zone. */
function monthStart(now: Date, zone: string, later = 0): string {
  const [year = 0, month = 1] = toWallClock(now.toISOString(), zone).date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + later, 1)).toISOString().slice(0, 10);
  return fromWallClock({ date: first, time: '00:00' }, zone) ?? `${first}T00:00:00.000Z`;
}

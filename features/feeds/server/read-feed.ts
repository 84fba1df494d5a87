import { createHash } from 'node:crypto';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { PublicContext } from '#platform/http/feature.ts';
import { readByToken } from '#platform/http/token-scope.ts';
import { hashOf } from '#features/scheduling/availability/server/commands.ts';
import { calendarText, type FeedEvent } from '#features/scheduling/availability/server/feed-calendar.ts';
import { personItems } from './person-items.ts';

/** How far a calendar program sees. More than it would show, less than would choke it. */
const shown = { back: '90 days', ahead: '550 days', events: 5_000 } as const;

/** The route: the calendar, or 304 when the program has it. Everything that isn't right is one and the same 404. */
export async function readFeed(
  { services, request, reply }: PublicContext,
  { params }: { params: { orgId: string; token: string } },
): Promise<string> {
  const organisation = await services.databases.control
    .selectFrom('organisations')
    .select(['name', 'zone'])
    .where('id', '=', params.orgId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!organisation) throw unknownFeed();
  const token = params.token.replace(/\.ics$/, '');
  const { orgId } = params;
  const feed = await readByToken(services, orgId, 'feed', request.id, (tx) =>
    eventsOfFeed(tx, token, services.config),
  ).catch(hideUnknown);
  const text = calendarText({ name: feed.name, zone: organisation.zone, events: feed.events });
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply
    .header('etag', tag)
    .header('cache-control', 'private, max-age=300')
    .header('content-disposition', 'inline; filename="holdfast.ics"');
  if (!wants(request.headers['if-none-match'], tag)) return text;
  reply.code(304);
  return '';
}

function unknownFeed(): AppError {
  return notFound('This calendar');
}

function hideUnknown(error: unknown): never {
  throw error instanceof AppError && error.code === 'not_found' ? unknownFeed() : error;
}

/** Weak and strong tags compare alike for reading (RFC 9110, 13.1.2). */
function wants(known: string | undefined, tag: string): boolean {
  return (
    known !== undefined && known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*')
  );
}

const seatless = 'and not exists (select from seats s where s.org_id = c.org_id and s.claim_id = c.id)';

interface FeedRow {
  name: string;
  resource_id: string | null;
  engagement_id: string | null;
}

async function eventsOfFeed(
  tx: Tx,
  token: string,
  { origin, secret }: { origin: string; secret: string },
): Promise<{ name: string; events: FeedEvent[] }> {
  const [feed] = await tx.query<FeedRow>(
    'select name, resource_id, engagement_id from feeds where org_id = $1 and token_hash = $2',
    [tx.scope.orgId, hashOf(token)],
  );
  if (!feed) throw unknownFeed();
  const [claims, engagements, items] = await Promise.all([
    claimEvents(tx, feed),
    feed.engagement_id ? engagementEvents(tx, feed.engagement_id) : [],
    feed.resource_id ? personItems(tx, feed.resource_id, shown, (path) => `${origin}${path}`, secret) : [],
  ]);
  return { name: feed.name, events: [...engagements, ...claims, ...items] };
}

/**
 * A booked place is the place itself; whoever else is booked goes to the engagement's. A person's seat is the service
 * that they sit at.
 */
function claimEvents(tx: Tx, { resource_id, engagement_id }: FeedRow): Promise<FeedEvent[]> {
  const only = resource_id
    ? 'and c.resource_id = $2'
    : engagement_id
      ? 'and c.engagement_id = $2'
      : 'and $2::uuid is null';
  return tx.query<FeedEvent>(
    `select c.id, c.version, iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt", c.status, c.rank, e.title,
            iso(greatest(c.updated_at, e.updated_at, r.updated_at, p.updated_at)) as "updatedAt",
            case when $3 then r.name end as resource,
            case when r.kind = 'place' then r.name else p.name end as place,
            case when r.kind = 'place' then r.address else p.address end as address
       from claims c
       join resources r on r.org_id = c.org_id and r.id = c.resource_id
       left join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
       left join resources p on p.org_id = e.org_id and p.id = e.place_id
      where c.org_id = $1 ${only} ${resource_id ? seatless : ''} and c.starts_at > $4::timestamptz - interval '${shown.back}' and c.starts_at < $4::timestamptz + interval '${shown.ahead}'
      order by c.starts_at, c.id limit ${shown.events}`,
    [tx.scope.orgId, resource_id ?? engagement_id, resource_id === null, tx.scope.now],
  );
}

function engagementEvents(tx: Tx, id: string): Promise<FeedEvent[]> {
  return tx.query<FeedEvent>(
    `select e.id, e.version, iso(e.starts_at) as "startsAt", iso(e.ends_at) as "endsAt", e.title, null as rank, null as resource,
            case when e.confirmed_at is null then 'pencil' else 'commit' end as status,
            iso(greatest(e.updated_at, p.updated_at)) as "updatedAt", p.name as place, p.address
       from engagements e left join resources p on p.org_id = e.org_id and p.id = e.place_id
      where e.org_id = $1 and e.id = $2`,
    [tx.scope.orgId, id],
  );
}

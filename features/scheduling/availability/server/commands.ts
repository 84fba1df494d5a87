import { createHash, randomBytes } from 'node:crypto';
import type { RouteInput } from '#platform/contract/contract.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { timeOff, type availability, type Hours } from '../contract.ts';
import type { Feed } from './queries.ts';

type Routes = (typeof availability)['routes'];

/** Replaces the weekly hours. Two stretches that overlap are refused by the database. */
export async function setHours(tx: Tx, resourceId: string, hours: readonly Hours[]): Promise<void> {
  const key = [tx.scope.orgId, resourceId];
  // Two who save at once would otherwise leave a mixture, or meet in the constraint.
  const [resource] = await tx.query('select id from resources where org_id = $1 and id = $2 for no key update', key);
  if (!resource) throw notFound('This resource');
  requireNoOverlap(hours);
  await tx.query('delete from working_hours where org_id = $1 and resource_id = $2', key);
  await tx.query(
    `insert into working_hours (org_id, id, resource_id, weekday, starts_minute, ends_minute)
     select $1, h.id, $2, h.weekday, h.starts_minute, h.ends_minute
       from unnest($3::uuid[], $4::int[], $5::int[], $6::int[]) as h(id, weekday, starts_minute, ends_minute)`,
    [
      ...key,
      hours.map(() => uuidv7()),
      hours.map(({ weekday }) => weekday),
      hours.map(({ startsMinute }) => startsMinute),
      hours.map(({ endsMinute }) => endsMinute),
    ],
  );
}

/** The database refuses it too; this says which one. */
function requireNoOverlap(hours: readonly Hours[]): void {
  hours.forEach((stretch, index) => {
    const clash = hours.findIndex(
      (other, at) =>
        at < index &&
        other.weekday === stretch.weekday &&
        other.startsMinute < stretch.endsMinute &&
        stretch.startsMinute < other.endsMinute,
    );
    if (clash >= 0) throw invalid(`hours.${index}`, 'It overlaps another stretch of the same weekday.');
  });
}

export function addTimeOff(tx: Tx, input: RouteInput<Routes['addTimeOff']>['body']): Promise<string> {
  return insertRow(tx, { entity: timeOff }, input);
}

export async function removeTimeOff(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from time_off where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (gone.length === 0) throw notFound('This time off');
}

/** Its busy times go with it. */
export async function removeCalendar(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from calendars where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (gone.length === 0) throw notFound('This calendar');
}

/** @returns the feed and its token, which is kept nowhere: only its hash is stored */
export async function createFeed(
  tx: Tx,
  { name, resourceId, engagementId }: RouteInput<Routes['createFeed']>['body'],
): Promise<{ feed: Feed; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const [feed] = await tx.query<Feed>(
    `insert into feeds (org_id, id, resource_id, engagement_id, token_hash, name, created_by) values ($1, $2, $3, $4, $5, $6, $7)
     returning id, name, resource_id as "resourceId", engagement_id as "engagementId", iso(created_at) as "createdAt"`,
    [tx.scope.orgId, uuidv7(), resourceId, engagementId, hashOf(token), name, tx.scope.actor],
  );
  if (!feed) throw new Error('The feed was not returned.');
  return { feed, token };
}

/** 256 random bits need no salt and no slow hash. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function revokeFeed(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from feeds where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (gone.length === 0) throw notFound('This calendar address');
}

import { notFound } from '#platform/contract/errors.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { scoreOrder } from '#features/calls/instruments/instrument-rules.ts';
import { chair, position, type Chair, type HeldChair, type Position } from '../contract.ts';

export const positionShape: RowShape = { entity: position };

/** Its holder's name stands in another row. */
export const chairShape: RowShape = {
  entity: chair,
  computed: { name: '(select p.name from resources p where p.org_id = r.org_id and p.id = r.resource_id)' },
};

/** Somebody's chair, as needs ask for it. */
export interface RosterChair {
  chairId: string;
  positionId: string;
  instrument: string;
  kind: 'principal' | 'section';
  title: string;
  doubles: string[];
  number: number;
  resourceId: string;
  name: string;
  tenure: Chair['tenure'];
  startsOn: string;
  endsOn: string | null;
  /** Time off overlaps the time asked for. */
  onLeave: boolean;
}

interface Time {
  /** Instants, the end not included. */
  from: string;
  to: string;
  /** Codes; every instrument when absent. */
  instruments?: readonly string[] | undefined;
}

/**
 * Who holds which chair at some point of a time (days by the clock of the person's zone), and whether they are
 * away, in score order from the front. People taken out of use are left out.
 */
export async function rosterOn(tx: Tx, { from, to, instruments }: Time): Promise<RosterChair[]> {
  const rows = await tx.query<RosterChair & { sort: number }>(
    `select c.id as "chairId", c.position_id as "positionId", p.instrument, p.kind, p.title, p.doubles, p.sort, c.number,
            c.resource_id as "resourceId", r.name, c.tenure, c.starts_on::text as "startsOn", c.ends_on::text as "endsOn",
            exists (select from time_off t where t.org_id = c.org_id and t.resource_id = c.resource_id
                       and t.starts_at < $3 and t.ends_at > $2) as "onLeave"
       from chairs c
       join positions p on p.org_id = c.org_id and p.id = c.position_id
       join resources r on r.org_id = c.org_id and r.id = c.resource_id
      where c.org_id = $1 and r.archived_at is null and ($4::text[] is null or p.instrument = any($4))
        and c.starts_on <= (($3::timestamptz - interval '1 microsecond') at time zone r.zone)::date
        and (c.ends_on is null or c.ends_on >= ($2::timestamptz at time zone r.zone)::date)`,
    [tx.scope.orgId, from, to, instruments ?? null],
  );
  return rows.sort(inScore).map(({ sort: _, ...row }) => row);
}

interface Placed {
  instrument: string;
  kind: string;
  sort: number;
  title: string;
  number?: number;
}

/** By the score; within an instrument principals first, then as the organisation put them. */
function inScore(a: Placed, b: Placed): number {
  return (
    scoreOrder(a.instrument) - scoreOrder(b.instrument) ||
    a.kind.localeCompare(b.kind) ||
    a.sort - b.sort ||
    a.title.localeCompare(b.title) ||
    (a.number ?? 0) - (b.number ?? 0)
  );
}

/** Every position, and its chairs' holders on a day. @param on of the organisation's clock; today when absent */
export async function getRoster(tx: Tx, on: string | undefined, zone: string) {
  const [day, positions] = await Promise.all([
    tx.query<{ day: string }>('select coalesce($1::date, ($2::timestamptz at time zone $3)::date)::text as day', [
      on ?? null,
      tx.scope.now,
      zone,
    ]),
    tx.query<{ row: Position }>(`select ${rowJson(positionShape)} as row from positions r where r.org_id = $1`, [
      tx.scope.orgId,
    ]),
  ]);
  const date = day[0]?.day ?? '';
  const chairs = await tx.query<{ row: HeldChair }>(
    `select to_jsonb(${rowJson(chairShape)}) || jsonb_build_object('away', coalesce(
              (select json_agg(json_build_object('startsAt', iso(t.starts_at), 'endsAt', iso(t.ends_at)) order by t.starts_at)
                 from time_off t where t.org_id = r.org_id and t.resource_id = r.resource_id
                  and t.starts_at < ($2::date + 1)::timestamp at time zone $3 and t.ends_at > $2::date::timestamp at time zone $3),
              '[]'::json)) as row
       from chairs r
      where r.org_id = $1 and r.starts_on <= $2::date and (r.ends_on is null or r.ends_on >= $2::date)
      order by r.number, r.id`,
    [tx.scope.orgId, date, zone],
  );
  return {
    on: date,
    positions: positions.map(({ row }) => row).sort(inScore),
    chairs: chairs.map(({ row }) => row),
  };
}

/** Who holds and has held a position's chairs, the newest first. @throws AppError not_found */
export async function listHolders(tx: Tx, positionId: string): Promise<{ items: Chair[] }> {
  const [found, rows] = await Promise.all([
    tx.query('select from positions where org_id = $1 and id = $2', [tx.scope.orgId, positionId]),
    tx.query<{ row: Chair }>(
      `select ${rowJson(chairShape)} as row from chairs r where r.org_id = $1 and r.position_id = $2
        order by r.starts_on desc, r.number, r.id`,
      [tx.scope.orgId, positionId],
    ),
  ]);
  if (found.length === 0) throw notFound('This position');
  return { items: rows.map(({ row }) => row) };
}

export function getPosition(tx: Tx, id: string): Promise<Position> {
  return getRow<Position>(tx, positionShape, id);
}

export function getChair(tx: Tx, id: string): Promise<Chair> {
  return getRow<Chair>(tx, chairShape, id);
}

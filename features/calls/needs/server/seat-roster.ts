import type { RouteOutput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { rosterOn, type RosterChair } from '#features/calls/roster/server/queries.ts';
import { placeWherePossible } from '#features/scheduling/claims/server/place-where-possible.ts';
import { meetingsOf } from '#features/scheduling/claims/server/queries.ts';
import { commitConflict } from '#features/scheduling/claims/rules.ts';
import type { needs } from '../contract.ts';
import { planRoster, suits, type OpenSeat, type Sitting, type WantedPlayer } from '../roster-fill-rules.ts';

type Answer = RouteOutput<(typeof needs)['routes']['seatRoster']>;

interface ServiceTime {
  id: string;
  startsAt: string;
  endsAt: string;
}

interface Orchestra {
  needs: WantedPlayer[];
  services: (ServiceTime & { chairs: RosterChair[] })[];
  open: OpenSeat[];
  seated: Sitting[];
  skills: Map<string, Set<string>>;
}

interface Refused extends ServiceTime {
  resourceId: string;
}

/**
 * Fills open seats from the roster: who holds a chair that suits, is not on leave and not committed elsewhere. When
 * somebody turns out to be committed, whoever comes next in the roster sits there; nobody next, and the seat stays open.
 */
export async function seatRoster(tx: Tx, engagementId: string): Promise<Answer> {
  const orchestra = await gather(tx, engagementId);
  const refused: Refused[] = [];
  const filled: Sitting[] = [];
  for (;;) {
    const plan = planRoster({ ...orchestra, services: present(orchestra.services, refused) });
    if (plan.length === 0) break;
    const round = await commit(tx, engagementId, plan, orchestra.services);
    refused.push(...round.refused);
    filled.push(...round.seated);
    orchestra.seated.push(...round.seated);
    const gone = new Set(round.seated.map(seatKey));
    orchestra.open = orchestra.open.filter((seat) => !gone.has(seatKey(seat)));
    if (round.refused.length === 0) break;
  }
  return {
    filled: filled.length,
    people: new Set(filled.map(({ resourceId }) => resourceId)).size,
    open: orchestra.open.length,
    away: awayOf(orchestra),
    conflicts: await conflictsOf(tx, refused),
  };
}

const seatKey = ({ needId, serviceId, number }: Omit<Sitting, 'resourceId'>) => `${needId} ${serviceId} ${number}`;

/** @throws AppError not_found */
async function gather(tx: Tx, engagementId: string): Promise<Orchestra> {
  const key = [tx.scope.orgId, engagementId];
  // For share: whoever moves a service waits, and its seats are committed at the time that is read here.
  const [found, times, wanted] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', key),
    tx.query<ServiceTime>(
      `select id, iso(starts_at) as "startsAt", iso(ends_at) as "endsAt" from schedule_items
        where org_id = $1 and engagement_id = $2 and service order by id for share`,
      key,
    ),
    tx.query<WantedPlayer>(
      `select id, skill, kind, doubles from needs where org_id = $1 and engagement_id = $2 and dropped_at is null
        order by sort, created_at, id`,
      key,
    ),
  ]);
  if (found.length === 0) throw notFound('This engagement');
  const services = await Promise.all(
    times
      .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
      .map(async (time) => ({ ...time, chairs: await rosterOn(tx, { from: time.startsAt, to: time.endsAt }) })),
  );
  const people = [...new Set(services.flatMap(({ chairs }) => chairs.map(({ resourceId }) => resourceId)))];
  const seat = `id, need_id as "needId", schedule_item_id as "serviceId", number`;
  const [open, seated, skills] = await Promise.all([
    // Skipped when locked: somebody is taking that one in this moment.
    tx.query<OpenSeat>(
      `select ${seat} from seats where org_id = $1 and engagement_id = $2 and resource_id is null
        order by number for update skip locked`,
      key,
    ),
    tx.query<Sitting>(
      `select ${seat}, resource_id as "resourceId" from seats
        where org_id = $1 and engagement_id = $2 and resource_id is not null`,
      key,
    ),
    tx.query<{ id: string; skill: string }>(
      'select resource_id as id, lower(skill) as skill from resource_skills where org_id = $1 and resource_id = any($2::uuid[])',
      [tx.scope.orgId, people],
    ),
  ]);
  const skillsOf = new Map<string, Set<string>>();
  for (const { id, skill } of skills) skillsOf.set(id, (skillsOf.get(id) ?? new Set()).add(skill));
  return { needs: wanted, services, open, seated, skills: skillsOf };
}

/** Without those on leave or refused before. */
function present(services: Orchestra['services'], refused: readonly Refused[]) {
  const out = new Set(refused.map(({ id, resourceId }) => `${id} ${resourceId}`));
  return services.map(({ id, chairs }) => ({
    id,
    chairs: chairs.filter(({ onLeave, resourceId }) => !onLeave && !out.has(`${id} ${resourceId}`)),
  }));
}

/** Commits the time of all who are free and seats them. */
async function commit(
  tx: Tx,
  engagementId: string,
  plan: readonly (OpenSeat & { resourceId: string })[],
  services: readonly ServiceTime[],
): Promise<{ seated: Sitting[]; refused: Refused[] }> {
  const times = new Map(services.map((service) => [service.id, service]));
  const wanted = plan.flatMap((seat) => {
    const time = times.get(seat.serviceId);
    return time ? [{ seat, time, claimId: uuidv7() }] : [];
  });
  const placed = await placeWherePossible(
    tx,
    wanted.map(({ seat: { resourceId }, time: { startsAt, endsAt }, claimId: id }) => {
      return { id, engagementId, resourceId, startsAt, endsAt, status: 'commit' as const };
    }),
  );
  const seated = wanted.filter(({ claimId }) => placed.has(claimId));
  await tx.query(
    `update seats s set resource_id = w.resource_id, source = 'roster', claim_id = w.claim_id, updated_at = now()
       from json_to_recordset($2::json) as w(id uuid, resource_id uuid, claim_id uuid) where s.org_id = $1 and s.id = w.id`,
    [
      tx.scope.orgId,
      JSON.stringify(
        seated.map(({ seat, claimId }) => ({ id: seat.id, resource_id: seat.resourceId, claim_id: claimId })),
      ),
    ],
  );
  return {
    seated: seated.map(({ seat }) => seat),
    refused: wanted
      .filter(({ claimId }) => !placed.has(claimId))
      .map(({ seat, time }) => ({ ...time, resourceId: seat.resourceId })),
  };
}

/** Who holds a chair that a need wants, and is on leave at a service. */
function awayOf({ needs: wanted, services, skills }: Orchestra): NonNullable<Answer['away']> {
  const none = new Set<string>();
  const away = new Map<string, Answer['away'][number]>();
  for (const { chairs } of services) {
    const here = new Set<string>();
    for (const chair of chairs) {
      if (!chair.onLeave || here.has(chair.resourceId)) continue;
      if (!wanted.some((need) => suits(chair, need, skills.get(chair.resourceId) ?? none) > 0)) continue;
      here.add(chair.resourceId);
      const known = away.get(chair.resourceId) ?? { resourceId: chair.resourceId, name: chair.name, services: 0 };
      away.set(chair.resourceId, { ...known, services: known.services + 1 });
    }
  }
  return [...away.values()];
}

async function conflictsOf(tx: Tx, refused: readonly Refused[]): Promise<Answer['conflicts']> {
  if (refused.length === 0) return [];
  const meetings = await meetingsOf(
    tx,
    refused.map(({ resourceId, startsAt, endsAt }) => ({ resourceId, startsAt, endsAt, units: 1 })),
  );
  return meetings.flatMap((meeting) => commitConflict(meeting) ?? []);
}

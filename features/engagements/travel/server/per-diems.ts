import { requireEngagement } from '#features/engagements/guests/server/allotments.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { addDays } from '#platform/time/wall-clock.ts';
import type { travel } from '../contract.ts';
import { nightsOf } from '../rules.ts';
import { requirePeople } from './legs.ts';

type Routes = (typeof travel)['routes'];

/** At once. */
const atMost = 5_000;

/** @throws AppError not_found, invalid_input */
export async function setPerDiems(
  tx: Tx,
  engagementId: string,
  { personIds, from, to, amountMinor, currency }: RouteInput<Routes['setPerDiems']>['body'],
): Promise<{ set: number; paid: number }> {
  const { orgId } = tx.scope;
  await lockEngagement(tx, engagementId);
  await requirePeople(tx, personIds, 'personIds');
  const people = [...new Set(personIds)];
  const days = nightsOf({ checkInOn: from, checkOutOn: addDays(to, 1) });
  if (people.length * days.length > atMost)
    throw invalid(
      'to',
      `These are ${people.length * days.length} per diems, and ${atMost} fit at once. Choose fewer days.`,
    );
  const rows = people.flatMap((personId) => days.map((day) => ({ id: uuidv7(), personId, day })));
  const [paid] = await tx.query<{ count: number }>(
    `select count(*)::int as count from per_diems where org_id = $1 and engagement_id = $2
        and person_id = any($3::uuid[]) and day between $4 and $5 and paid_at is not null`,
    [orgId, engagementId, people, from, to],
  );
  const set = await tx.query(
    `insert into per_diems (org_id, id, engagement_id, person_id, day, amount_minor, currency)
     select $1, w.id, $2, w."personId", w.day, $3, $4 from json_to_recordset($5::json) as w(id uuid, "personId" uuid, day date)
     on conflict on constraint per_diems_once
       do update set amount_minor = excluded.amount_minor, currency = excluded.currency, updated_at = now()
         where per_diems.paid_at is null
           and (per_diems.amount_minor, per_diems.currency) is distinct from (excluded.amount_minor, excluded.currency)
     returning id`,
    [orgId, engagementId, amountMinor, currency, JSON.stringify(rows)],
  );
  return { set: set.length, paid: paid?.count ?? 0 };
}

/** Two who set per diems of one engagement at once go one after the other. */
async function lockEngagement(tx: Tx, id: string): Promise<void> {
  await requireEngagement(tx, id);
  await takeTurn(tx, `per-diems ${id}`);
}

/** @throws AppError not_found when one of them isn't there */
export async function payPerDiems(
  tx: Tx,
  { ids, paid }: RouteInput<Routes['payPerDiems']>['body'],
): Promise<{ changed: number }> {
  await lockPerDiems(tx, ids);
  const { orgId, now } = tx.scope;
  const changed = await tx.query(
    `update per_diems set paid_at = $3, updated_at = now()
      where org_id = $1 and id = any($2::uuid[]) and (paid_at is null) = $4 returning id`,
    [orgId, ids, paid ? now : null, paid],
  );
  return { changed: changed.length };
}

/** @throws AppError not_found, in_use when one of them is paid */
export async function removePerDiems(tx: Tx, ids: readonly string[]): Promise<{ removed: number }> {
  const held = await lockPerDiems(tx, ids);
  if (held.some(({ paid }) => paid)) {
    throw new AppError('in_use', { message: 'One of them is paid. Note it as not paid first.' });
  }
  const gone = await tx.query('delete from per_diems where org_id = $1 and id = any($2::uuid[]) returning id', [
    tx.scope.orgId,
    ids,
  ]);
  return { removed: gone.length };
}

/** In order, so that two who choose the same ones wait in a row. */
async function lockPerDiems(tx: Tx, ids: readonly string[]): Promise<{ paid: boolean }[]> {
  const held = await tx.query<{ paid: boolean }>(
    `select paid_at is not null as paid from per_diems where org_id = $1 and id = any($2::uuid[])
      order by id for no key update`,
    [tx.scope.orgId, ids],
  );
  if (held.length < new Set(ids).size) throw notFound(ids.length === 1 ? 'This per diem' : 'One of these per diems');
  return held;
}

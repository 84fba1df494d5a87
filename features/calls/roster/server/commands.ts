import type * as z from 'zod';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { position, roster } from '../contract.ts';
import { usualPositions } from '../position-rules.ts';
import { requireFreeChair } from './free-chair.ts';
import { addSkills } from './add-skills.ts';
import { chairShape, getChair, getPosition, positionShape } from './queries.ts';

type NewPosition = z.output<typeof position.create>;
type PositionPatch = z.output<typeof position.patch>;
type NewChair = RouteInput<typeof roster.routes.giveChair>['body'];
type ChairPatch = RouteInput<typeof roster.routes.changeChair>['body'];

/** @returns how many were missing */
export async function setUpPositions(tx: Tx): Promise<{ created: number }> {
  const wanted = usualPositions.map((each) => ({ ...each, id: uuidv7() }));
  const made = await tx.query(
    `insert into positions (org_id, id, instrument, title, kind, doubles, chairs, sort)
     select $1, w.id, w.instrument, w.title, w.kind, w.doubles, w.chairs, w.sort
       from json_to_recordset($2::json) as w(id uuid, instrument text, title text, kind text, doubles text[], chairs int, sort int)
     on conflict on constraint positions_title_unique do nothing returning id`,
    [tx.scope.orgId, JSON.stringify(wanted)],
  );
  return { created: made.length };
}

/** @returns the id */
export function createPosition(tx: Tx, input: NewPosition): Promise<string> {
  return insertRow(tx, positionShape, input);
}

/** @throws AppError in_use when somebody sits beyond the chairs that would be left */
export async function changePosition(tx: Tx, id: string, { version, ...changes }: PositionPatch): Promise<void> {
  await lockPosition(tx, id);
  if (changes.chairs !== undefined) await requireNobodyBeyond(tx, id, changes.chairs);
  await patchRow(tx, positionShape, id, version, changes);
}

async function requireNobodyBeyond(tx: Tx, id: string, chairs: number): Promise<void> {
  const [beyond] = await tx.query<{ number: number; name: string }>(
    `select c.number, p.name from chairs c join resources p on p.org_id = c.org_id and p.id = c.resource_id
      where c.org_id = $1 and c.position_id = $2 and c.number > $3 and (c.ends_on is null or c.ends_on >= $4::date)
      order by c.number limit 1`,
    [tx.scope.orgId, id, chairs, tx.scope.now],
  );
  if (!beyond) return;
  throw new AppError('in_use', {
    message: `${beyond.name} sits on chair ${beyond.number}. End that, or keep at least ${beyond.number} chairs.`,
  });
}

/** @throws AppError in_use when somebody holds or has held one of its chairs */
export async function removePosition(tx: Tx, id: string): Promise<void> {
  // Against a chair that is being given: it waits for this lock.
  const key = [tx.scope.orgId, id];
  const [found] = await tx.query('select from positions where org_id = $1 and id = $2 for update', key);
  if (!found) throw notFound('This position');
  const [held] = await tx.query<{ holders: number }>(
    'select count(distinct resource_id)::int as holders from chairs where org_id = $1 and position_id = $2',
    key,
  );
  if (held && held.holders > 0) {
    throw new AppError('in_use', {
      message: `${held.holders === 1 ? 'Somebody holds or has held' : `${held.holders} people hold or have held`} its chairs, and that must stay known. Rename it, or end its chairs.`,
    });
  }
  await tx.query('delete from positions where org_id = $1 and id = $2', key);
}

/** @returns the id. @throws AppError chair_taken with the name of who sits there */
export async function giveChair(tx: Tx, input: NewChair): Promise<string> {
  const [place] = await Promise.all([
    lockPosition(tx, input.positionId, invalid('positionId', 'There is no position with this id.')),
    requirePerson(tx, input.resourceId),
  ]);
  requireChairThere(input.number, place);
  await requireFreeChair(tx, input);
  const id = await insertRow(tx, chairShape, input);
  const { instrument, doubles } = await getPosition(tx, input.positionId);
  await addSkills(tx, [{ resourceId: input.resourceId, instruments: [instrument, ...doubles] }]);
  return id;
}

/** @throws AppError chair_taken, version_conflict */
export async function changeChair(tx: Tx, id: string, { version, ...changes }: ChairPatch): Promise<void> {
  const before = await getChair(tx, id);
  const place = await lockPosition(tx, before.positionId);
  const after = { ...(await getChair(tx, id)), ...changes };
  if (after.endsOn !== null && after.endsOn < after.startsOn)
    throw invalid('endsOn', 'The last day must not be before the first.');
  if (after.number !== before.number) requireChairThere(after.number, place);
  await requireFreeChair(tx, after);
  await patchRow(tx, chairShape, id, version, changes);
}

export async function removeChair(tx: Tx, id: string): Promise<void> {
  const gone = await tx.query('delete from chairs where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (gone.length === 0) throw notFound('This chair');
}

interface Place {
  title: string;
  chairs: number;
}

/** Chairs of one position are given one after the other, so that what is checked stays true. */
async function lockPosition(tx: Tx, id: string, otherwise: Error = notFound('This position')): Promise<Place> {
  const [found] = await tx.query<Place>(
    'select title, chairs from positions where org_id = $1 and id = $2 for no key update',
    [tx.scope.orgId, id],
  );
  if (!found) throw otherwise;
  return found;
}

function requireChairThere(number: number, { title, chairs }: Place): void {
  if (number <= chairs) return;
  throw invalid(
    'number',
    `“${title}” has ${chairs === 1 ? 'one chair' : `${chairs} chairs`}. Give the position more chairs first.`,
  );
}

async function requirePerson(tx: Tx, id: string): Promise<void> {
  const [found] = await tx.query<{ kind: string; archived: boolean }>(
    'select kind, archived_at is not null as archived from resources where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  if (found?.kind !== 'person') throw invalid('resourceId', 'There is no person with this id.');
  if (found.archived) throw invalid('resourceId', 'This person is archived. Take them back into use first.');
}

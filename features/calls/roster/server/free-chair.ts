import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { dayWords } from '../position-rules.ts';

interface Wanted {
  /** The chair that changes; absent for a new one. */
  id?: string | undefined;
  positionId: string;
  resourceId: string;
  number: number;
  startsOn: string;
  endsOn: string | null;
}

interface Sitting {
  resourceId: string;
  name: string;
  number: number;
  startsOn: string;
  endsOn: string | null;
}

/**
 * One holder at a time, and one chair of a position for one person. The constraint is the truth for the
 * first; a transaction that it refuses runs again and is told here why.
 * @throws AppError chair_taken, which names who sits there and until when
 */
export async function requireFreeChair(tx: Tx, wanted: Wanted): Promise<void> {
  const [sitting] = await tx.query<Sitting>(
    `select c.resource_id as "resourceId", p.name, c.number, c.starts_on::text as "startsOn", c.ends_on::text as "endsOn"
       from chairs c join resources p on p.org_id = c.org_id and p.id = c.resource_id
      where c.org_id = $1 and c.position_id = $2 and (c.number = $3 or c.resource_id = $4) and c.id is distinct from $5::uuid
        and daterange(c.starts_on, c.ends_on, '[]') && daterange($6, $7, '[]')
      order by c.number <> $3, c.starts_on limit 1`,
    [
      tx.scope.orgId,
      wanted.positionId,
      wanted.number,
      wanted.resourceId,
      wanted.id ?? null,
      wanted.startsOn,
      wanted.endsOn,
    ],
  );
  if (sitting) throw new AppError('chair_taken', { message: takenWords(sitting, wanted) });
}

function takenWords({ resourceId, name, number, startsOn, endsOn }: Sitting, wanted: Wanted): string {
  const time = `from ${dayWords(startsOn)}${endsOn === null ? '' : ` to ${dayWords(endsOn)}`}`;
  if (resourceId === wanted.resourceId && number !== wanted.number)
    return `${name} sits on chair ${number} of this position already, ${time}. End that first.`;
  const remedy =
    endsOn === null ? 'Set the last day there first' : 'Begin after that day, end before it, or choose another chair';
  return `${name} holds chair ${number}, ${time}. ${remedy}.`;
}

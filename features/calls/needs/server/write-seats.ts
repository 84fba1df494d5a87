import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

export interface NewSeat {
  needId: string;
  scheduleItemId: string;
  number: number;
}

/** Adds open seats; those that are there already stay as they are. */
export async function writeSeats(tx: Tx, engagementId: string, seats: readonly NewSeat[]): Promise<void> {
  if (seats.length === 0) return;
  await tx.query(
    `insert into seats (org_id, id, engagement_id, need_id, schedule_item_id, number)
     select $1, a.id, $2, a."needId", a."scheduleItemId", a.number
       from json_to_recordset($3::json) as a(id uuid, "needId" uuid, "scheduleItemId" uuid, number int)
     on conflict on constraint seats_once do nothing`,
    [tx.scope.orgId, engagementId, JSON.stringify(seats.map((seat) => ({ ...seat, id: uuidv7() })))],
  );
}

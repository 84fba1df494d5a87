import type { Tx } from '#platform/db/tenant.ts';
import type { CascadeState } from '../cascade-contract.ts';
import type { PlannedCall, ServiceSeats, Settings } from '../cascade-rules.ts';

/** A cascade whose row this transaction has locked: whoever changes it or its calls holds this lock first. */
export interface LockedCascade extends Settings {
  id: string;
  needId: string;
  engagementId: string;
  state: CascadeState;
  startedBy: string;
  version: number;
}

export interface CallRow extends PlannedCall {
  resourceId: string;
  /** Of the list; null: by hand. */
  grade: string | null;
}

const settingColumns = `strategy, width, partial, deadline_minutes as "deadlineMinutes",
  late_within_minutes as "lateWithinMinutes", late_deadline_minutes as "lateDeadlineMinutes",
  reminder_minutes as "reminderMinutes", quiet_from as "quietFrom", quiet_to as "quietTo"`;

/** Undefined when it is gone. */
export async function lockCascade(tx: Tx, id: string): Promise<LockedCascade | undefined> {
  const [row] = await tx.query<LockedCascade>(
    `select id, need_id as "needId", engagement_id as "engagementId", state, started_by as "startedBy", version, ${settingColumns}
       from cascades where org_id = $1 and id = $2 for no key update`,
    [tx.scope.orgId, id],
  );
  return row;
}

/** Locks the cascade of a call; undefined when the call is gone. */
export async function lockCascadeOfCall(tx: Tx, callId: string): Promise<LockedCascade | undefined> {
  const [row] = await tx.query<{ cascadeId: string }>(
    'select cascade_id as "cascadeId" from calls where org_id = $1 and id = $2',
    [tx.scope.orgId, callId],
  );
  return row && lockCascade(tx, row.cascadeId);
}

const inMs = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

/** The services at which a need has seats, by start. */
export function servicesOf(tx: Tx, needId: string): Promise<ServiceSeats[]> {
  return tx.query<ServiceSeats>(
    `select i.id, ${inMs('i.starts_at', 'startsAt')}, ${inMs('i.ends_at', 'endsAt')}, count(*)::int as seats,
            count(*) filter (where s.resource_id is null)::int as open
       from seats s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
      where s.org_id = $1 and s.need_id = $2 group by i.id, i.starts_at, i.ends_at order by i.starts_at, i.id`,
    [tx.scope.orgId, needId],
  );
}

/** Every call of a cascade, in the order in which they are asked. */
export function callsOf(tx: Tx, cascadeId: string): Promise<CallRow[]> {
  return tx.query<CallRow>(
    `select c.id, c.resource_id as "resourceId", c.place, c.grade, c.state, c.reason, p.zone,
            ${inMs('c.deadline_at', 'deadlineAt')}, ${inMs('c.remind_at', 'remindAt')},
            coalesce(s.services, '{}') as services, coalesce(s.changed, false) as changed
       from calls c
       join resources p on p.org_id = c.org_id and p.id = c.resource_id
       left join lateral (
         select array_agg(schedule_item_id::text) as services, bool_or(changed) as changed
           from call_services where org_id = c.org_id and call_id = c.id and open) s on c.state = 'open'
      where c.org_id = $1 and c.cascade_id = $2 order by c.place`,
    [tx.scope.orgId, cascadeId],
  );
}

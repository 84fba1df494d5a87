import type pg from 'pg';
import { overlapsSql } from './world.ts';

/** What must not be of calls, whatever happened: name → SQL that counts the cases of one organisation. */
const faults: Readonly<Record<string, string>> = {
  'commitments overlap': overlapsSql,
  'a seat without its commitment': `
    select count(*)::int as count from seats s
     where s.org_id = $1 and s.resource_id is not null and not exists (
       select from claims c join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
        where c.org_id = s.org_id and c.id = s.claim_id and c.resource_id = s.resource_id and c.status = 'commit'
          and c.starts_at = i.starts_at and c.ends_at = i.ends_at)`,
  'a seat of a call that nobody accepted': `
    select count(*)::int as count from seats s
     where s.org_id = $1 and s.source = 'call' and not exists (
       select from calls c join call_services cs on cs.org_id = c.org_id and cs.call_id = c.id
        where c.org_id = s.org_id and c.need_id = s.need_id and c.resource_id = s.resource_id and c.state = 'accepted'
          and cs.schedule_item_id = s.schedule_item_id and cs.answer = 'accepted')`,
  'an acceptance without its seat': `
    select count(*)::int as count from calls c join call_services cs on cs.org_id = c.org_id and cs.call_id = c.id
     where c.org_id = $1 and c.state = 'accepted' and cs.answer = 'accepted' and not exists (
       select from seats s where s.org_id = c.org_id and s.need_id = c.need_id and s.resource_id = c.resource_id
          and s.schedule_item_id = cs.schedule_item_id)`,
  // By the record: from when a service of a call was open to when it was not, in the order of its entries.
  'somebody was asked twice for one time': `
    with asked as (
      select (c.after ->> 'resource_id') as person, (c.after ->> 'span')::tstzrange as span, c.id as opened, c.entity_id,
             coalesce((select min(u.id) from changes u where u.org_id = $1 and u.entity = 'call_services' and u.entity_id = c.entity_id
                          and u.id > c.id and (u.operation = 'delete' or u.after ->> 'open' = 'false')), 9e18::bigint) as closed
        from changes c
       where c.org_id = $1 and c.entity = 'call_services' and c.after ->> 'open' = 'true'
         and c.operation = 'insert')
    select count(*)::int as count from asked a join asked b on b.person = a.person and b.entity_id > a.entity_id and b.span && a.span
       and int8range(a.opened, a.closed) && int8range(b.opened, b.closed)`,
  'a call expired more often than it was sent': `
    select count(*)::int as count from (
      select entity_id, count(*) filter (where after ->> 'state' = 'expired') as expired,
             count(*) filter (where after ->> 'state' = 'open') as opened
        from changes where org_id = $1 and entity = 'calls' and operation = 'update' group by entity_id) as c
     where expired > opened`,
  'a call that went out without one mail': `
    select count(*)::int as count from calls c
     where c.org_id = $1 and c.state in ('open', 'accepted', 'declined', 'expired', 'withdrawn')
       and not exists (select from messages m where m.org_id = c.org_id and m.kind = 'call' and m.dedupe_key like '%' || c.id || '%')`,
  'a mail of one call in two letters': `
    select count(*)::int as count from (
      select from messages where org_id = $1 and kind in ('call', 'call_booked')
       group by kind, resource_id, engagement_id, dedupe_key having count(*) > 1) as m`,
  'a deadline that passed without effect': `
    select count(*)::int as count from calls where org_id = $1 and state = 'open' and deadline_at < $2::timestamptz - interval '2 minutes'`,
  'something due that nobody did': `
    select count(*)::int as count from cascades where org_id = $1 and wake_at < $2::timestamptz - interval '2 minutes'`,
  'a round that is over with people still asked': `
    select count(*)::int as count from cascades k join calls c on c.org_id = k.org_id and c.cascade_id = k.id
     where k.org_id = $1 and k.state in ('done', 'cancelled', 'exhausted') and c.state = 'open'`,
  'a round that waits for nothing': `
    select count(*)::int as count from cascades where org_id = $1 and state = 'running' and wake_at is null`,
};

/** @param now of the clock that calls go by. @returns a sentence per fault; none when all is well */
export async function callFaults(client: pg.ClientBase, orgId: string, now: Date): Promise<string[]> {
  const found: string[] = [];
  for (const [name, sql] of Object.entries(faults)) {
    // Each statement gets the values that it names.
    const values = [orgId, now].slice(0, sql.includes('$2') ? 2 : sql.includes('$1') ? 1 : 0);
    const { rows } = await client.query<{ count: number }>(sql, values);
    const count = rows[0]?.count ?? 0;
    if (count > 0) found.push(`${name}: ${count}`);
  }
  return found;
}

type Counts = Readonly<Record<string, number>>;

export interface CallFigures {
  calls: Counts;
  rounds: Counts;
  seats: Counts;
  mails: Counts;
}

/** How many calls and rounds there are by state, seats by whether somebody sits there, mails by kind. */
export async function callFigures(client: pg.ClientBase, orgId: string): Promise<CallFigures> {
  const by = async (sql: string) => {
    const { rows } = await client.query<{ key: string; count: number }>(sql, [orgId]);
    return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
  };
  return {
    calls: await by('select state as key, count(*)::int as count from calls where org_id = $1 group by 1 order by 1'),
    rounds: await by(
      'select state as key, count(*)::int as count from cascades where org_id = $1 group by 1 order by 1',
    ),
    seats: await by(
      "select coalesce(source, 'open') as key, count(*)::int as count from seats where org_id = $1 group by 1 order by 1",
    ),
    mails: await by('select kind as key, count(*)::int as count from messages where org_id = $1 group by 1 order by 1'),
  };
}

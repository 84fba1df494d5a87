import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createClient } from '#platform/client/client.ts';
import { withClient } from '#platform/test/connection.ts';
import { calls } from '#features/calls/cascades/contract.ts';
import { callPath } from '#features/calls/cascades/server/link.ts';
import { needs } from '#features/calls/needs/contract.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import type { BenchServer } from '../server.ts';
import { callFaults, callFigures } from './call-faults.ts';
import { at, hour, inParallel, makeEngagement, must, type World } from './world.ts';

type Server = Pick<BenchServer, 'world' | 'secret' | 'crash'>;

/** Needs of one engagement, people for each need, and engagements at one time: the same people are wanted by many. */
const needsEach = 10;
const candidates = 30;
const atOneTime = 5;
const skill = 'Stagehand';
/** Minutes that a call may be answered in, and that each turn of the clock passes. */
const deadline = 60;
const turn = 25;

/**
 * Bar 11: rounds of calls for so many needs run at once, thirty candidates each, while people answer at random: early, late,
 * twice at once, not at all. The process is killed with -9 again and again, and the clock of the calls is turned on by
 * moving everything that waits for it into the past. Afterwards every round is over and nothing is wrong.
 */
export async function cascades({ world, secret, crash }: Server, wanted: number, kills: number) {
  const people = await makePeople(world, Math.max(60, Math.round(wanted * 0.6)));
  const needIds = await makeNeeds(world, wanted);
  const { client } = apis(world);
  await inParallel(needIds.length, 4, (n) =>
    client.start({
      org: world.org,
      params: { id: needIds[n] ?? '' },
      body: { ...settingsOf(n), resourceIds: pick(people, candidates) },
    }),
  );
  const tally = { answers: 0, refused: 0, turns: 0 };
  let over = false;
  const answering = withClient(world.tenantUrl, (db) => answerAtRandom(db, { world, secret }, tally, () => over));
  const killing = killAgain(crash, kills, () => over);
  await withClient(world.tenantUrl, async (db) => {
    while (await goesOn(db, world.orgId)) {
      await sleep(400);
      await turnClock(db, world.orgId, turn);
      tally.turns++;
    }
  });
  over = true;
  await answering;
  const killed = await killing;
  return withClient(world.tenantUrl, async (db) => {
    await settled(db);
    const found = await callFaults(db, world.orgId, new Date());
    must(found.length === 0, found.join('; '));
    return { needs: wanted, killed, ...tally, ...(await callFigures(db, world.orgId)) };
  });
}

function apis({ baseUrl, key }: World) {
  const options = { baseUrl, headers: { authorization: `Bearer ${key}` } };
  return {
    client: createClient(calls, options),
    needs: createClient(needs, options),
    timeline: createClient(timeline, options),
  };
}

/** Every strategy, with and without answers in part. */
function settingsOf(n: number) {
  return {
    strategy: (['one', 'some', 'all'] as const)[n % 3] ?? 'one',
    width: 4,
    deadlineMinutes: deadline,
    lateWithinMinutes: 0,
    reminderMinutes: 20,
    quietFrom: 0,
    quietTo: 0,
    partial: n % 2 === 0,
  };
}

function pick<T>(from: readonly T[], count: number): T[] {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(Math.floor(Math.random() * left.length), 1)).flat();
}

async function makePeople(world: World, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await withClient(world.tenantUrl, async (db) => {
    await db.query("select set_config('app.actor', 'command', false)");
    await db.query(
      `insert into resources (org_id, id, kind, name, email, zone)
       select $1, p.id, 'person', 'Person ' || p.n, 'person-' || p.n || '@example.com', 'UTC'
         from unnest($2::uuid[]) with ordinality as p(id, n)`,
      [world.orgId, ids],
    );
    await db.query(
      'insert into resource_skills (org_id, id, resource_id, skill) select $1, gen_random_uuid(), id, $3 from unnest($2::uuid[]) as p(id)',
      [world.orgId, ids, skill],
    );
  });
  return ids;
}

/** Engagements with two shifts each; several at one time. */
async function makeNeeds(world: World, wanted: number): Promise<string[]> {
  const { needs: needsApi, timeline: schedule } = apis(world);
  const made = await inParallel(Math.ceil(wanted / needsEach), 4, async (n) => {
    const from = Date.UTC(2036, 0, 1) + Math.floor(n / atOneTime) * 24 * hour;
    const id = await makeEngagement(world, at(from), at(from + 12 * hour));
    for (const [begins, ends] of [
      [0, 4],
      [6, 10],
    ] as const)
      await schedule.create({
        org: world.org,
        params: { id },
        body: { kind: 'shift', startsAt: at(from + begins * hour), endsAt: at(from + ends * hour) },
      });
    const count = Math.min(needsEach, wanted - n * needsEach);
    return inParallel(count, 1, async (index) => {
      const body = { skill, title: `Crew ${index}`, kind: 'section' as const, quantity: 1 + (index % 3) };
      return (await needsApi.create({ org: world.org, params: { id }, body })).id;
    });
  });
  return made.flat();
}

async function goesOn(db: pg.ClientBase, orgId: string): Promise<boolean> {
  const { rows } = await db.query("select from cascades where org_id = $1 and state in ('running', 'paused') limit 1", [
    orgId,
  ]);
  return rows.length > 0;
}

/** Time passes: all that waits for a time is so much nearer, the jobs that wait for it too. */
async function turnClock(db: pg.ClientBase, orgId: string, minutes: number): Promise<void> {
  const by = `interval '${minutes} minutes'`;
  await db.query('begin');
  await db.query('select from cascades where org_id = $1 order by id for update', [orgId]);
  await db.query(
    `update calls set sent_at = sent_at - ${by}, deadline_at = deadline_at - ${by}, remind_at = remind_at - ${by}
      where org_id = $1 and state = 'open'`,
    [orgId],
  );
  await db.query(`update cascades set wake_at = wake_at - ${by} where org_id = $1 and wake_at is not null`, [orgId]);
  await db.query(
    `update graphile_worker._private_jobs j set run_at = run_at - ${by} from graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'calls.advance' and j.locked_at is null and run_at > now()`,
  );
  await db.query('commit');
}

interface Asked {
  id: string;
  state: string;
  version: number;
  services: string[];
}

/** People look at their mail now and then; some answer at once, some twice, some long after it is too late. */
async function answerAtRandom(
  db: pg.ClientBase,
  { world, secret }: Pick<Server, 'world' | 'secret'>,
  tally: { answers: number; refused: number },
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const { rows } = await db.query<Asked>(
      `select c.id, c.state, c.link_version as version, array_agg(s.schedule_item_id) as services
         from calls c join call_services s on s.org_id = c.org_id and s.call_id = c.id
        where c.org_id = $1 and (c.state = 'open' or (c.sent_at is not null and random() < 0.01))
        group by c.id, c.state, c.link_version order by random() limit 60`,
      [world.orgId],
    );
    await inParallel(rows.length, 8, async (n) => {
      const asked = rows[n];
      if (!asked || Math.random() < 0.6) return;
      const status = await answer(world, secret, asked);
      tally.answers++;
      if (status !== 200) tally.refused++;
    });
    await sleep(50);
  }
}

async function answer(world: World, secret: string, { id, state, version, services }: Asked): Promise<number> {
  const path = callPath(secret, world.orgId, { callId: id, version }).replace('/answer/', '/answers/');
  const chance = Math.random();
  const some = chance < 0.1 ? { services: services.slice(0, 1) } : {};
  const [way, body] =
    chance < 0.4
      ? ['accept', some]
      : chance < 0.95 || state !== 'accepted'
        ? ['decline', { reason: 'engaged' }]
        : ['withdraw', { reason: 'ill' }];
  const send = () =>
    fetch(`${world.baseUrl}/api/v1${path}/${way}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined);
  const responses = await Promise.all(chance % 0.1 < 0.03 ? [send(), send()] : [send()]);
  for (const response of responses) {
    const text = await response?.text().catch(() => '');
    // 400: some of the services, where the call is for all of them.
    must(!response || [200, 400, 409, 410, 503].includes(response.status), `${way}: ${response?.status} ${text}`);
  }
  return responses[0]?.status ?? 0;
}

async function killAgain(crash: () => Promise<void>, kills: number, isOver: () => boolean): Promise<number> {
  let killed = 0;
  while (killed < kills && !isOver()) {
    await sleep(1_500 + Math.random() * 3_000);
    await crash();
    killed++;
  }
  return killed;
}

/** Until the jobs of events and mails are done too: those of a dead worker within a minute. */
async function settled(db: pg.ClientBase): Promise<void> {
  let left: unknown[] = [];
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await db.query(
      `select t.identifier as task, j.attempts, j.last_error as error, j.locked_by as worker
         from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where (t.identifier like 'calls.%' or t.identifier like 'messaging.%') and j.run_at < now()
          -- One that was running when another took its key never runs again; a kill leaves its row behind.
          and j.attempts < j.max_attempts limit 3`,
    );
    left = rows;
    if (left.length === 0) return;
    await sleep(250);
  }
  throw new Error(`Jobs are left after two and a half minutes: ${JSON.stringify(left)}`);
}

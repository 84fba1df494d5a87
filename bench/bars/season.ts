import type pg from 'pg';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { withClient } from '#platform/test/connection.ts';
import { advanceCascade, dueCascades, nextWakeTime } from '#features/calls/cascades/server/advance.ts';
import { answerCall } from '#features/calls/cascades/server/answering.ts';
import { startCascade } from '#features/calls/cascades/server/starting.ts';
import { withdrawCall } from '#features/calls/cascades/server/withdrawing.ts';
import { cascade as cascadeEntity } from '#features/calls/cascades/cascade-contract.ts';
import { callFaults, callFigures } from './call-faults.ts';
import { fillRoster, makeLists, makeProject, makeSubstitutes, type Project } from './season-world.ts';
import { hour, inParallel, must, type World } from './world.ts';

interface Installation {
  world: World;
  databases: Databases;
  secret: string;
}

export interface SeasonSize {
  projects: number;
  services: number;
  substitutes: number;
}

const day = 24 * hour;
/** Calls go out so long before a project. */
const ahead = 42 * day;

/**
 * A season of an orchestra: its projects, their needs by formula, the roster seated, and calls for every open seat, by a
 * clock of its own: it goes from one thing that is due to the next. People answer as people do: two in five accept, a
 * third decline, the others don't answer; mostly within hours, some after days; one in thirty withdraws.
 */
export async function season(installation: Installation, { projects, services, substitutes }: SeasonSize) {
  const { world } = installation;
  const begun = performance.now();
  await fillRoster(world);
  await makeLists(world, await makeSubstitutes(world, substitutes));
  const perProject = Math.round(services / projects);
  const made = await inParallel(projects, 2, (n) =>
    makeProject(world, n, perProject + (n % projects < services - perProject * projects ? 1 : 0)),
  );
  const built = performance.now();
  const clock = new SeasonClock(installation, made);
  const now = await clock.run();
  const ended = performance.now();
  return withClient(world.tenantUrl, async (db) => {
    const found = await callFaults(db, world.orgId, now);
    must(found.length === 0, found.join('; '));
    return {
      projects,
      services,
      substitutes,
      'building, s': Math.round((built - begun) / 1_000),
      'calling, s': Math.round((ended - built) / 1_000),
      steps: clock.steps,
      ...(await callFigures(db, world.orgId)),
      ...(await fillTimes(db, world.orgId)),
    };
  });
}

/** What happens when: starts of calls and answers; deadlines and reminders are the cascades' own business. */
class SeasonClock {
  readonly #installation: Installation;
  readonly #events: { at: number; run: (at: number) => Promise<void> }[] = [];
  readonly #seen = new Set<string>();
  steps = 0;

  constructor(installation: Installation, projects: readonly Project[]) {
    this.#installation = installation;
    for (const project of projects) this.#plan(project.startsAt - ahead, (at) => this.#startAll(project, at));
  }

  /** @returns the instant at which nothing was left to do */
  async run(): Promise<Date> {
    let now = 0;
    for (;;) {
      const wake = await this.#in(now, (tx) => nextWakeTime(tx));
      const event = this.#events[0];
      const due = wake === null ? Infinity : Date.parse(wake);
      const at = Math.min(due, event?.at ?? Infinity);
      if (!Number.isFinite(at)) return new Date(now);
      now = Math.max(now, at);
      this.steps++;
      if (event && event.at <= due) {
        this.#events.shift();
        await event.run(now);
      } else await this.#advance(now);
      await this.#newCalls(now);
    }
  }

  #plan(at: number, run: (at: number) => Promise<void>): void {
    const place = this.#events.findIndex((event) => event.at > at);
    this.#events.splice(place < 0 ? this.#events.length : place, 0, { at, run });
  }

  #in<T>(now: number, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { databases, world } = this.#installation;
    const scope = mintScope({ orgId: world.orgId, actor: 'command', requestId: 'bench', now: new Date(now) });
    return withTenant(databases, scope, work);
  }

  async #advance(now: number): Promise<void> {
    for (const { id } of await this.#in(now, (tx) => dueCascades(tx)))
      await this.#in(now, (tx) => advanceCascade(tx, id, this.#installation.secret));
  }

  /** One strategy after the other. */
  async #startAll({ id }: Project, now: number): Promise<void> {
    const open = await this.#in(now, (tx) =>
      tx.query<{ id: string }>(
        `select n.id from needs n where n.org_id = $1 and n.engagement_id = $2 and exists (
           select from seats s where s.org_id = n.org_id and s.need_id = n.id and s.resource_id is null) order by n.sort, n.id`,
        [this.#installation.world.orgId, id],
      ),
    );
    for (const [index, need] of open.entries()) {
      const strategy = (['one', 'one', 'some', 'all'] as const)[index % 4] ?? 'one';
      const settings = cascadeEntity.create.parse({ strategy, width: 3, partial: index % 5 === 0 });
      // Nobody on the lists for it: the office's own business.
      await this.#in(now, (tx) => startCascade(tx, need.id, settings, this.#installation.secret)).catch(isRefusal);
    }
  }

  /** People who were called since the last look will answer, or won't. */
  async #newCalls(now: number): Promise<void> {
    const calls = await this.#in(now, (tx) =>
      tx.query<{ id: string }>("select id from calls where org_id = $1 and state = 'open' and sent_at = $2", [
        this.#installation.world.orgId,
        tx.scope.now,
      ]),
    );
    for (const { id } of calls) {
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      const chance = Math.random();
      if (chance < 0.27) continue;
      const after = Math.exp(Math.log(3 * hour) + 1.2 * normal());
      this.#plan(now + after, (at) => this.#answer(id, chance < 0.67, at));
    }
  }

  async #answer(id: string, accepts: boolean, now: number): Promise<void> {
    const { secret } = this.#installation;
    const answer = accepts ? { accept: 'all' as const } : { decline: 'engaged' as const, note: '' };
    const done = await this.#in(now, (tx) => answerCall(tx, id, answer, secret)).then(() => true, isRefusal);
    if (done && accepts && Math.random() < 1 / 30)
      this.#plan(now + Math.random() * 20 * day, (at) =>
        this.#in(at, (tx) => withdrawCall(tx, id, { reason: 'ill', note: '' }, secret))
          .catch(isRefusal)
          .then(() => undefined),
      );
  }
}

/** Too late, taken by now: people get a kind answer, and so be it. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError) return false;
  throw error;
}

/** Of the standard normal distribution (Box and Muller). */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** From the first call of a round to its last acceptance, in hours of the season's clock. */
async function fillTimes(db: pg.ClientBase, orgId: string) {
  const { rows } = await db.query<{ median: number; most: number }>(
    `select percentile_cont(0.5) within group (order by hours)::numeric(9, 1)::float as median,
            percentile_cont(0.9) within group (order by hours)::numeric(9, 1)::float as most
       from (select extract(epoch from max(c.answered_at) filter (where c.state = 'accepted') - min(c.sent_at)) / 3600 as hours
               from cascades k join calls c on c.org_id = k.org_id and c.cascade_id = k.id
              where k.org_id = $1 and k.state = 'done' group by k.id) as r where hours is not null`,
    [orgId],
  );
  return { 'hours to fill, median': rows[0]?.median, 'hours to fill, 90 %': rows[0]?.most };
}

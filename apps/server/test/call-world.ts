import { engagements } from '#features/engagements/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { cascade, type CallState } from '#features/calls/cascades/cascade-contract.ts';
import { advanceCascade, dueCascades, nextWakeTime } from '#features/calls/cascades/server/advance.ts';
import { answerCall, type Answer } from '#features/calls/cascades/server/answering.ts';
import type { Voice } from '#features/calls/cascades/server/answered-call.ts';
import { startCascade } from '#features/calls/cascades/server/starting.ts';
import { withdrawCall } from '#features/calls/cascades/server/withdrawing.ts';
import type { TestApp, TestOrganisation } from './test-app.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

/** What a call looks like in a test: `Ada open`. */
export interface SeenCall {
  id: string;
  name: string;
  state: CallState;
  reason: string | null;
  sentAt: string | null;
  deadlineAt: string | null;
  remindAt: string | null;
  services: string[];
}

/** An organisation, an engagement with its services and one need, and a clock that tests turn. */
export class CallWorld {
  readonly org: TestOrganisation;
  engagementId = '';
  needId = '';
  serviceIds: string[] = [];
  now: number;
  readonly #app: TestApp;

  constructor(app: TestApp, org: TestOrganisation, now: string) {
    this.#app = app;
    this.org = org;
    this.now = Date.parse(now);
  }

  get secret(): string {
    return this.#app.config.secret;
  }

  at<T>(work: (tx: Tx) => Promise<T>, now = this.now): Promise<T> {
    const scope = mintScope({ orgId: this.org.id, actor: 'command', requestId: 'test', now: new Date(now) });
    return withTenant(this.#app.databases, scope, work);
  }

  sql<Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.at((tx) => tx.query<Row>(text, [this.org.id, ...values]));
  }

  /** @param services [start, end] of each */
  async build(services: readonly (readonly [string, string])[], quantity = 1): Promise<this> {
    const api = this.#app.client(engagements, 'owner', this.org);
    const [first] = services;
    const [startsAt, endsAt] = [first?.[0] ?? '', services.at(-1)?.[1] ?? ''];
    this.engagementId = (await api.create({ org: this.org.slug, body: { title: 'Gala', startsAt, endsAt } })).id;
    this.serviceIds = services.map(() => uuidv7());
    for (const [index, [from, to]] of services.entries()) {
      await this.sql(
        `insert into schedule_items (org_id, id, engagement_id, kind, zone, starts_at, ends_at, dress)
         values ($1, $2, $3, 'concert', 'Europe/Berlin', $4, $5, 'Black')`,
        this.serviceIds[index],
        this.engagementId,
        from,
        to,
      );
    }
    this.needId = await this.need('Second flute', quantity);
    return this;
  }

  /** A further need with seats at these services. */
  async need(title: string, quantity: number, serviceIds = this.serviceIds): Promise<string> {
    const id = uuidv7();
    await this.sql(
      `insert into needs (org_id, id, engagement_id, skill, title, kind, quantity, source) values ($1, $2, $3, 'fl', $4, 'section', $5, 'hand')`,
      id,
      this.engagementId,
      title,
      quantity,
    );
    await this.sql(
      `insert into seats (org_id, id, engagement_id, need_id, schedule_item_id, number)
       select $1, gen_random_uuid(), $2, $3, s, n from unnest($4::uuid[]) s, generate_series(1, $5::int) n`,
      this.engagementId,
      id,
      serviceIds,
      quantity,
    );
    return id;
  }

  /** @returns their ids, in the order of the names */
  async people(names: readonly string[], zone = 'Europe/Berlin'): Promise<string[]> {
    const ids = names.map(() => uuidv7());
    for (const [index, name] of names.entries()) {
      await this.sql(
        `insert into resources (org_id, id, kind, name, email, zone) values ($1, $2, 'person', $3, $4, $5)`,
        ids[index],
        name,
        `${name.toLowerCase().replaceAll(' ', '.')}@${this.org.slug}.example`,
        zone,
      );
      await this.sql(
        `insert into resource_skills (org_id, id, resource_id, skill) values ($1, gen_random_uuid(), $2, 'flute')`,
        ids[index],
      );
    }
    return ids;
  }

  /** An approved list of these people. */
  async list(people: readonly string[], grade = 'A'): Promise<void> {
    const id = uuidv7();
    await this.sql(
      `insert into ranked_lists (org_id, id, skill, kind, grade, valid_from, approved_by, approved_at)
       values ($1, $2, 'fl', 'section', $3, '2020-01-01', 'command', now())`,
      id,
      grade,
    );
    await this.sql(
      `insert into ranked_entries (org_id, id, list_id, resource_id, place)
       select $1, gen_random_uuid(), $2, p, n from unnest($3::uuid[]) with ordinality as w(p, n)`,
      id,
      people,
    );
  }

  start(settings: object = {}, needId = this.needId): Promise<string> {
    const { resourceIds, ...rest }: { resourceIds?: string[] } = settings;
    const parsed = { ...cascade.create.parse(rest), resourceIds };
    return this.at((tx) => startCascade(tx, needId, parsed, this.secret));
  }

  advance(id: string, now = this.now): Promise<void> {
    return this.at((tx) => advanceCascade(tx, id, this.secret), now);
  }

  /** Turns the clock to the next time at which something is due, and does it. @returns that time */
  async wake(): Promise<string | null> {
    const next = await this.at((tx) => nextWakeTime(tx));
    if (next === null) return null;
    this.now = Math.max(this.now, Date.parse(next));
    for (const { id } of await this.at((tx) => dueCascades(tx))) await this.advance(id);
    return next;
  }

  answer(callId: string, answer: Answer, voice: Voice = 'person'): Promise<void> {
    return this.at((tx) => answerCall(tx, callId, answer, this.secret, voice));
  }

  async accept(name: string, services: readonly string[] | 'all' = 'all', voice: Voice = 'person'): Promise<void> {
    return this.answer(await this.callId(name), { accept: services }, voice);
  }

  async decline(name: string): Promise<void> {
    return this.answer(await this.callId(name), { decline: 'engaged', note: '' });
  }

  async withdraw(name: string): Promise<void> {
    const id = await this.callId(name);
    return this.at((tx) => withdrawCall(tx, id, { reason: 'ill', note: '' }, this.secret));
  }

  async callId(name: string, needId = this.needId): Promise<string> {
    const [row] = await this.sql<{ id: string }>(
      `select c.id from calls c join resources p on p.org_id = c.org_id and p.id = c.resource_id
        where c.org_id = $1 and p.name = $2 and c.need_id = $3 order by c.created_at desc limit 1`,
      name,
      needId,
    );
    if (!row) throw new Error(`${name} has no call.`);
    return row.id;
  }

  calls(needId = this.needId): Promise<SeenCall[]> {
    return this.sql<SeenCall>(
      `select c.id, p.name, c.state, c.reason, iso(c.sent_at) as "sentAt", iso(c.deadline_at) as "deadlineAt", iso(c.remind_at) as "remindAt",
              coalesce((select array_agg(s.schedule_item_id::text order by s.span) from call_services s
                         where s.org_id = c.org_id and s.call_id = c.id), '{}') as services
         from calls c join resources p on p.org_id = c.org_id and p.id = c.resource_id
        where c.org_id = $1 and c.need_id = $2 order by c.place`,
      needId,
    );
  }

  /** `['Ada open', 'Bea skipped committed']`. */
  async log(needId = this.needId): Promise<string[]> {
    const calls = await this.calls(needId);
    return calls.map(({ name, state, reason }) => [name, state, ...(reason ? [reason] : [])].join(' '));
  }

  async state(id: string): Promise<string | undefined> {
    const [row] = await this.sql<{ state: string }>('select state from cascades where org_id = $1 and id = $2', id);
    return row?.state;
  }

  async wakeAt(id: string): Promise<string | null | undefined> {
    const [row] = await this.sql<{ at: string | null }>(
      'select iso(wake_at) as at from cascades where org_id = $1 and id = $2',
      id,
    );
    return row?.at;
  }

  /** `call → Ada`, in the order in which they were written. */
  async mails(): Promise<string[]> {
    const rows = await this.sql<{ kind: string; name: string }>(
      'select kind, recipient_name as name from messages where org_id = $1 order by created_at, id',
    );
    return rows.map(({ kind, name }) => `${kind} → ${name}`);
  }

  /** Who sits at each service, by service. */
  async seated(needId = this.needId): Promise<(string | null)[][]> {
    const rows = await this.sql<{ names: (string | null)[] }>(
      `select array_agg(p.name order by s.number) as names
         from seats s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
         left join resources p on p.org_id = s.org_id and p.id = s.resource_id
        where s.org_id = $1 and s.need_id = $2 group by i.id, i.starts_at order by i.starts_at`,
      needId,
    );
    return rows.map(({ names }) => names);
  }

  /** Books somebody on the board. */
  async commit(person: string, startsAt: string, endsAt: string): Promise<string> {
    const id = uuidv7();
    await this.sql(
      `insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, exclusive, placed_by)
       values ($1, $2, $3, null, $2, 'commit', $4, $5, 'UTC', true, 'command')`,
      id,
      person,
      startsAt,
      endsAt,
    );
    return id;
  }
}

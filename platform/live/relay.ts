import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Databases } from '../db/databases.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';

/** How often it looks by itself, for what other processes wrote or an unreachable database held up, in milliseconds. */
const sweep = 3_000;
/** An organisation whose database didn't answer is left alone for so long, in milliseconds. */
const rest = 10_000;
/** Changes carried at once. */
const batch = 500;

/**
 * Brings the changes that concern an organisation but happen in the control database (members, invitations,
 * keys, roles, support grants, settings) into the organisation's own record: each once, with its actor,
 * session, address, request and time. Woken by `withControl`; looks by itself too, so what a crash or an
 * unreachable database left behind arrives later. One organisation's trouble doesn't hold up the others.
 */
export class Relay {
  readonly #databases: Databases;
  readonly #log: Logger;
  readonly #busy = new Map<string, Promise<void>>();
  /** Changed while they were being carried: to be looked at once more. */
  readonly #more = new Set<string>();
  readonly #resting = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(databases: Databases, log: Logger) {
    this.#databases = databases;
    this.#log = log;
  }

  start(): void {
    this.#databases.onControlWrite = () => void this.#look();
    this.#timer = setInterval(() => void this.#look(), sweep);
    this.#timer.unref();
    void this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#databases.onControlWrite = () => undefined;
    clearInterval(this.#timer);
    await this.#looking;
    await Promise.all(this.#busy.values());
  }

  /** Resolves when nothing waits any more. For tests, and whoever reads the record right after a change. */
  async settled(): Promise<void> {
    while ((await this.#waiting()).length > 0 || this.#busy.size > 0) {
      await this.#look();
      await Promise.all(this.#busy.values());
      await sleep(5);
    }
  }

  /** Starts on every organisation that has something waiting. A call during a look makes it look once more. */
  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.#lookOn().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookOn(): Promise<void> {
    do {
      this.#again = false;
      if (this.#stopped) return;
      try {
        for (const orgId of await this.#waiting()) this.#carry(orgId);
      } catch (error) {
        this.#log.warn({ err: error }, 'the relay could not look');
      }
    } while (this.#again);
  }

  async #waiting(): Promise<string[]> {
    const rows = await this.#databases.control
      .selectFrom('organisation_changes')
      .select('organisation_id')
      .distinct()
      .execute();
    return rows.map(({ organisation_id }) => organisation_id);
  }

  #carry(orgId: string): void {
    if (this.#stopped || (this.#resting.get(orgId) ?? 0) > Date.now()) return;
    if (this.#busy.has(orgId)) return void this.#more.add(orgId);
    const carried = this.#carryAll(orgId)
      .then(() => this.#resting.delete(orgId))
      .catch((error: unknown) => {
        this.#resting.set(orgId, Date.now() + rest);
        this.#log.warn({ err: error, organisation: orgId }, 'changes could not be relayed; they wait');
      })
      .then(() => {
        this.#busy.delete(orgId);
        if (this.#more.delete(orgId)) this.#carry(orgId);
      });
    this.#busy.set(orgId, carried);
  }

  async #carryAll(orgId: string): Promise<void> {
    const { control, controlPool } = this.#databases;
    const scope = () => mintScope({ orgId, actor: 'relay', requestId: 'relay' });
    for (;;) {
      const { rows } = await controlPool.query<{ ids: string[] | null; waiting: string }>(readBatch, [orgId]);
      const [{ ids, waiting } = { ids: null, waiting: '' }] = rows;
      if (!ids) return;
      await withTenant(this.#databases, scope(), (tx) => tx.query(insertOnce, [orgId, waiting]));
      await control.deleteFrom('organisation_changes').where('id', 'in', ids).execute();
    }
  }
}

const readBatch = `select array_agg(id) as ids, jsonb_agg(to_jsonb(c))::text as waiting
  from (select * from organisation_changes where organisation_id = $1 order by number limit ${batch}) c`;

/**
 * The key of each change is kept in the same transaction: a second carrier waits for it here and then finds
 * it used, and so does a carrier that died after its commit and before it could remove what it had carried.
 */
const insertOnce = `
  with waiting as (
    select * from jsonb_to_recordset($2::jsonb) as c(
      id uuid, number bigint, entity text, entity_id uuid, operation text, before jsonb, after jsonb, actor text,
      real_actor text, session text, address text, request_id text, at timestamptz)),
  fresh as (
    insert into idempotency_keys (org_id, actor, key, request_hash, status, answer)
    select $1, 'relay', id::text, '', 200, '' from waiting order by number
    on conflict do nothing returning key)
  insert into changes (org_id, entity, entity_id, version, operation, before, after, actor, real_actor, session,
                       address, request_id, at)
  select $1, entity, entity_id, (coalesce(after, before) ->> 'version')::integer, operation, before, after, actor,
         real_actor, session, address, request_id, at
    from waiting where id::text in (select key from fresh) order by number`;

import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { mintScope } from '#platform/db/scope.ts';
import type { Databases } from '#platform/db/databases.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { withClient } from '#platform/test/connection.ts';
import { createOrganisation } from '#features/identity/server/commands.ts';
import type { Fault } from '#features/history/contract.ts';
import { sealChanges } from '#features/history/server/seals.ts';
import { verifyChanges } from '#features/history/server/verify.ts';
import { must } from './world.ts';

/** Kinds of tampering, and the faults of which at least one must name each. */
const namedBy = {
  column: ['row_altered', 'row_missing'],
  deletion: ['row_missing'],
  insertion: ['row_inserted'],
  swap: ['row_altered'],
  seal: ['seal_altered', 'seal_missing', 'end_cut_off'],
  sealGone: ['seal_missing', 'end_cut_off'],
  endGone: ['end_cut_off'],
  head: ['head_differs', 'head_missing', 'end_cut_off'],
} as const satisfies Record<string, readonly Fault['kind'][]>;
type Kind = keyof typeof namedBy;

/**
 * Bar 15: so many single tamperings of a sealed record, of random kinds, by somebody who owns the databases. Any column
 * of any change but the transaction's number (it serves readers and tells nothing) and what is generated; changes taken
 * out, put in, exchanged; any column of any seal, seals taken out, the end cut off; the kept head altered. Each is
 * committed, must be found and named, and is put back.
 *
 * @param urls superuser's connections
 */
export async function tampering(databases: Databases, urls: { tenant: string; control: string }, attempts: number) {
  const orgId = await makeRecord(databases);
  const found: Partial<Record<Kind, number>> = {};
  const started = performance.now();
  await withClient(urls.tenant, (tenant) =>
    withClient(urls.control, async (control) => {
      const trail = new Trail(tenant, control, orgId);
      await trail.keep();
      for (let n = 0; n < attempts; n++) {
        const { kind, statement } = await trail.tamper();
        const { faults } = await verify(databases, orgId);
        const named: readonly Fault['kind'][] = namedBy[kind];
        must(
          faults.some((fault) => named.includes(fault.kind)),
          `${kind} was not named (${faults.map((fault) => fault.kind).join(', ') || 'no fault'}): ${statement}`,
        );
        found[kind] = (found[kind] ?? 0) + 1;
        await trail.restore();
      }
    }),
  );
  const { sound } = await verify(databases, orgId);
  must(sound, 'The record is not sound after everything was put back.');
  return { attempts, found, seconds: Math.round((performance.now() - started) / 1_000) };
}

const scopeOf = (orgId: string) =>
  mintScope({
    orgId,
    actor: 'command',
    requestId: randomUUID(),
    session: randomUUID(),
    address: '192.0.2.1',
    realActor: 'user:1',
  });

function verify(databases: Databases, orgId: string) {
  return withTenant(databases, scopeOf(orgId), (tx) => verifyChanges(tx, databases.control), { readOnly: true });
}

/** Eight seals over inserts, updates and deletions, every column filled somewhere. Suspended, so that no job seals on. */
async function makeRecord(databases: Databases): Promise<string> {
  const slug = `tampered-${randomUUID().slice(0, 8)}`;
  const organisation = { name: slug, slug, packs: ['venue'], zone: 'UTC', currency: 'EUR' };
  const orgId = await createOrganisation(databases, organisation, undefined);
  await databases.control
    .updateTable('organisations')
    .set({ status: 'suspended', suspended_reason: 'A bar tampers with its record.' })
    .where('id', '=', orgId)
    .execute();
  const tenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(databases, scopeOf(orgId), work);
  for (let seal = 0; seal < 8; seal++) {
    await tenant(async (tx) => {
      await tx.query("select set_config('app.reason', 'Because', true)");
      await tx.query(
        `insert into parties (org_id, id, kind, name, email) select $1, gen_random_uuid(), 'person', 'P' || n, 'p@example.com'
           from generate_series(1, 8) n`,
        [orgId],
      );
      await tx.query(
        `update parties set name = name || '!', version = version + 1 where org_id = $1 and id in (
           select id from parties where org_id = $1 order by id limit 6)`,
        [orgId],
      );
      await tx.query(
        'delete from parties where org_id = $1 and id in (select id from parties where org_id = $1 order by id limit 3)',
        [orgId],
      );
    });
    await sealChanges(databases, orgId, tenant);
  }
  return orgId;
}

const changeColumns =
  'org_id, id, entity, entity_id, version, operation, before, after, actor, real_actor, session, address, request_id, reason, at'.split(
    ', ',
  );
const sealColumns = 'org_id, number, ids, changes, row_hashes, previous_hash, hash, horizon, place, sealed_at'.split(
  ', ',
);

/** The record as whoever owns the databases may treat it. */
class Trail {
  readonly #tenant: pg.Client;
  readonly #control: pg.Client;
  readonly #orgId: string;

  constructor(tenant: pg.Client, control: pg.Client, orgId: string) {
    this.#tenant = tenant;
    this.#control = control;
    this.#orgId = orgId;
  }

  /** What is under seals; what was relayed into the record since isn't meant. */
  async keep(): Promise<void> {
    await this.#tenant.query(
      `create temporary table kept_seals as select * from change_seals where org_id = '${this.#orgId}';
       create temporary table kept_changes as select ${changeColumns.join(', ')}, xid from changes c
        where org_id = '${this.#orgId}' and exists (select from kept_seals s where s.ids @> c.id)`,
    );
    await this.#control.query(
      `create temporary table kept_heads as select * from audit_heads where organisation_id = '${this.#orgId}'`,
    );
  }

  /** What went to another organisation comes back too. */
  async restore(): Promise<void> {
    await this.#tenant.query(
      `begin;
       delete from changes where org_id = '${this.#orgId}' or id in (select id from kept_changes);
       delete from change_seals where org_id = '${this.#orgId}' or hash in (select hash from kept_seals);
       insert into changes (${changeColumns.join(', ')}, xid) overriding system value select * from kept_changes;
       insert into change_seals select * from kept_seals;
       commit`,
    );
    await this.#control.query(
      `begin; delete from audit_heads where organisation_id = '${this.#orgId}';
       insert into audit_heads select * from kept_heads; commit`,
    );
  }

  /** One tampering that did change something. */
  async tamper(): Promise<{ kind: Kind; statement: string }> {
    for (;;) {
      const [kind, statement] = this.#invented();
      const client = kind === 'head' ? this.#control : this.#tenant;
      // Not everything can be written: constraints refuse some of it.
      const done = await client.query(statement).catch((error: unknown) => {
        if (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')) return { rowCount: 0 };
        throw error;
      });
      if (done.rowCount) return { kind, statement };
    }
  }

  #invented(): [Kind, string] {
    const own = `org_id = '${this.#orgId}'`;
    const row = '(select id from kept_changes order by random() limit 1)';
    const seal = `(select number from change_seals where ${own} order by random() limit 1)`;
    switch (
      oneOf([
        'column',
        'column',
        'column',
        'deletion',
        'insertion',
        'swap',
        'seal',
        'seal',
        'sealGone',
        'endGone',
        'head',
      ] as const)
    ) {
      case 'deletion':
        return ['deletion', `delete from changes where ${own} and id = ${row}`];
      case 'insertion':
        return [
          'insertion',
          `insert into changes (org_id, entity, entity_id, version, operation, before, after, actor, at, xid)
           select org_id, entity, gen_random_uuid(), version, operation, before, after, actor, at, xid from changes where ${own} and id = ${row}`,
        ];
      case 'swap': {
        const column = oneOf(['before', 'after', 'entity_id', 'actor', 'at', 'version'] as const);
        return [
          'swap',
          `with pair as (select array_agg(id) as ids, array_agg(${column}) as v from (
             select id, ${column} from kept_changes order by random() limit 2) two)
           update changes c set ${column} = case when c.id = ids[1] then v[2] else v[1] end from pair
            where c.id = any(ids) and v[1] is distinct from v[2]`,
        ];
      }
      case 'seal':
        return ['seal', altering('change_seals', oneOf(sealColumns), `${own} and number = ${seal}`)];
      case 'sealGone':
        return ['sealGone', `delete from change_seals where ${own} and number = ${seal}`];
      case 'endGone':
        return oneOf([
          ['endGone', `delete from change_seals where ${own} and number > ${seal}`],
          [
            'endGone',
            `with gone as (delete from change_seals where ${own} and number > ${seal} returning ids)
             delete from changes where ${own} and exists (select from gone where gone.ids @> changes.id)`,
          ],
        ]);
      case 'head': {
        const head = `organisation_id = '${this.#orgId}'`;
        const gone = `delete from audit_heads where ${head}`;
        const columns = ['seal', 'hash', 'changes', 'sealed_at'];
        return ['head', oneOf([gone, ...columns.map((column) => altering('audit_heads', column, head))])];
      }
      default:
        return ['column', this.#otherColumn(oneOf(changeColumns), own, row)];
    }
  }

  #otherColumn(column: string, own: string, row: string): string {
    // A number that the database gives can't be updated: the change goes and comes back under another one.
    if (column === 'id') {
      return `with gone as (delete from changes where ${own} and id = ${row} returning *)
        insert into changes (${changeColumns.join(', ')}, xid) overriding system value
        select ${changeColumns.join(', ').replace(' id,', ' id + 1000000,')}, xid from gone`;
    }
    return altering('changes', column, `${own} and id = ${row}`);
  }
}

/** An update that gives one column another value. */
function altering(table: string, column: string, where: string): string {
  const byte = `set_byte(t.${column}, ${randomBytes(1)[0] ?? 0} % octet_length(t.${column}), ${randomBytes(1)[0] ?? 0})`;
  const values: Record<string, readonly string[]> = {
    org_id: ['gen_random_uuid()'],
    entity_id: ['gen_random_uuid()'],
    number: ['t.number + 1', 't.number + 100'],
    seal: ['t.seal + 1', 't.seal - 1'],
    version: ['t.version + 1', 'null'],
    operation: ["'looked'", "'delete'", "'insert'"],
    before: [`t.before || '{"x":1}'`, `'null'`, 'null', `t.before - 'name'`],
    after: [`t.after || '{"x":1}'`, `'null'`, 'null', `t.after - 'name'`],
    at: ["t.at + interval '1 microsecond'", "t.at - interval '1 day'"],
    sealed_at: ["t.sealed_at + interval '1 second'"],
    ids: ["t.ids + '{[1,2)}'", 't.ids - int8multirange(int8range(lower(t.ids), lower(t.ids) + 1))'],
    changes: ['t.changes + 1', 't.changes - 1'],
    horizon: ['t.horizon + 1', 't.horizon - 1', '0'],
    row_hashes: [byte],
    previous_hash: [byte],
    hash: [byte],
  };
  const value = oneOf(values[column] ?? [`t.${column} || ' '`, `upper(t.${column})`, "'other'", 'null']);
  return `update ${table} t set ${column} = ${value} where ${where} and ${column} is distinct from ${value}`;
}

function oneOf<T>(list: readonly [T, ...T[]] | readonly T[]): T {
  const one = list[Math.floor(Math.random() * list.length)];
  if (one === undefined) throw new Error('There is nothing to choose from.');
  return one;
}

import { createHash } from 'node:crypto';
import { Transform, Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { TenantTable } from './tables.ts';

/** What the rows of one table are, as text in the order of their key. */
export interface Sum {
  rows: number;
  /** SHA-256 of PostgreSQL's COPY text, in hexadecimal. */
  sha256: string;
}

export function sameSum(one: Sum, other: Sum): boolean {
  return one.rows === other.rows && one.sha256 === other.sha256;
}

/** Passes COPY text on and takes its sum on the way: a row is a line, line breaks in values are escaped. */
export class Summing extends Transform {
  readonly #hash = createHash('sha256');
  readonly #onRows: (rows: number) => void;
  #rows = 0;

  /** @param onRows is told how many more rows have passed */
  constructor(onRows: (rows: number) => void = () => undefined) {
    super();
    this.#onRows = onRows;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    let rows = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
    this.#rows += rows;
    this.#onRows(rows);
    done(null, chunk);
  }

  /** Once, when the stream has ended. */
  sum(): Sum {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

/** The rows of an organisation in one table, as COPY text. */
export function rowsOut(client: pg.ClientBase, table: TenantTable, orgId: string): Readable {
  const query = `select ${table.columns.join(', ')} from ${pg.escapeIdentifier(table.name)}
    where org_id = ${pg.escapeLiteral(orgId)} order by ${table.order}`;
  return client.query(copyTo(`copy (${query}) to stdout`));
}

/** @returns the sum of what is in the table now */
export async function sumOf(
  client: pg.ClientBase,
  table: TenantTable,
  orgId: string,
  onRows?: (rows: number) => void,
): Promise<Sum> {
  const summing = new Summing(onRows);
  await pipeline(rowsOut(client, table, orgId), summing, discard());
  return summing.sum();
}

function discard(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/**
 * Puts COPY text into a table. By way of a temporary table: COPY refuses a table with row security, and the
 * owner, who is no superuser everywhere, has no other way past it. The policies so hold for every row that arrives.
 */
export async function rowsIn(client: pg.ClientBase, table: TenantTable, source: readonly Readable[]): Promise<void> {
  const name = pg.escapeIdentifier(table.name);
  const columns = table.columns.join(', ');
  await staged(client, `select ${columns} from ${name}`, source, async () => {
    await client.query(`insert into ${name} (${columns}) overriding system value select ${columns} from incoming`);
  });
}

/** COPY text in the temporary table `incoming`, shaped like `shape`, while `work` uses it. */
export async function staged<T>(
  client: pg.ClientBase,
  shape: string,
  source: readonly Readable[],
  work: () => Promise<T>,
): Promise<T> {
  // Made by a query and not by LIKE, which would bring NOT NULL for columns that don't travel.
  await client.query(`create temporary table incoming on commit drop as ${shape} with no data`);
  await pipeline([...source, client.query(copyFrom('copy incoming from stdin'))]);
  const result = await work();
  await client.query('drop table incoming');
  return result;
}

/**
 * Sees to it that numbers that came are not handed out again. The sequence only ever goes forward, and so far
 * past them that others who draw from it in the same instant can't be set back.
 */
export async function raiseSequences(client: pg.ClientBase, table: TenantTable, orgId: string): Promise<void> {
  for (const column of table.numbered) {
    const { rows } = await client.query<{ sequence: string; newest: string }>(
      `select pg_get_serial_sequence($1, $2) as sequence, coalesce(max(${pg.escapeIdentifier(column)}), 0)::text as newest
         from ${pg.escapeIdentifier(table.name)} where org_id = $3`,
      [table.name, column, orgId],
    );
    const [found] = rows;
    if (!found) continue;
    await client.query(
      `select setval($1::regclass, $2::bigint + $3::bigint) from ${found.sequence} where last_value <= $2::bigint`,
      [found.sequence, found.newest, leap],
    );
  }
}

/** More numbers than all other organisations can draw in the time of one statement. */
const leap = 100_000;

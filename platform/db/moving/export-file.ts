import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import { invalid } from '../../contract/errors.ts';
import { controlRecord } from './control-record.ts';
import { Summing, type Sum } from './copy.ts';

/*
 * The file of an exported organisation, gzipped: lines of JSON, and between them the rows of each table as PostgreSQL's
 * COPY text, ended by a line `\.`, which no row can be.
 *
 *   {"holdfast":"organisation","format":1,…}    the manifest: what the control database knows
 *   {"rows":"resources","columns":[…]}          … rows …  \.   {"count":…,"sha256":…}
 *   {"rows":"jobs",…}                           the jobs that were still to be done
 *   {"end":true,"sha256":…}                     of everything above
 */

const terminator = Buffer.from('\\.\n');
const newline = 10;

export const manifest = z.object({
  holdfast: z.literal('organisation'),
  format: z.literal(1),
  exportedAt: z.iso.datetime(),
  /** Newest migration of each kind of database. */
  schema: z.object({ control: z.int(), tenant: z.int() }),
  ...controlRecord.shape,
});
export type Manifest = z.output<typeof manifest>;

const section = z.object({ rows: z.string(), columns: z.array(z.string()) });
const sectionEnd = z.object({ count: z.int(), sha256: z.string() });
const end = z.object({ end: z.literal(true), sha256: z.string() });

/** The jobs' section has this name; no table has it. */
export const jobsSection = 'jobs';

/** Writes the file beside its place and puts it there when it is whole: half a file is never found under its name. */
export class ExportWriter {
  readonly #path: string;
  readonly #gzip = createGzip();
  readonly #written: Promise<void>;
  readonly #hash = createHash('sha256');

  constructor(path: string) {
    this.#path = path;
    // Made anew: what lies there already, or a link to somewhere else, has another owner or other rights.
    rmSync(this.#partial, { force: true });
    const file = createWriteStream(this.#partial, { mode: 0o600, flags: 'wx' });
    this.#written = finished(this.#gzip.on('error', (error) => file.destroy(error)).pipe(file));
    this.#written.catch(() => undefined);
  }

  get #partial(): string {
    return `${this.#path}.part`;
  }

  async manifest(content: Manifest): Promise<void> {
    await this.#line(content);
  }

  /** @param rows COPY text */
  async section(
    name: string,
    columns: readonly string[],
    rows: Readable,
    onRows?: (rows: number) => void,
  ): Promise<Sum> {
    await this.#line({ rows: name, columns });
    const summing = new Summing(onRows);
    rows.on('error', (error) => summing.destroy(error));
    for await (const chunk of rows.pipe(summing)) await this.#write(chunk);
    const sum = summing.sum();
    await this.#write(terminator);
    await this.#line({ count: sum.rows, sha256: sum.sha256 });
    return sum;
  }

  async finish(): Promise<void> {
    await this.#line({ end: true, sha256: this.#hash.copy().digest('hex') });
    this.#gzip.end();
    await this.#written;
    await rename(this.#partial, this.#path);
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await rm(this.#partial, { force: true });
  }

  #line(content: object): Promise<void> {
    return this.#write(Buffer.from(`${JSON.stringify(content)}\n`));
  }

  async #write(chunk: Buffer): Promise<void> {
    this.#hash.update(chunk);
    // A full disk ends the file; waiting for it to drain would be for ever.
    if (!this.#gzip.write(chunk)) await Promise.race([once(this.#gzip, 'drain'), this.#written]);
  }
}

export interface Section {
  name: string;
  columns: string[];
  /** COPY text; must be read to its end before anything else. */
  rows: Readable;
  /** What the file says that the rows are. Call after reading them. */
  sum: () => Promise<Sum>;
}

/** Reads the file piece by piece; never more than a piece of it, or a row, is in memory. */
export class ExportReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #source: Readable;
  readonly #hash = createHash('sha256');
  #ahead: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    const file = createReadStream(path);
    const gunzip = createGunzip();
    file.on('error', (error) => gunzip.destroy(error));
    this.#source = file.pipe(gunzip);
    this.#chunks = this.#source[Symbol.asyncIterator]();
  }

  /** @throws AppError invalid_input for another kind of file */
  async manifest(): Promise<Manifest> {
    const read = manifest.safeParse(await this.#json());
    if (read.success) return read.data;
    throw invalid(
      'file',
      'This is not an organisation that Holdfast exported, or of a version that is not known here.',
    );
  }

  /** The next table's rows; undefined at the end of a whole file. @throws AppError invalid_input */
  async next(): Promise<Section | undefined> {
    const before = this.#hash.copy().digest('hex');
    const line = await this.#json();
    const last = end.safeParse(line);
    if (last.success) {
      if (last.data.sha256 !== before) throw damaged();
      return undefined;
    }
    const begun = section.safeParse(line);
    if (!begun.success) throw damaged();
    const sum = async () => {
      const stated = sectionEnd.safeParse(await this.#json());
      if (!stated.success) throw damaged();
      return { rows: stated.data.count, sha256: stated.data.sha256 };
    };
    const rows = Readable.from(this.#rows(), { objectMode: false });
    return { name: begun.data.rows, columns: begun.data.columns, rows, sum };
  }

  close(): void {
    this.#source.destroy();
  }

  async #json(): Promise<unknown> {
    let at = this.#ahead.indexOf(newline);
    while (at < 0) {
      await this.#more();
      at = this.#ahead.indexOf(newline);
    }
    try {
      return JSON.parse(this.#take(at + 1).toString());
    } catch (error) {
      throw damaged(error);
    }
  }

  async *#rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const ending = this.#terminatorAt();
      if (ending >= 0) {
        if (ending > 0) yield this.#take(ending);
        this.#take(terminator.length);
        return;
      }
      // Whole lines only, so that the terminator is always looked for at the beginning of one.
      const whole = this.#ahead.lastIndexOf(newline) + 1;
      if (whole > 0) yield this.#take(whole);
      await this.#more();
    }
  }

  #terminatorAt(): number {
    for (let at = this.#ahead.indexOf(terminator); at >= 0; at = this.#ahead.indexOf(terminator, at + 1))
      if (at === 0 || this.#ahead[at - 1] === newline) return at;
    return -1;
  }

  #take(length: number): Buffer {
    const taken = this.#ahead.subarray(0, length);
    this.#ahead = this.#ahead.subarray(length);
    this.#hash.update(taken);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next().catch((error: unknown) => {
      throw damaged(error);
    });
    if (next.done) throw damaged();
    this.#ahead = Buffer.concat([this.#ahead, next.value]);
  }
}

function damaged(cause?: unknown) {
  return Object.assign(invalid('file', 'The file is damaged or not complete. Nothing was restored.'), { cause });
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { ScannerAddress } from './settings.ts';

export type Verdict =
  { verdict: 'clean' } | { verdict: 'infected'; signature: string } | { verdict: 'unscannable'; reason: string };

/** Looks into content before anybody gets it. */
export interface Scanner {
  /**
   * @param open begins to read the content; called again for each try
   * @throws {ScannerDown} when it can't be reached or breaks off: nothing is known then; whatever `open` throws
   */
  scan(open: () => Promise<Readable>): Promise<Verdict>;
}

/** The scanner gave no answer: try again later, and serve nothing meanwhile. */
export class ScannerDown extends Error {
  /** It hung up while it was being sent the content. */
  readonly midway: boolean;

  constructor(reason: string, { cause, midway = false }: { cause?: unknown; midway?: boolean } = {}) {
    super(`The virus scanner gives no answer: ${reason}`, { cause });
    this.name = 'ScannerDown';
    this.midway = midway;
  }
}

/** No byte to or from the daemon for so long, in milliseconds: a large archive may take a while. */
const patience = 120_000;
/**
 * A daemon that has had enough says so and hangs up. Once a write has failed, Node reads nothing any more, and what it
 * said is lost: about every third time. Then once more.
 */
const mostTries = 6;
/** A verdict is one line; whatever is longer isn't ClamAV. */
const longestAnswer = 4_096;

/** A ClamAV daemon by its own protocol: INSTREAM, chunks with their length before them, a length of zero, a verdict. */
export class Clamd implements Scanner {
  readonly #address: ScannerAddress;

  constructor(address: ScannerAddress) {
    this.#address = address;
  }

  async scan(open: () => Promise<Readable>): Promise<Verdict> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#try(await open());
      } catch (error) {
        const again = error instanceof ScannerDown && error.midway && tries < mostTries;
        if (!again) throw error;
      }
    }
  }

  async #try(content: Readable): Promise<Verdict> {
    const socket = connect(this.#address);
    socket.setTimeout(patience, () => socket.destroy(new Error('it takes too long')));
    const answered = answerOf(socket);
    // Handled where it is awaited; until then it must not count as nobody's.
    answered.catch(() => undefined);
    let connected = false;
    try {
      await once(socket, 'connect');
      connected = true;
      await send(socket, content);
      return verdictOf(await answered);
    } catch (error) {
      if (error instanceof ContentBroken) throw error;
      // Too large a stream: the daemon says so and hangs up while we still write.
      const early = await Promise.race([answered.catch(() => ''), soon()]);
      if (early !== '') return verdictOf(early);
      if (error instanceof ScannerDown) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ScannerDown(reason, { cause: error, midway: connected });
    } finally {
      socket.destroy();
      content.destroy();
    }
  }
}

/** The content itself could not be read to its end: no fault of the scanner. */
class ContentBroken extends Error {}

async function send(socket: Socket, content: Readable): Promise<void> {
  socket.write('zINSTREAM\0');
  const chunks = content[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await chunks.next().catch((error: unknown) => {
      throw new ContentBroken('The content broke off.', { cause: error });
    });
    if (done) break;
    const chunk = Buffer.from(value);
    if (chunk.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (!socket.write(chunk)) await drained(socket);
    // Lets an early answer in: once a write has failed, nothing can be read any more.
    await turn();
    if (socket.destroyed || socket.readableEnded) throw new ScannerDown('it hung up', { midway: true });
  }
  socket.write(Buffer.alloc(4));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      socket.off('drain', done).off('close', closed);
      resolve();
    };
    const closed = () => {
      socket.off('drain', done);
      reject(new ScannerDown('it hung up', { midway: true }));
    };
    socket.once('drain', done).once('close', closed);
  });
}

/** One line, which a zero ends; what came before the daemon hung up counts, however it did that. */
function answerOf(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let answer = '';
  socket.on('data', (bytes: Buffer) => {
    answer += bytes.toString();
    if (answer.length > longestAnswer) reject(new ScannerDown('it says too much'));
    else if (answer.endsWith('\0')) resolve(answer);
  });
  socket.once('end', () => resolve(answer));
  socket.once('error', reject);
  socket.once('close', () => resolve(answer));
  return promise;
}

function soon(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, 500, ''));
}

function verdictOf(answer: string): Verdict {
  const line = answer.replaceAll('\0', '').trim();
  if (line === 'stream: OK') return { verdict: 'clean' };
  const found = /^stream: (.+) FOUND$/.exec(line)?.[1];
  if (found) return { verdict: 'infected', signature: found };
  if (/size limit exceeded/i.test(line))
    return { verdict: 'unscannable', reason: 'It is larger than the virus scanner takes.' };
  throw new ScannerDown(line === '' ? 'it hung up' : `it said “${line.slice(0, 200)}”`);
}

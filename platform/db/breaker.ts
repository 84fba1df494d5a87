import { AppError } from '../contract/errors.ts';
import { isUnreachable } from './unreachable.ts';

/** What a try to reach the database gave. A refusal is certain; silence may be a busy machine. */
export type Probe = 'answered' | 'refused' | 'silent';

/** Between two probes of a database that is down, in milliseconds: a restart is over soon, an outage is not. */
const retry = { first: 100, most: 1_000 };
/** Work that takes longer than this, in milliseconds, lets us ask whether the database still answers. */
const slow = 5_000;
/** Silences in a row that count as down. */
const silences = 2;

interface Running {
  since: number;
  fail: (error: Error) => void;
}

const downMessage = 'The database of this organisation cannot be reached at the moment. Try again in a few seconds.';

/**
 * Keeps a dead database from being waited for. A failure of the connection makes it ask at once, one probe
 * at a time; as soon as a probe fails for certain, everything that waits for the database is refused, and
 * so is everything new, until a probe passes. Nobody's request is the probe.
 */
export class Breaker {
  readonly #probe: () => Promise<Probe>;
  readonly #onChange: (down: boolean) => void;
  readonly #running = new Set<Running>();
  #down = false;
  #silent = 0;
  /** Probes since it was found down. */
  #tries = 0;
  #asking: Promise<void> | undefined;
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param onChange told when it opens (`true`: the database is down) and when it closes again */
  constructor(probe: () => Promise<Probe>, onChange: (down: boolean) => void = () => undefined) {
    this.#probe = probe;
    this.#onChange = onChange;
  }

  get down(): boolean {
    return this.#down;
  }

  /**
   * @throws AppError unavailable at once when the database is known to be down, and as soon as it is found
   *   to be while `work` waits for it
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#down) return Promise.reject(new AppError('unavailable', { message: downMessage }));
    return new Promise<T>((resolve, reject) => {
      const running: Running = { since: Date.now(), fail: reject };
      this.#running.add(running);
      work().then(
        (result) => {
          this.#running.delete(running);
          resolve(result);
        },
        (error: unknown) => {
          this.#running.delete(running);
          reject(isUnreachable(error) ? this.#worded(error) : error);
        },
      );
    });
  }

  #worded(error: unknown): AppError {
    void this.ask();
    return new AppError('unavailable', { message: downMessage, cause: error });
  }

  /** Finds out whether the database answers. @returns when that is known */
  ask(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    clearTimeout(this.#timer);
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** To be called about once a second: work that hangs says nothing by itself. */
  lookForHanging(now: number = Date.now()): void {
    const [oldest] = this.#running;
    if (oldest && now - oldest.since > slow && now - this.#asked > slow) void this.ask();
  }

  /** Probes no more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #askOnce(): Promise<void> {
    this.#asked = Date.now();
    const probe = await this.#probe();
    this.#silent = probe === 'silent' ? this.#silent + 1 : 0;
    const down = probe === 'refused' || this.#silent >= silences || (probe === 'silent' && this.#down);
    this.#turn(down);
    if (this.#closed || probe === 'answered') return;
    const wait = down ? Math.min(retry.first * 2 ** this.#tries++, retry.most) : 0;
    this.#timer = setTimeout(() => void this.ask(), wait);
    this.#timer.unref();
  }

  #turn(down: boolean): void {
    if (down === this.#down) return;
    this.#down = down;
    this.#tries = 0;
    if (down) {
      const error = new AppError('unavailable', { message: downMessage });
      for (const { fail } of this.#running) fail(error);
      this.#running.clear();
    }
    this.#onChange(down);
  }
}

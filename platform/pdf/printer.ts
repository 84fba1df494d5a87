import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import type { PdfDocument } from './document.ts';

export interface PrintJob {
  id: number;
  document: PdfDocument;
  now: Date;
}

export interface Printed {
  id: number;
  pdf?: Uint8Array<ArrayBuffer>;
  error?: string;
}

export interface PrinterLimits {
  /** For one document, in ms: a book of 400 pages takes a tenth of it. */
  time: number;
  /** Heap of the worker, in MiB: the same book takes a quarter. */
  memory: number;
  /** Documents that may wait; one more is told to come back. */
  queue: number;
  /** Without work for so long, in ms, the worker ends and its memory is free. */
  idle: number;
}

interface Waiting extends PrintJob {
  resolve: (pdf: Uint8Array) => void;
  reject: (error: Error) => void;
}

/**
 * Makes PDFs beside the requests: one worker thread, one document after the other. A document that takes too long or
 * too much memory fails alone; the next one gets a new worker.
 */
export class Printer {
  readonly #limits: PrinterLimits;
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;

  constructor(limits: Partial<PrinterLimits> = {}) {
    this.#limits = { time: 30_000, memory: 512, queue: 50, idle: 60_000, ...limits };
  }

  /**
   * @param now the date that the file says it was made
   * @throws AppError unavailable when too many wait, or it can't be made within the limits
   */
  print(document: PdfDocument, now: Date): Promise<Uint8Array> {
    if (this.#queue.length >= this.#limits.queue) {
      return Promise.reject(
        new AppError('unavailable', { message: 'Many documents are being made. Try again in a minute.' }),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: (this.#next += 1), document, now, resolve, reject });
      this.#start();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): void {
    if (this.#current) return;
    const job = this.#queue.shift();
    clearTimeout(this.#timer);
    if (!job) {
      // A process that has nothing else to do ends without waiting for this.
      this.#timer = setTimeout(() => void this.close(), this.#limits.idle).unref();
      this.#worker?.unref();
      return;
    }
    this.#current = job;
    this.#timer = setTimeout(() => this.#giveUp('It took too long.'), this.#limits.time);
    const worker = (this.#worker ??= this.#open());
    worker.ref();
    const { id, document, now } = job;
    worker.postMessage({ id, document, now } satisfies PrintJob);
  }

  #open(): Worker {
    const worker = new Worker(new URL('./print-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memory },
      // Of the app's secrets it needs none.
      env: {},
    });
    worker.on('message', (printed: Printed) => this.#done(printed));
    // Out of memory, or it could not start.
    worker.on('error', (error) => this.#worker === worker && this.#giveUp(String(error)));
    return worker;
  }

  #done({ id, pdf, error }: Printed): void {
    const job = this.#current;
    if (job?.id !== id) return;
    this.#current = undefined;
    if (pdf) job.resolve(pdf);
    else job.reject(new Error(`A PDF could not be made: ${error}`));
    this.#start();
  }

  #giveUp(why: string): void {
    const job = this.#current;
    this.#current = undefined;
    void this.close();
    job?.reject(
      new AppError('unavailable', {
        message: 'This document is too large to be made. Choose fewer days.',
        cause: new Error(why),
      }),
    );
    this.#start();
  }
}

/** The one of this process. */
export const printer = new Printer();

import { Worker } from 'node:worker_threads';
import type { Expanded, ExpandOptions } from './calendar-events.ts';
import type { WorkerAnswer } from './calendar-worker.ts';

/** The calendar can't be read; the message is for the person who gave it. */
export class UnreadableCalendar extends Error {}

/** How far busy times are known: holds are rarely placed further ahead, and the past explains itself. */
export const knownDays = { back: 60, ahead: 548 } as const;

const most = { bytes: 5_000_000, seconds: 20, megabytes: 384 } as const;

/**
 * Reads a calendar in a thread of its own, so that a hostile one (rules that never end, deep nesting)
 * costs neither the server's answers nor its memory: the thread is ended at the limit.
 *
 * @throws {UnreadableCalendar}
 */
export async function readCalendar(
  content: string,
  zone: string,
  now: Date,
  seconds: number = most.seconds,
): Promise<Expanded> {
  if (Buffer.byteLength(content) > most.bytes) throw new UnreadableCalendar('The calendar is larger than 5 MB.');
  if (!/^\s*\uFEFF?\s*BEGIN:VCALENDAR/i.test(content)) {
    throw new UnreadableCalendar('This is not an iCalendar: it does not begin with BEGIN:VCALENDAR.');
  }
  const day = 86_400_000;
  const options = { zone, from: now.getTime() - knownDays.back * day, to: now.getTime() + knownDays.ahead * day };
  const answer = await takeTurn(() => inWorker(content.replace(/^\s*\uFEFF?\s*/, ''), options, seconds));
  if ('unreadable' in answer)
    throw new UnreadableCalendar('This is not a valid iCalendar file.', { cause: answer.unreadable });
  return answer;
}

function inWorker(content: string, options: ExpandOptions, seconds: number): Promise<WorkerAnswer> {
  const worker = new Worker(new URL('./calendar-worker.ts', import.meta.url), {
    workerData: { content, ...options },
    resourceLimits: { maxOldGenerationSizeMb: most.megabytes, stackSizeMb: 4 },
  });
  return new Promise<WorkerAnswer>((resolve, reject) => {
    const tooMuch = new UnreadableCalendar('The calendar repeats too often or is too complex to work out.');
    const timer = setTimeout(() => reject(tooMuch), seconds * 1_000);
    worker.once('message', (answer: WorkerAnswer) => resolve(answer));
    worker.once('error', (error) => reject(new UnreadableCalendar(tooMuch.message, { cause: error })));
    worker.once('exit', () => reject(tooMuch));
    timer.unref();
  }).finally(() => void worker.terminate());
}

/** Two at a time: each may take a core and its share of memory. */
const waiting: (() => void)[] = [];
let free = 2;

async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

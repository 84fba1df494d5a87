import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { busyTimesOf, type Expanded } from './calendar-events.ts';

/** What the worker answers: the result, or that the text is no calendar. */
export type WorkerAnswer = Expanded | { unreadable: string };

const input = z.object({ content: z.string(), zone: z.string(), from: z.number(), to: z.number() });

const { content, ...options } = input.parse(workerData);
let answer: WorkerAnswer;
try {
  answer = busyTimesOf(content, options);
} catch (error) {
  answer = { unreadable: error instanceof Error ? error.message : String(error) };
}
parentPort?.postMessage(answer);

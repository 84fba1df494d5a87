import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Breaker, type Probe } from './breaker.ts';

/** A database whose answers the test decides. */
function database() {
  const waiting: ((probe: Probe) => void)[] = [];
  const turns: boolean[] = [];
  const breaker = new Breaker(
    () => new Promise((resolve) => waiting.push(resolve)),
    (down) => turns.push(down),
  );
  const answer = async (probe: Probe) => {
    waiting.shift()?.(probe);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { breaker, waiting, turns, answer };
}

const refused = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
const never = () => new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a failed connection asks once; refused means down, for everybody at once, until a probe passes', async () => {
  const { breaker, waiting, turns, answer } = database();
  const hanging = breaker.run(never);
  hanging.catch(() => undefined);
  for (let n = 0; n < 5; n++) await expect(breaker.run(refused)).rejects.toMatchObject({ code: 'unavailable' });
  expect(waiting).toHaveLength(1);
  // Not yet known: others go on.
  expect(await breaker.run(() => Promise.resolve(1))).toBe(1);
  await answer('refused');
  await expect(hanging).rejects.toMatchObject({ code: 'unavailable' });
  const work = vi.fn<() => Promise<number>>(() => Promise.resolve(1));
  await expect(breaker.run(work)).rejects.toMatchObject({ code: 'unavailable' });
  expect(work).not.toHaveBeenCalled();

  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waiting).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(waiting).toHaveLength(1);
  await answer('refused');
  await vi.advanceTimersByTimeAsync(1_000);
  await answer('answered');
  expect(await breaker.run(work)).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(waiting).toHaveLength(0);
  expect(turns).toEqual([true, false]);
});

test('one silence may be a busy machine; two are down', async () => {
  const { breaker, waiting, turns, answer } = database();
  void breaker.ask();
  await answer('silent');
  expect(breaker.down).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await answer('answered');
  void breaker.ask();
  await answer('silent');
  expect(breaker.down).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await answer('silent');
  expect(breaker.down).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  await answer('silent');
  expect(breaker.down).toBe(true);
  expect(waiting).toHaveLength(0);
  expect(turns).toEqual([true]);
});

test('work that hangs makes it ask, not more often than it is worth', async () => {
  const { breaker, waiting, answer } = database();
  breaker.run(never).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(4_000);
  breaker.lookForHanging();
  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2_000);
  breaker.lookForHanging();
  expect(waiting).toHaveLength(1);
  await answer('answered');
  breaker.lookForHanging();
  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(6_000);
  breaker.lookForHanging();
  expect(waiting).toHaveLength(1);
});

test('errors of the work pass through and say nothing of the database', async () => {
  const { breaker, waiting } = database();
  await expect(breaker.run(() => Promise.reject(new RangeError('mine')))).rejects.toThrow(RangeError);
  expect(waiting).toHaveLength(0);
});

test('closed, it probes no more', async () => {
  const { breaker, waiting, answer } = database();
  void breaker.ask();
  await answer('refused');
  breaker.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(waiting).toHaveLength(0);
});

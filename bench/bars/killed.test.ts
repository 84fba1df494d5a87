import { test } from 'vitest';
import { startBenchServer } from '../server.ts';
import { cascades } from './cascades.ts';
import { kills } from './kills.ts';

/** The bars in which a process of its own is killed, at a size for every day. At once: they mostly wait for it to count as dead. */
test.concurrent('bar 9: jobs of a process that is killed are done once', { timeout: 180_000 }, async ({ expect }) => {
  const server = await startBenchServer();
  try {
    expect(await kills(server, 3, 120)).toMatchObject({ jobs: 120, lost: 0, doubled: 0, untold: 0 });
  } finally {
    await server.stop();
  }
});

test.concurrent('bar 11: rounds of calls under random answers and kills', { timeout: 180_000 }, async ({ expect }) => {
  const server = await startBenchServer();
  try {
    const { rounds } = await cascades(server, 20, 2);
    expect(Object.keys(rounds).filter((state) => state !== 'done' && state !== 'exhausted')).toEqual([]);
  } finally {
    await server.stop();
  }
});

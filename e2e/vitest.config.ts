import os from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['platform/test/cluster.ts'],
    env: { NODE_ENV: 'test' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // On two cores two browsers slow each other so much that waits run out.
    maxWorkers: Math.min(3, Math.max(1, Math.floor(os.availableParallelism() / 2))),
    isolate: false,
    // A machine that is busy is slow, and nothing else.
    expect: { poll: { timeout: 15_000 } },
  },
});

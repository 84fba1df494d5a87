import os from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,bench,features,platform,scripts}/**/*.test.ts'],
    globalSetup: ['platform/test/cluster.ts'],
    env: { NODE_ENV: 'test' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // All of them share one PostgreSQL and its connections.
    maxWorkers: Math.min(4, Math.max(2, os.availableParallelism())),
    // The server is loaded once for all files of a worker, which halves the time.
    isolate: false,
    fsModuleCache: true,
    // A machine that is busy is slow, and nothing else.
    expect: { poll: { timeout: 15_000 } },
  },
});

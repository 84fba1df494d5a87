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
    fsModuleCache: true,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,bench,features,platform,scripts}/**/*.test.ts'],
    globalSetup: ['platform/test/cluster.ts'],
    env: { NODE_ENV: 'test' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    fsModuleCache: true,
  },
});

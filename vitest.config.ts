import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          environment: 'node',
          // llama.cpp is a native addon, and each file owns a model: a process each. Their models run on one thread,
          // so that two at a time fit on the smallest machine that we test on.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          // Some files write all their models first.
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

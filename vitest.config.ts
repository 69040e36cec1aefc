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
          // llama.cpp is a native addon, and each file owns a model: a process each, one after the other.
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          // Some files write all their models first.
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

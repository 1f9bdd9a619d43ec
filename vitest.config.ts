import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeoutMs: number, parallel = true) => ({
  test: {
    name,
    include,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    fileParallelism: parallel,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      project('unit', ['tests/unit/**/*.test.ts'], 120_000),
      project('contract', ['tests/contract/**/*.test.ts'], 120_000),
      project('extensions', ['extensions/**/__tests__/**/*.test.{ts,tsx}'], 60_000),
      project('e2e', ['tests/e2e/**/*.test.ts'], 300_000, false),
      project('browser', ['tests/browser/**/*.spec.ts'], 300_000, false),
    ],
  },
});

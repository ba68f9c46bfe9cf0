import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['seeds/**/*.test.ts', 'src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    globalSetup: ['src/platform/testing-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // 点了之后新页面还没到，先看到的会是旧页面：这类断言都轮询
    expect: { poll: { timeout: 10_000, interval: 30 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

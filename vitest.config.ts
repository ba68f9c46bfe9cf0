import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['seeds/**/*.test.ts', 'src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    globalSetup: ['src/platform/testing-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // 模块每个进程只载入一遍：逐个文件重载，全套要多用三分之一的 CPU。各文件的库与目录仍各是各的
    isolate: false,
    // 点了之后新页面还没到，先看到的会是旧页面：这类断言都轮询
    expect: { poll: { timeout: 10_000, interval: 30 } },
    // 门槛上浏览器偶因机器忙而慢半拍：再试一次，试过的会在结果里标出
    retry: process.env['CI'] === 'true' ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

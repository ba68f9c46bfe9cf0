// 打包 src 为 dist：三方库留在外面，故只需一百毫秒左右；入口即可执行的进程。
import { build } from 'esbuild'
import { existsSync, readdirSync, rmSync } from 'node:fs'

// 子进程入口都叫 *-child.ts，见 src/platform/child.ts
const children = readdirSync('src', { recursive: true })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('-child.ts') && !file.includes('/testing-'))
const entries = ['src/main.ts', 'src/cli.ts', 'src/bench.ts', ...children].filter((file) => existsSync(file))

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: entries,
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  // 命令用到才载入，故分块
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'warning',
})

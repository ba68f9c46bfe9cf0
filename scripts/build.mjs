// 打包 src 为 dist：三方库留在外面，故只需一百毫秒左右；入口即可执行的进程。
import { build } from 'esbuild'
import { existsSync, rmSync } from 'node:fs'

const entries = [
  'src/main.ts',
  'src/cli.ts',
  'src/documents/pdf-child.ts',
  'src/annual-report/reading/reader-child.ts',
  'src/bench.ts',
].filter((file) => existsSync(file))

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: entries,
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'warning',
})

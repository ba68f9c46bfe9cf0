// 打包 src 为 dist：三方库大多留在外面，故只需几百毫秒；入口即可执行的进程。
import { build } from 'esbuild'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import process from 'node:process'

// 子进程入口都叫 *-child.ts，见 src/platform/child.ts
const children = readdirSync('src', { recursive: true })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('-child.ts') && !file.includes('/testing-'))
const entries = ['src/main.ts', 'src/cli.ts', 'src/bench.ts', ...children].filter((file) => existsSync(file))

// React 打进来，用其正式版：留在外面则由 NODE_ENV 选，没有设的便是调试版，渲染慢七倍。
// 其余几个文件多、只用到一部分的也打进来：起服务的 CPU 少五分之一，内存少 22 MiB
const BUNDLED = new Set(['react', 'react-dom', 'kysely', 'hono', '@hono/node-server', '@hono/zod-openapi', 'zod', 'cheerio', 'docx', 'hucre', 'diff'])
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const external = Object.keys(dependencies).filter((name) => !BUNDLED.has(name))

// 先打到一旁再换上：打包失败或两个命令同时打包，都不会弄坏正在用的 dist
const fresh = `dist.new-${process.pid}`
const tidy = () => rmSync(fresh, { recursive: true, force: true })
process.on('exit', tidy)
await build({
  entryPoints: entries,
  outdir: fresh,
  outbase: 'src',
  bundle: true,
  // 命令用到才载入，故分块
  splitting: true,
  external,
  define: { 'process.env.NODE_ENV': '"production"' },
  // 打进来的 CommonJS 要用内置模块
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
  platform: 'node',
  format: 'esm',
  target: 'node24',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'warning',
})
rmSync('dist', { recursive: true, force: true })
renameSync(fresh, 'dist')

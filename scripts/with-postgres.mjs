// 在发行版自带的 PostgreSQL（≥ 15，/usr/lib/postgresql/*/bin）上运行一个命令：
//   node scripts/with-postgres.mjs npx vitest run
// 起一个临时的库，设好 DATABASE_URL，命令退出后收拾干净，退出码即命令的退出码；没有找到则退出 69。
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'

const [command, ...args] = process.argv.slice(2)
if (!command) {
  process.stderr.write('用法：node scripts/with-postgres.mjs 命令 [参数…]\n')
  process.exit(2)
}
// 启动器是 TypeScript，须 Node 24；由 npm 带来
const root = dirname(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname))
if (Number(process.versions.node.split('.')[0]) < 24) {
  const node = join(root, 'node_modules', '.bin', 'node')
  const done = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(done.status ?? 1)
}

const base = '/usr/lib/postgresql'
const found = (existsSync(base) ? readdirSync(base) : [])
  .filter((major) => Number(major) >= 15 && existsSync(join(base, major, 'bin', 'postgres')))
  .toSorted((a, b) => Number(b) - Number(a))[0]
if (!found) {
  process.stderr.write(`${base} 下没有 PostgreSQL 15 以上\n`)
  process.exit(69)
}

const { startPostgres } = await import('../src/platform/embedded-postgres.ts')
const dir = mkdtempSync(join(tmpdir(), 'mc-with-postgres-'))
const server = await startPostgres({
  dataDir: join(dir, 'postgres'),
  whenBusy: 'wait',
  pgBin: join(base, found, 'bin'),
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' },
})
process.stderr.write(`PostgreSQL ${server.major}\n`)
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: server.urlOf('postgres') },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const code = await new Promise((resolve) => {
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    resolve(127)
  })
  child.once('exit', (status, signal) => resolve(status ?? (signal ? 1 : 0)))
})
await server.stop()
rmSync(dir, { recursive: true, force: true })
process.exit(code)

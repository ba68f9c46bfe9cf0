// 备好一台新机器：装依赖、打包、备字体。只用内置模块，Node ≥ 20 即可运行；已备好时不足一百毫秒。
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

process.chdir(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..'))
const quiet = process.argv.includes('--quiet')

const fail = (message) => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
const [major] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`需要 Node 20 以上，当前为 ${process.version}`)

const mark = (name) => join('node_modules', `.ready-${name}`)
const isDone = (name, hash) => existsSync(mark(name)) && readFileSync(mark(name), 'utf8') === hash
const hashOf = (text) => createHash('sha256').update(text).digest('hex')
const run = (command, args, what) => {
  if (!quiet) process.stderr.write(`${what}……\n`)
  // npm 是 .cmd 的系统上须经 shell；标准输出只留给结果，故一律改走标准错误
  const done = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (done.status !== 0) fail(`${what}未成功：${command} ${args.join(' ')}`)
}

const lock = hashOf(readFileSync('package-lock.json'))
if (!isDone('install', lock)) {
  // 不用 npm ci：有的镜像缺别的系统的可选包，锁文件里便没有它们，ci 会拒绝；--no-save 保证锁文件不被改动
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'], '安装依赖')
  writeFileSync(mark('install'), lock)
}

const filesUnder = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(dir, entry.name)) : [join(dir, entry.name)],
  )
const stamp = hashOf(
  [...filesUnder('src'), ...filesUnder('seeds'), 'scripts/build.mjs']
    .filter((file) => !file.includes('.test.'))
    .map((file) => `${file}:${statSync(file).mtimeMs}:${statSync(file).size}`)
    .join('\n') + lock,
)
if (!isDone('build', stamp) || !existsSync('dist')) {
  run(process.execPath, ['scripts/build.mjs'], '打包')
  writeFileSync(mark('build'), stamp)
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../src/audit/index.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { catalogueVerifiers, closeFileReader, closePageReader, confirmSiteImport, getSiteImport, handOverJobs, runReading, runSiteImport } from '../src/catalogue/index.ts'
import { OLD_PROFILE, startSiteImport, zipOf } from '../src/catalogue/testing-hand-over.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import { createAccount } from '../src/identity/testing.ts'
import { runJobsOnce, startJobs } from '../src/platform/jobs.ts'
import { root } from '../src/platform/paths.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'

const { db, deps, url } = testDb()
const PAGES = 1200
const outdir = join(root, '.cache', `site-import-worker-${process.pid}`)
let bodyId = ''
let officer: SignedInActor
let heads: SignedInActor[] = []

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx', name: '示例中心' })).bodyId
  officer = await createAccount(db, { name: 'officer', displayName: '经办', bodyId, roles: ['disclosure-officer'] })
  heads = [await createAccount(db, { name: 'head', displayName: '负责人', bodyId, roles: ['disclosure-head'] }), await createAccount(db, { name: 'leader', displayName: '领导', bodyId, roles: ['leader'] })]
  mkdirSync(outdir, { recursive: true })
  await build({ entryPoints: [join(import.meta.dirname, 'support/site-import-worker.ts')], outdir, outExtension: { '.js': '.mjs' }, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node24', jsx: 'automatic', logLevel: 'error' })
}, 60_000)
afterAll(async () => {
  rmSync(outdir, { recursive: true, force: true })
  await Promise.all([closeFileReader(), closePageReader()])
})

const page = (n: number, said: string) => `<html><head><meta name="ArticleTitle" content="第 ${n} 号通知"><meta name="PubDate" content="2023-02-10"></head><body><div class="TRS_Editor"><p>${said}，第 ${n} 件，现予公开，欢迎监督。</p></div></body></html>`

async function readSite(pages: number, said: string) {
  const ref = await startSiteImport(deps, officer, { bodyId, file: { name: '旧网站.zip', bytes: zipOf(Object.fromEntries(Array.from({ length: pages }, (_, n) => [`a/${n + 1}.html`, page(n + 1, said)]))) }, profile: OLD_PROFILE })
  await runReading(deps, ref)
  return ref
}
const confirmAtOnce = (ref: { bodyId: string; importId: string }) => Promise.all(heads.map((head) => confirmSiteImport(deps, head, ref, { withDoubt: false, by: 'job' })))
const countOf = async (table: 'info_item' | 'published_item' | 'old_address') => (await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
const importedTimes = async (importId: string) => (await listAudit(db, { bodyId, target: importId })).entries.filter(({ action }) => action === 'site.imported').length

test('confirmed by two people at the same moment, killed in the middle, started again: nothing doubled, nothing lost', async () => {
  const ref = await readSite(PAGES, '关于做好网格化服务管理工作')
  expect((await getSiteImport(db, ref)).counts).toEqual({ ok: PAGES })
  expect((await confirmAtOnce(ref)).filter(({ ok }) => ok)).toHaveLength(1)

  const worker = spawn(process.execPath, [join(outdir, 'site-import-worker.mjs')], { env: { PATH: process.env['PATH'], DATA_DIR: deps.config.dataDir, DATABASE_URL: url, LOG_LEVEL: 'silent' }, stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = once(worker, 'close')
  while ((await getSiteImport(db, ref)).done === 0 && worker.exitCode === null) await wait(5)
  worker.kill('SIGKILL')
  await gone
  const half = await getSiteImport(db, ref)
  expect([half.status, half.done < PAGES, await countOf('info_item'), await countOf('old_address')]).toEqual(['running', true, 0, 0])

  // 断了的连接由数据库收拾；锁过了时限，重新起来的才接手
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '5 minutes'`.execute(db)
  const again = await startJobs(url, deps, handOverJobs(() => () => Promise.reject(new Error('不在此用'))), [])
  while ((await getSiteImport(db, ref)).status === 'running') await wait(50)
  await again.stop()

  expect(await getSiteImport(db, ref)).toMatchObject({ status: 'done', created: PAGES, changed: 0, unchanged: 0, done: PAGES })
  expect([await countOf('info_item'), await countOf('published_item'), await countOf('old_address'), await importedTimes(ref.importId)]).toEqual([PAGES, PAGES, PAGES, 1])
  const numbers = await db.selectFrom('info_item').select('index_no').distinct().execute()
  expect(numbers.map(({ index_no: no }) => Number(no.split('-').at(-1))).toSorted((a, b) => a - b)).toEqual(Array.from({ length: PAGES }, (_, n) => n + 1))
  expect(await db.selectFrom('site_import_page').select(['result']).where('import_id', '=', ref.importId).execute()).toHaveLength(PAGES)
  expect((await verifyAll(deps, catalogueVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
}, 120_000)

test('two workers on one import at the same moment: one writes, the other gives way', async () => {
  const ref = await readSite(120, '关于做好网格化服务管理工作的补充')
  expect((await confirmAtOnce(ref)).filter(({ ok }) => ok)).toHaveLength(1)
  await Promise.all([runSiteImport(deps, ref), runSiteImport(deps, ref)])
  // 交办的那一件也还在：再办一次与没办一样
  await runJobsOnce(url, deps, handOverJobs(() => () => Promise.reject(new Error('不在此用'))))
  expect(await getSiteImport(db, ref)).toMatchObject({ status: 'done', created: 0, changed: 120, unchanged: 0 })
  expect([await countOf('info_item'), await importedTimes(ref.importId)]).toEqual([PAGES, 1])
  expect((await verifyAll(deps, catalogueVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
}, 60_000)

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { appParts, visitorOf } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { exportToTarget, forgetTarget, hasDueTargets, listTargetStates, refreshTargets, verifyTargets } from './export/export-targets.ts'
import { recallFromExport } from './export/run-export.ts'
import { handOverJobs } from './jobs.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let body = { bodyId: '' }
let item = { itemId: '', indexNo: '' }
const people = new Map<string, SignedInActor>()

beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  item = await aPublishedItem(deps, body.bodyId, { title: '部门预算' })
  for (const [name, role] of [['officer', 'disclosure-officer'], ['publisher', 'publisher']] as const) people.set(name, await createAccount(db, { name, displayName: name, bodyId: body.bodyId, roles: [role] }))
})
let cookies: Record<string, string> = {}
beforeEach(async () => {
  for (const [name, actor] of people) cookies = { ...cookies, [name]: await cookieFor(db, actor, deps.clock.now()) }
})

const get = (path: string, as = 'officer') => app.request(path, { headers: { cookie: cookies[as] ?? '' } })
const post = (path: string, fields: Record<string, string> = {}, as = 'officer') =>
  app.request(path, { method: 'POST', headers: { cookie: cookies[as] ?? '', 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
const pageOf = async (as = 'officer') => (await get('/desk/hand-over', as)).text()
const work = () => runJobsOnce(url, deps, handOverJobs(visitorOf))

test('asked for at the desk, made by a job, taken away as one file; never with what was withdrawn since', async () => {
  expect(await pageOf()).toContain('导出</button>')
  expect((await post('/desk/hand-over/export')).status).toBe(303)
  expect(await pageOf()).toContain('正在导出')
  await post('/desk/hand-over/export')
  expect((await db.selectFrom('site_export').select('export_id').execute()).length).toBe(1)
  await work()
  const page = await pageOf()
  expect(page).toContain('1 条，另有撤回的说明 0 条')
  const zip = await get('/desk/hand-over/site.zip')
  expect(zip.headers.get('content-type')).toBe('application/zip')
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Buffer.from(files[`items/${item.indexNo}/index.html`] ?? []).toString()).toContain('部门预算')
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['index.html', 'manifest.json', 'data/index.json']) as unknown)

  await withdraw(db, body.bodyId, item.itemId, { actor: 'system:testing', at: new Date(deps.clock.now().getTime() + 1000) })
  const refused = await get('/desk/hand-over/site.zip')
  expect([refused.status, refused.headers.get('location')]).toEqual([303, '/desk/hand-over'])
  expect(await pageOf()).toContain('导出之后有信息撤回了')
  // 不等人想起：下一分钟自己再导出一次，只一次
  setToday('2026-01-16')
  await recallFromExport(deps)
  await recallFromExport(deps)
  await work()
  await recallFromExport(deps)
  expect((await db.selectFrom('site_export').select(['status', 'requested_by']).orderBy('created_at').execute()).slice(1)).toEqual([{ status: 'done', requested_by: 'system:hand-over' }])
  cookies['officer'] = await cookieFor(db, people.get('officer') as SignedInActor, deps.clock.now())
  const again = unzipSync(new Uint8Array(await (await get('/desk/hand-over/site.zip')).arrayBuffer()))
  expect(Buffer.from(again[`items/${item.indexNo}/index.html`] ?? []).toString()).not.toContain('部门预算')
})

test('who may not export sees how it stands, and cannot', async () => {
  expect(await pageOf('publisher')).toContain('您的岗位不能导出')
  expect((await post('/desk/hand-over/export', {}, 'publisher')).status).toBe(403)
  expect((await get('/desk/hand-over/site.zip', 'publisher')).status).toBe(403)
})

test('a directory elsewhere is remembered: told stale after a withdrawal, made anew by itself; one that is gone is told, not made', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mc-target-'))
  const dir = join(root, 'site')
  const late = await aPublishedItem(deps, body.bodyId, { title: '将撤回的一条', publishedOn: '2026-01-10' })
  const fetchPage = visitorOf(deps)
  await expect(exportToTarget(deps, { dir: join(import.meta.dirname), full: false, fetchPage })).rejects.toThrow('不是空的')
  expect(await listTargetStates(deps)).toEqual([])
  await exportToTarget(deps, { dir, full: false, fetchPage })
  expect(await listTargetStates(deps)).toMatchObject([{ dir, state: 'fresh' }])
  expect(await pageOf()).toContain(dir)

  setToday('2026-01-17')
  cookies['officer'] = await cookieFor(db, people.get('officer') as SignedInActor, deps.clock.now())
  await withdraw(db, body.bodyId, late.itemId, { actor: 'system:testing', at: deps.clock.now() })
  expect(await listTargetStates(deps)).toMatchObject([{ state: 'stale' }])
  expect(await Array.fromAsync(verifyTargets(deps))).toEqual([{ where: `导出的静态网站 ${dir}`, message: '里面还有撤回了的信息，须再导出一次' }])
  expect(await pageOf()).toContain('里面还有撤回了的信息')
  const path = join(dir, 'items', late.indexNo, 'index.html')
  expect(await readFile(path, 'utf8')).toContain('将撤回的一条')
  // 每分钟问一次，该办的交办
  setToday('2026-01-18')
  const handlers = handOverJobs(visitorOf)
  await handlers['hand-over.recall']!(deps, {})
  await work()
  expect(await listTargetStates(deps)).toMatchObject([{ state: 'fresh' }])
  expect(await readFile(path, 'utf8')).not.toContain('将撤回的一条')

  await aPublishedItem(deps, body.bodyId, { title: '夜里才有的一条' })
  await handlers['hand-over.refresh-all-targets']!(deps, {})
  expect(await readFile(join(dir, 'items/index.html'), 'utf8')).toContain('夜里才有的一条')

  rmSync(dir, { recursive: true })
  await handlers['hand-over.refresh-all-targets']!(deps, {})
  expect([existsSync(dir), (await listTargetStates(deps))[0]?.state]).toEqual([false, 'gone'])
  expect([await forgetTarget(deps.config, dir), await forgetTarget(deps.config, dir), await listTargetStates(deps)]).toEqual([true, false, []])
  rmSync(root, { recursive: true, force: true })
})

test('broken off before its first export was done, a directory is known and finished later', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mc-target-'))
  await expect(exportToTarget(deps, { dir, full: false, fetchPage: () => Promise.reject(new Error('断了')) })).rejects.toThrow('断了')
  expect(await listTargetStates(deps)).toMatchObject([{ dir, state: 'unfinished', exportedAt: null }])
  // 刚失败的隔一小时
  expect(await hasDueTargets(deps)).toBe(false)
  setToday('2026-01-19')
  expect(await hasDueTargets(deps)).toBe(true)
  await refreshTargets(deps, visitorOf(deps), 'due')
  expect(await listTargetStates(deps)).toMatchObject([{ state: 'fresh' }])
  await forgetTarget(deps.config, dir)
  rmSync(dir, { recursive: true, force: true })
})

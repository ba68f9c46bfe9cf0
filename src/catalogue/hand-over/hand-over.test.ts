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

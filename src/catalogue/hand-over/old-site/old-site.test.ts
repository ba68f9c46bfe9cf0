import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appParts, visitorOf } from '../../../app-parts.ts'
import { createApp } from '../../../app.tsx'
import { aBody, aDistrict } from '../../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../../identity/testing.ts'
import type { SignedInActor } from '../../../identity/index.ts'
import { newId } from '../../../platform/id.ts'
import { runJobsOnce } from '../../../platform/jobs.ts'
import { testDb } from '../../../platform/testing.ts'
import { closeRedaction } from '../../../redaction/index.ts'
import { closeFileReader } from '../../content/read-file.ts'
import { withdraw } from '../../testing.ts'
import { handOverJobs } from '../jobs.ts'
import { readOldPage } from './read-old-page.ts'
import { closePageReader } from './read-page.ts'
import { urlOf } from './read-site.ts'
import { runReading, startFolderImport } from './run-site-import.ts'
import { folderSource, zipSource } from './site-source.ts'
import { OLD_PROFILE, OLD_SITE, zipOf } from './testing-old-site.ts'

const { db, deps, url } = testDb()
const app = createApp(deps, appParts(deps))
const HOME = '/desk/hand-over/import'
let body = { bodyId: '' }
let officer: SignedInActor
let publisher: SignedInActor
let head: SignedInActor
let headCookie = ''
let cookie = ''

beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  officer = await createAccount(db, { name: 'officer', displayName: '经办', bodyId: body.bodyId, roles: ['disclosure-officer'] })
  head = await createAccount(db, { name: 'head', displayName: '负责人', bodyId: body.bodyId, roles: ['disclosure-head'] })
  publisher = await createAccount(db, { name: 'publisher', displayName: '发布', bodyId: body.bodyId, roles: ['publisher'] })
})
beforeEach(async () => {
  cookie = await cookieFor(db, officer, deps.clock.now())
  headCookie = await cookieFor(db, head, deps.clock.now())
})
afterAll(() => Promise.all([closeFileReader(), closePageReader(), closeRedaction()]))

const work = () => runJobsOnce(url, deps, handOverJobs(visitorOf))
const get = async (path: string): Promise<string> => (await app.request(path, { headers: { cookie } })).text()
async function upload(files: Readonly<Record<string, string | Buffer>>, fields: Record<string, string> = OLD_PROFILE): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([Uint8Array.from(zipOf(files))]), '旧网站.zip')
  return app.request(HOME, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: form })
}
const confirm = (at: string, fields: Record<string, string> = {}, by = headCookie) =>
  app.request(`${at}/confirm`, { method: 'POST', headers: { cookie: by, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })

/** 上传、读完；返回这次导入的地址。 */
async function readIt(files = OLD_SITE): Promise<string> {
  const answer = await upload(files)
  expect(answer.status).toBe(303)
  await work()
  return answer.headers.get('location') ?? ''
}
const accountOf = async (at: string): Promise<Record<string, string>> => {
  const rows = await db.selectFrom('site_import_page').select(['path', 'result', 'notes']).where('import_id', '=', at.split('/').at(-1) ?? '').execute()
  return Object.fromEntries(rows.map((row) => [row.path.replace('www.old.gov.cn/', ''), [row.result, ...row.notes].join('；')]))
}

test('read first: each page with its result and why; nothing is public before it is confirmed', async () => {
  const at = await readIt()
  expect(await accountOf(at)).toEqual({
    'index.html': 'skipped；没有正文，也没有附件',
    'xxgk/index.html': 'skipped；列表页，其中 5 个链接有日期',
    'xxgk/1.html': 'ok；图片：a.png：图片里的字查不出',
    'xxgk/2.html': 'doubtful；发布日期取自列表页',
    'xxgk/3.html': 'doubtful；标题取自浏览器标签，请核对；正文的所在是猜的，请核对；附件「报名表」不在压缩包里',
    'xxgk/4.html': 'refused；标题：居民身份证号码，改好再导入；正文：居民身份证号码，在第 1 段，改好再导入',
    'xxgk/5.html': 'refused；发布日期晚于今日',
    'xxgk/empty.html': 'skipped；没有正文，也没有附件',
  })
  const page = await get(at)
  for (const words of ['可以导入 1 页，可疑 2 页，不能导入 2 页，不是文章 3 页', '由另一人确认', '2023 年部门预算']) expect(page).toContain(words)
  expect(await get(`${at}?result=refused`)).not.toContain('2023 年部门预算')
  const csv = await get(`${at}/account.csv`)
  expect(csv).toContain('不能导入,录用名单（110***********002X）,2023-04-10,标题：居民身份证号码')
  expect(page + csv).not.toContain('11010519491231002X')
  expect(await db.selectFrom('info_item').select('item_id').execute()).toEqual([])
})

const article = (title: string, body: string): string => `<html><head><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2023-02-10"></head><body><div class="TRS_Editor">${body}</div></body></html>`

test('each page is checked like any item to be published: personal data and secret marks hold it back, the rest is told', async () => {
  await db.insertInto('watch_word').values({ body_id: body.bodyId, word_id: newId(), kind: 'error', right_form: '网格员', wrong_form: '网格长员', severity: 'warn', note: '', changed_by: 'test', changed_at: deps.clock.now() }).execute()
  const long = '网格化服务管理工作的日常安排，现予公开，欢迎监督。'
  const at = await readIt({
    'a/plain.html': article('值班安排', `<p>${long}</p>`),
    'a/phone.html': article('联系方式', `<p>${long}电话 027-88936000。</p>`),
    'a/mobile.html': article('值班表', `<p>${long}</p><p>值班人员手机 13971234567。</p>`),
    'a/home.html': article('走访情况', `<p>${long}</p><p>住 3 栋 2 单元 501 室。</p>`.replaceAll(' ', '')),
    'a/secret.html': article('工作安排', `<p>机密★10年</p><p>${long}</p>`),
    'a/hidden-id.html': article('名单', `<p>${long}</p><p><a href="http://a.cn/?id=11010519491231002X" title="x">详见</a></p>`),
    'a/file.html': article('名册', `<p>${long}</p><p><a href="mc.csv">名册</a></p>`),
    'a/mc.csv': '姓名,身份证号\n张某,11010519491231002X\n',
    'a/word.html': article('招聘网格长员', `<p>${long}</p>`),
    'a/inside.html': article('传阅件', `<p>${long}内部资料，注意保存。</p>`),
  })
  const account = await accountOf(at)
  expect(account).toEqual({
    'a/plain.html': 'ok',
    'a/phone.html': 'ok；正文：固定电话，在第 1 段',
    'a/mobile.html': expect.stringMatching(/^refused；.*正文：手机号码，在第 2 段，改好再导入/) as unknown,
    'a/home.html': expect.stringMatching(/^refused；.*正文：住址，在第 2 段，改好再导入/) as unknown,
    'a/secret.html': expect.stringMatching(/^refused；.*正文：密级标志，在第 1 段，改好再导入/) as unknown,
    'a/hidden-id.html': expect.stringMatching(/^refused；正文：居民身份证号码/) as unknown,
    'a/file.html': expect.stringMatching(/^refused；附件：名册\.csv：居民身份证号码/) as unknown,
    'a/word.html': expect.stringMatching(/^doubtful；标题：用词（「网格长员」应为「网格员」）/) as unknown,
    'a/inside.html': expect.stringMatching(/^doubtful；.*正文：限于内部的字样/) as unknown,
  })
  expect(JSON.stringify(account)).not.toMatch(/13971234567|11010519491231002X|501/)
  await db.deleteFrom('watch_word').execute()
})

test('one page that cannot be read does not stop the others, nor the server', async () => {
  const at = await readIt({ 'a/ok.html': article('值班安排', '<p>网格化服务管理工作的日常安排，现予公开，欢迎监督。</p>'), 'a/deep.html': `${'<div>'.repeat(100_000)}x`, 'a/binary.html': Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 37) % 256)) })
  expect(await accountOf(at)).toMatchObject({ 'a/ok.html': 'ok', 'a/deep.html': 'refused；网页太繁，嵌套太深或者标签太多' })
  expect((await accountOf(at))['a/binary.html']).toMatch(/^(?:refused|skipped)/)
})

test('who uploaded does not confirm: an officer may not at all, a head not his own', async () => {
  const at = await readIt()
  expect((await confirm(at, {}, cookie)).status).toBe(403)
  const own = cookie
  cookie = headCookie
  const his = await readIt()
  await confirm(his)
  expect(await get(his)).toContain('由另一人确认')
  expect(await get(at)).toContain('连同可疑的 2 页')
  cookie = own
  expect(await db.selectFrom('site_import').select('status').execute()).not.toContainEqual({ status: 'running' })
  const told = await db.selectFrom('notice').select(['account_id', 'href']).execute()
  expect(told.filter(({ href }) => href === at)).toEqual([{ account_id: head.accountId, href: at }])
  expect(told.filter(({ href }) => href === his)).toEqual([])
})

describe('imported', () => {
  let at = ''
  let item = { item_id: '', index_no: '' }
  beforeAll(async () => {
    cookie = await cookieFor(db, officer, deps.clock.now())
    headCookie = await cookieFor(db, head, deps.clock.now())
    at = await readIt()
    expect((await confirm(at)).status).toBe(303)
    await work()
    item = await db.selectFrom('published_item').select(['item_id', 'index_no']).where('title', '=', '2023 年部门预算').executeTakeFirstOrThrow()
  })

  test('the sure ones only: body cleaned, pictures and attachments its own, the day as on the old site', async () => {
    expect(await get(at)).toContain('新增 1 条，更新 0 条，未变 0 条')
    expect((await db.selectFrom('published_item').select('title').execute()).length).toBe(1)
    const html = await (await app.request(`/items/${item.index_no}`)).text()
    for (const words of ['现将 2023 年部门预算予以公开', '2023-02-10', '预算表.csv', 'alt="收支图"']) expect(html).toContain(words)
    expect(html).not.toContain('alert(1)')
    expect(((await (await app.request(`/data/items/${item.index_no}.json`)).json()) as { html: string }).html).toMatch(/<img src="http:\/\/localhost[^"]*\/item-files\/[^"]+\/a\.png" alt="收支图">/)
    const [, file = ''] = /href="(\/item-files\/[^"]+\.csv)"/.exec(html) ?? []
    expect(await (await app.request(file)).text()).toContain('工资福利,100')
    const texts = await db.selectFrom('item_file').select(['role', 'text']).where('item_id', '=', item.item_id).orderBy('role').execute()
    expect(texts.map(({ role }) => role)).toEqual(['attachment', 'body', 'picture'])
    expect(texts[0]?.text).toContain('工资福利')
  })

  test('the old address leads to the new one', async () => {
    const answer = await app.request('/xxgk/1.html')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `/items/${item.index_no}`])
  })

  test('again: nothing changes; what was doubtful comes when it is asked for; a changed page is a correction', async () => {
    const again = await readIt()
    await confirm(again, { doubtful: 'yes' })
    await work()
    expect(await get(again)).toContain('新增 2 条，更新 0 条，未变 1 条')
    const changed = { ...OLD_SITE, 'www.old.gov.cn/xxgk/1.html': String(OLD_SITE['www.old.gov.cn/xxgk/1.html']).replace('2023 年部门预算"', '2023 年部门预算（更正）"') }
    const third = await readIt(changed)
    await confirm(third, { doubtful: 'yes' })
    await work()
    expect(await get(third)).toContain('新增 0 条，更新 1 条，未变 2 条')
    expect(await (await app.request(`/items/${item.index_no}`)).text()).toContain('2023 年部门预算（更正）')
  })

  test('a withdrawn one stays withdrawn when its old page is imported again', async () => {
    await withdraw(db, body.bodyId, item.item_id)
    const again = await readIt()
    await confirm(again, { doubtful: 'yes' })
    await work()
    expect(await get(again)).toContain('新增 0 条，更新 0 条，未变 3 条')
    expect((await app.request(`/items/${item.index_no}`)).status).toBe(410)
    expect((await app.request('/xxgk/1.html')).headers.get('location')).toBe(`/items/${item.index_no}`)
  })

  test('all or nothing: one that cannot be written, and none is', async () => {
    // 所见的行与时间线不合：写时必撞
    const other = await db.selectFrom('published_item').select('item_id').where('title', '=', '机构职能').executeTakeFirstOrThrow()
    await db.updateTable('info_item').set({ version: 99 }).where('item_id', '=', other.item_id).execute()
    const changed = Object.fromEntries(Object.entries(OLD_SITE).map(([path, content]) => [path, typeof content === 'string' ? content.replaceAll('负责本区', '承担本区') : content]))
    const at2 = await readIt({ ...changed, 'www.old.gov.cn/a/new.html': String(OLD_SITE['www.old.gov.cn/xxgk/1.html']).replace('2023 年部门预算"', '全新的一条"') })
    await confirm(at2, { doubtful: 'yes' })
    await work()
    expect(await get(at2)).toContain('一条也没有导入')
    expect(await db.selectFrom('published_item').select('item_id').where('title', '=', '全新的一条').execute()).toEqual([])
  })
})

test('wrong fields, other files and other hands are refused in words', async () => {
  const page = await (await upload(OLD_SITE, { origin: 'www.old.gov.cn/path', code: 'none' })).text()
  for (const words of ['只写到主机名', '请选择归哪一项', 'value="www.old.gov.cn/path"']) expect(page).toContain(words)
  const form = new FormData()
  for (const [name, value] of Object.entries(OLD_PROFILE)) form.append(name, value)
  form.append('file', new Blob(['not a zip']), 'x.zip')
  expect(await (await app.request(HOME, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: form })).text()).toContain('不是压缩包')
  const at = await readIt({ 'readme.txt': 'no pages' })
  expect(await get(at)).toContain('里面没有网页')
  const other = await cookieFor(db, publisher, deps.clock.now())
  expect((await app.request(HOME, { headers: { cookie: other } })).status).toBe(403)
  expect((await app.request(at, { headers: { cookie: other } })).status).toBe(403)
})

test('a folder on the server reads the same as the archive', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mc-old-'))
  for (const [path, content] of Object.entries(OLD_SITE)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  const ref = await startFolderImport(deps, { kind: 'system', name: 'test' }, { bodyId: body.bodyId, name: 'old', profile: OLD_PROFILE })
  await runReading(deps, ref, await folderSource(dir))
  const row = await db.selectFrom('site_import').select('counts').where('import_id', '=', ref.importId).executeTakeFirstOrThrow()
  expect(row.counts).toEqual({ ok: 1, doubtful: 2, refused: 2, skipped: 3 })
  rmSync(dir, { recursive: true, force: true })
})

describe('reading a page', () => {
  const none = { title: '', date: '', body: '', docNo: '' }
  test('what the selectors say goes first; a wrong selector is as none', () => {
    const html = '<html><body><h1>大标题</h1><b id="t">真标题</b><i id="d">2020/1/2</i><div id="b"><p>真正文真正文真正文真正文真正文真正文</p></div><div class="content"><p>假正文假正文假正文假正文假正文假正文</p></div></body></html>'
    expect(readOldPage(html, { title: '#t', date: '#d', body: '#b', docNo: '' })).toMatchObject({ title: '真标题', publishedOn: '2020-01-02', html: expect.stringContaining('真正文') as unknown, doubts: [] })
    expect(readOldPage(html, { ...none, title: '##[', body: ']]' })).toMatchObject({ title: '大标题' })
  })
  test('the document number from the title or the first lines', () => {
    expect(readOldPage('<h1>通知</h1><div class="content"><p>发布时间：2024-05-06</p><p>武昌政规〔2024〕3号 各有关单位，现将有关事项通知如下。</p></div>', none)).toMatchObject({ docNo: '武昌政规〔2024〕3号', publishedOn: '2024-05-06' })
  })
  test('addresses: the host directory of a mirrored site is not part of the path', () => {
    expect(urlOf('http://www.old.gov.cn', 'www.old.gov.cn/xxgk/1.html')).toBe('http://www.old.gov.cn/xxgk/1.html')
    expect(urlOf('http://www.old.gov.cn', '信息/a b.html')).toBe('http://www.old.gov.cn/%E4%BF%A1%E6%81%AF/a%20b.html')
  })
  test('a torn archive is told', async () => {
    await expect(zipSource(zipOf(OLD_SITE).subarray(0, 500))).rejects.toThrow('不是压缩包')
  })
})

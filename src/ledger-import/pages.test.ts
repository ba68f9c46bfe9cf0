import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { axe, shoot, withBrowser } from '../../tests/browser.ts'
import { createApp } from '../app.tsx'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { sessionMiddleware, type SignedInActor } from '../identity/index.ts'
import { mountIdentity } from '../identity/routes.tsx'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { toCsv } from '../platform/ledger/testing.ts'
import { testDb } from '../platform/testing.ts'
import { importToDos, ledgerImportJobs, ledgerRoutes } from './index.ts'

const { db, deps, url } = testDb()
const browser = withBrowser()
let app = new Hono()
const people = new Map<Who, SignedInActor>()
let cookies: Record<'officer' | 'head' | 'leader' | 'other', string> = { officer: '', head: '', leader: '', other: '' }

beforeAll(async () => {
  await aDistrict(deps)
  const [own, other] = [await aBody(deps, { code: 'own' }), await aBody(deps, { code: 'other' })]
  const give = async (name: Who, bodyId: string, role: 'disclosure-officer' | 'disclosure-head' | 'leader') => {
    const person = await createAccount(db, { name, displayName: `示例${name}`, bodyId, roles: [role] })
    people.set(name, person)
    return cookieFor(db, person, deps.clock.now())
  }
  cookies = {
    officer: await give('officer', own.bodyId, 'disclosure-officer'),
    head: await give('head', own.bodyId, 'disclosure-head'),
    leader: await give('leader', own.bodyId, 'leader'),
    other: await give('other', other.bodyId, 'disclosure-officer'),
  }
  app = createApp(deps, {
    site: { siteName: '示例区政府信息公开', siteNote: '测试', demo: '演示数据', portalNav: [], footerNav: [] },
    before: [sessionMiddleware(deps)],
    mounts: [mountIdentity, (mounted) => mounted.route('/', ledgerRoutes)],
  })
})

type Who = keyof typeof cookies
const personOf = (who: Who): SignedInActor => people.get(who) ?? expect.unreachable()
const get = (path: string, who: Who = 'officer') => app.request(path, { headers: { cookie: cookies[who] } })
const post = (path: string, body: FormData | URLSearchParams, who: Who = 'officer') =>
  app.request(path, { method: 'POST', body, headers: { cookie: cookies[who], 'sec-fetch-site': 'same-origin' } })
const file = (rows: readonly (readonly string[])[], name = '主动公开台账.csv'): FormData => {
  const form = new FormData()
  form.set('file', new File([Uint8Array.from(toCsv(rows))], name))
  return form
}
const upload = async (rows: readonly (readonly string[])[], who: Who = 'officer'): Promise<string> => {
  const response = await post('/desk/ledgers/new/items', file(rows), who)
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}
const seenOn = async (at: string, who: Who): Promise<URLSearchParams> =>
  new URLSearchParams({ seen: /name="seen" value="([^"]+)"/.exec(await (await get(at, who)).text())?.[1] ?? '' })
const confirm = async (at: string, who: Who = 'leader'): Promise<Response> => post(`${at}/confirm`, await seenOn(at, who), who)
const toldBy = (response: Response): string => Buffer.from(/notice=\w+\.([\w-]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '', 'base64url').toString()
const statusOf = async (at: string): Promise<string> =>
  (await db.selectFrom('ledger_import').select('status').where('import_id', '=', at.split('/').at(-1) ?? '').executeTakeFirstOrThrow()).status

const HEAD = ['标题', '形成日期', '发布日期', '事项', '备注']
const GOOD = [HEAD, ['机构职能信息', '2024-01-05', '2024-01-10', 'A20_02', ''], ['2024年部门预算', '2024-01-20', '2024-02-05', '第二十条第（七）项', '']]
const BAD = [...GOOD, ['=cmd()', '2024-02-30', '', '第九十九条', ''], ['', '2024-03-01', '2024-03-02', 'A20_02', '']]

test('an officer uploads, sees what is wrong line by line, and takes the account away without formulas', async () => {
  const at = await upload(BAD)
  const page = await (await get(at)).text()
  expect(page).toContain('共 4 行，2 行有问题，3 处')
  expect(page).toContain('没有用上的列：备注')
  expect(page).not.toContain('/confirm')
  const account = await (await get(`${at}/account.csv`)).text()
  expect(account.split('\r\n')).toHaveLength(5)
  expect(account).not.toMatch(/(^|,)=/m)
})

test('the mapping may be changed, confirmed, followed to its result, and not confirmed twice', async () => {
  const at = await upload([['叫什么', ...HEAD.slice(1)], ...GOOD.slice(1)])
  expect(await (await get(at)).text()).toContain('缺少必有的列：标题')
  expect((await post(`${at}/mapping`, new URLSearchParams({ c0: 'title', c1: 'formedOn', c2: 'publishedOn', c3: 'codes', c4: '' }))).status).toBe(303)
  expect(await (await get(at, 'leader')).text()).toContain('导入 2 行')
  expect((await confirm(at)).status).toBe(303)
  const running = await get(at)
  expect(running.headers.get('refresh')).toBe('2')
  expect(await running.text()).toContain('0 / 2 行')
  await runJobsOnce(url, deps, ledgerImportJobs)
  expect(await (await get(at)).text()).toContain('新增 2，更新 0，未变 0')
  await confirm(at)
  await runJobsOnce(url, deps, ledgerImportJobs)
  expect((await db.selectFrom('info_item').select('item_id').execute()).length).toBe(2)
})

test('what is public at once is confirmed by an approver who did not upload it, and who saw the very mapping', async () => {
  const rows = GOOD.map((row, index) => (index === 0 ? row : [`${row[0]}（补）`, ...row.slice(1)]))
  const mine = await upload(rows)
  const page = await (await get(mine)).text()
  expect(page).toContain('由另一人确认')
  expect(page).not.toContain('/confirm"')
  expect((await post(`${mine}/confirm`, new URLSearchParams())).status).toBe(403)

  // 负责人自己上传的，自己也不能确认
  const heads = await upload(rows, 'head')
  expect(toldBy(await confirm(heads, 'head'))).toContain('须由另一人核对确认')
  expect(await statusOf(heads)).toBe('previewed')

  // 上传的人自己没有这件待办
  const toDosOf = async (who: Who) => (await importToDos(deps, personOf(who))).map(({ href }) => href).filter((href) => [mine, heads].includes(href))
  expect(await toDosOf('leader')).toEqual([heads, mine])
  expect([await toDosOf('head'), await toDosOf('officer'), await toDosOf('other')]).toEqual([[mine], [], []])

  const told = await db.selectFrom('notice').innerJoin('account', 'account.account_id', 'notice.account_id').select(['account.name', 'notice.href']).where('href', 'in', [mine, heads]).orderBy('href').orderBy('name').execute()
  expect(told).toEqual([{ name: 'head', href: mine }, { name: 'leader', href: mine }, { name: 'leader', href: heads }])
  expect(await (await get(`${mine}/file`, 'leader')).text()).toContain('机构职能信息（补）')

  const seen = await seenOn(mine, 'leader')
  await post(`${mine}/mapping`, new URLSearchParams({ c0: 'title', c1: 'formedOn', c2: 'publishedOn', c3: 'codes', c4: 'summary' }))
  expect(toldBy(await post(`${mine}/confirm`, seen, 'leader'))).toContain('列的对应又改过了')
  expect(await statusOf(mine)).toBe('previewed')
  expect(await db.selectFrom('published_item').select('item_id').where('title', 'like', '%（补）').execute()).toEqual([])
  await confirm(mine, 'leader')
  await runJobsOnce(url, deps, ledgerImportJobs)
  expect(await statusOf(mine)).toBe('done')
  expect(await db.selectFrom('published_item').select('item_id').where('title', 'like', '%（补）').execute()).toHaveLength(2)
})

test('an unreadable file is answered on the same page', async () => {
  const form = new FormData()
  form.set('file', new File([Buffer.from('d0cf11e0a1b11ae1', 'hex')], '旧.xls'))
  const response = await post('/desk/ledgers/new/items', form)
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('请另存为 .xlsx')
  expect((await post('/desk/ledgers/new/items', new FormData())).status).toBe(422)
})

test('templates come for every ledger, and only what exists', async () => {
  for (const kind of ['items', 'applications', 'normative-documents', 'powers', 'reviews'])
    for (const format of ['xlsx', 'csv']) expect((await get(`/desk/ledgers/templates/${kind}.${format}`)).status).toBe(200)
  for (const path of ['templates/none.xlsx', 'templates/items.exe', 'new/none', 'imports/1', 'imports/00000000-0000-7000-8000-000000000000'])
    expect([path, (await get(`/desk/ledgers/${path}`)).status]).toEqual([path, 404])
})

test('others do not reach it: not signed in, without the permission, or of another body', async () => {
  const at = await upload(GOOD)
  expect((await app.request(at)).status).toBe(303)
  const reviews = (await post('/desk/ledgers/new/reviews', file([['案件类型', '案号', '收到日期'], ['行政复议', '示复〔2024〕1号', '2024-05-06']]))).headers.get('location') ?? ''
  for (const path of ['/desk/ledgers', reviews, `${reviews}/account.csv`, `${reviews}/file`]) expect([path, (await get(path, 'leader')).status]).toEqual([path, 403])
  // 可能有个人信息的台账不给下载，谁也不行
  expect((await get(`${reviews}/file`)).status).toBe(404)
  expect((await post(`${reviews}/confirm`, new URLSearchParams(), 'leader')).status).toBe(403)
  expect((await confirm(reviews, 'officer')).status).toBe(303)
  expect(await statusOf(reviews)).toBe('running')
  expect((await post('/desk/ledgers/new/items', file(GOOD), 'leader')).status).toBe(403)
  for (const step of ['', '/account.csv', '/file']) expect((await get(`${at}${step}`, 'other')).status).toBe(404)
  for (const step of ['mapping', 'confirm']) expect((await post(`${at}/${step}`, new URLSearchParams(), 'other')).status).toBe(404)
})

test('the pages hold at both widths and for readers who listen', async () => {
  const [bad, good] = [await upload(BAD), await upload(GOOD)]
  const done = await upload(GOOD.map((row, index) => (index === 0 ? row : [`${row[0]}之二`, ...row.slice(1)])))
  await confirm(done)
  await runJobsOnce(url, deps, ledgerImportJobs)
  await confirm(good)
  const running = good
  const ready = await upload(GOOD)
  const checked = await upload(GOOD)
  const pages = { list: '/desk/ledgers', upload: '/desk/ledgers/new/items', bad, ready, running: `${running}?refresh=off`, done, checked }
  for (const [name, path] of Object.entries(pages)) {
    const page = await browser.open(app, path, { extraHTTPHeaders: { cookie: name === 'checked' ? cookies.leader : cookies.officer } })
    await axe(page)
    await shoot(page, `ledgers-${name}`)
    await page.context().close()
  }
}, 120_000)

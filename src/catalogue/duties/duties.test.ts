import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { NO_POWERS, getCalendar, setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { transaction } from '../../platform/connect.ts'
import { enqueue, runJobsOnce } from '../../platform/jobs.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { hashContent } from '../item-hash.ts'
import type { ItemContent, ItemEvent } from '../item.ts'
import { newItem, saveItems } from '../store.ts'
import { aPublishedItem, changeItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { checkLinks } from './check-links.ts'
import { toColumnFindings } from './column-findings.ts'
import { DUTY_CODES, toBoard } from './duty-board.ts'
import { checkFiles, fitsType } from './file-faults.ts'
import { compareFindings } from './finding.ts'
import type { KeptFinding } from './finding.ts'
import { normalUrl, outboundLinks } from './gather-links.ts'
import { dutyJobs } from './jobs.ts'
import { listLinks } from './link-store.ts'
import { httpProbe } from './probe-link.ts'

const { db, deps, files, setToday, url: databaseUrl } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], head: ['disclosure-head'], office: ['district-office'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''
let otherId = ''

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  otherId = (await aBody(deps, { code: 'qtj', name: '其他局' })).bodyId
  const office = await aBody(deps, { code: 'zwgkb', name: '区政务公开办', kind: 'district-office' })
  for (const [name, roles] of Object.entries(POSTS))
    people.set(name as Who, await createAccount(db, { name: `duty.${name}`, displayName: `${name}（演示）`, bodyId: name === 'office' ? office.bodyId : bodyId, roles }))
})
afterAll(() => closePdf())

async function headersOf(who: Who) {
  return { cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
}
const get = async (path: string, who: Who = 'officer') => app.request(path, { headers: await headersOf(who) })
const textOf = async (path: string, who: Who = 'officer') => {
  const response = await get(path, who)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.text()).replaceAll(/<style[\s\S]*?<\/style>/g, '')
}
const post = async (path: string, fields: Record<string, string>, who: Who = 'officer') => app.request(path, { method: 'POST', headers: await headersOf(who), body: new URLSearchParams(fields).toString() })
/** 表里一行的文字。 */
const rowWith = (html: string, words: string): string => (html.split('<tr').find((row) => row.includes(words)) ?? '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

/** 定了属性而没有公开的一条。 */
async function pending(title: string, formedOn: string, more: Partial<Extract<ItemEvent, { kind: 'attribute-determined' }>['classification']> = {}): Promise<string> {
  const itemId = newId()
  const content: ItemContent = { title, docNo: null, summary: null, origin: 'made', formedOn, files: [] }
  const events: ItemEvent[] = [
    { kind: 'formed', on: formedOn, indexNo: `测试/${itemId}`, content, contentHash: hashContent(content), handler: 'test:handler' },
    { kind: 'attribute-determined', on: formedOn, classification: { attribute: 'proactive', codes: ['A20_09'], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null, ...more } },
  ]
  await transaction(db, async (tx) => saveItems(tx, [{ found: newItem(bodyId, itemId), events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(tx)))
  return itemId
}

test('the board: what is published, due, late, published late, empty and stale, each leading to its records', async () => {
  setToday('2026-01-15')
  // 2025-12-31 形成，2026-01-29 到期；2025-11-03 形成，早已到期
  await pending('待公开的采购目录', '2025-12-31')
  await pending('逾期的采购目录', '2025-11-03')
  await aPublishedItem(deps, bodyId, { title: '机构职能', publishedOn: '2026-01-10', formedOn: '2026-01-08' })
  await aPublishedItem(deps, bodyId, { title: '迟公开的预算', publishedOn: '2026-01-12', formedOn: '2025-10-09', classification: { codes: ['A20_07'] } })
  await aPublishedItem(deps, bodyId, { title: '旧的规范性文件', publishedOn: '2025-06-30', formedOn: '2025-06-20', classification: { codes: ['A20_01', 'A21_02'] } })
  const page = await textOf('/desk/duties')
  for (const words of ['1 条逾期未公开', '1 条待公开', '今年 1 条公开得迟']) expect(page).toContain(words)
  expect(rowWith(page, '第二十条第（九）项')).toMatch(/待公开|尚未确定/)
  expect(rowWith(page, '第二十条第（一）项')).toMatch(/适用.*未更新.*最近 2025-06-30/)
  expect(rowWith(page, '第二十条第（七）项')).toMatch(/适用.*正常.*最近 2026-01-12/)
  expect(rowWith(page, '第二十一条（公共服务）')).toMatch(/正常/)
  const late = await textOf('/desk/duties/items?state=late&code=A20_09')
  expect(late).toContain('逾期的采购目录')
  expect(late).not.toContain('待公开的采购目录')
  const due = await textOf('/desk/duties/items?state=due')
  expect(rowWith(due, '待公开的采购目录')).toMatch(/一般政府信息：自 2025-12-31 起 20 个工作日内 2026-01-29/)
  expect(await textOf('/desk/duties/items?state=published-late')).toContain('迟公开的预算')
  expect(await textOf('/desk/duties/items?state=shown&code=A20_01')).toContain('旧的规范性文件')
})

test('G46, G47: the last day and the working day before it, shown beside the item', async () => {
  setToday('2025-01-21')
  await pending('部门预算', '2025-01-20', { term: 'BUDGET', codes: ['A20_07'] })
  await pending('年末形成的', '2024-12-31')
  const page = await textOf('/desk/duties/items?state=due')
  expect(rowWith(page, '部门预算')).toMatch(/20 日内 2025-02-09 .*该日休息，2025-02-08 前办完/)
  expect(rowWith(page, '年末形成的')).toContain('2025-02-05')
  setToday('2025-02-10')
  const late = await textOf('/desk/duties/items?state=late')
  for (const title of ['部门预算', '年末形成的']) expect(late).toContain(title)
})

test('a change of what is published starts the term again: it is due though the last edition is public', async () => {
  setToday('2026-01-15')
  const { itemId } = await aPublishedItem(deps, bodyId, { title: '改过的一条', formedOn: '2025-10-20', publishedOn: '2025-11-03', classification: { codes: ['A20_13'] } })
  setToday('2025-11-10')
  await changeItem(deps, bodyId, itemId, { title: '改过的一条（修改）' })
  setToday('2026-01-15')
  expect(await textOf('/desk/duties/items?state=late&code=A20_13')).toContain('改过的一条（修改）')
})

test('which items apply: presumed from powers and publications, decided with a reason, an empty one then counts', async () => {
  const none = toBoard({ body: { powers: NO_POWERS }, counts: new Map(), scopes: new Map(), months: 12, today: '2026-01-15' })
  expect(none.map((row) => row.code)).toEqual(DUTY_CODES)
  expect(DUTY_CODES).toHaveLength(22)
  expect(none.filter((row) => row.scope.state === 'applies').map((row) => row.code)).toEqual(['A20_02', 'A20_07'])
  expect((await post('/desk/duties/scope/A20_10', { applies: 'yes', reason: '有重大项目' })).status).toBe(403)
  const refused = await post('/desk/duties/scope/A20_10', { applies: '', reason: ' ' }, 'head')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('请写明理由')
  expect((await post('/desk/duties/scope/A20_10', { applies: 'yes', reason: '街道有重大项目' }, 'head')).status).toBe(303)
  expect((await post('/desk/duties/scope/A20_06', { applies: 'no', reason: '没有行政处罚职权' }, 'head')).status).toBe(303)
  const page = await textOf('/desk/duties?upkeep=empty')
  expect(rowWith(page, '第二十条第（十）项')).toMatch(/适用 街道有重大项目.*空白/)
  expect(page).not.toContain('第二十条第（六）项 实施')
  expect(rowWith(await textOf('/desk/duties?scope=not'), '第二十条第（六）项')).toContain('没有行政处罚职权')
})

test('the district office sees every body and each body’s board; a body sees no other', async () => {
  const page = await textOf('/desk/duties?q=示例街道', 'office')
  expect(rowWith(page, '示例街道办事处')).toMatch(/示例街道办事处/)
  expect(page).not.toContain('其他局')
  expect(await textOf('/desk/duties/bodies/sljd', 'office')).toContain('示例街道办事处的公开职责')
  expect((await get('/desk/duties/bodies/qtj', 'head')).status).toBe(403)
  expect((await post('/desk/duties/bodies/qtj/scope/A20_10', { applies: 'no', reason: '别的机关' }, 'head')).status).toBe(403)
  const csv = await get('/desk/duties.csv', 'office')
  expect(await csv.text()).toContain('示例街道办事处,')
  expect((await get('/desk/duties.csv', 'head')).status).toBe(403)
})

test('links: found in the text, the address and the channels; ours, mail and fragments are not', () => {
  const html = '<a href="https://a.example.cn/x#1">1</a><a href="https://a.example.cn/x#2">2</a><a href="/items/1">3</a><a href="mailto:a@b.cn">4</a><a href="http://user:pw@b.example.cn/">5</a><a href="http://localhost:3000/items/2">6</a><a href="javascript:alert(1)">7</a>'
  expect(outboundLinks(html, 'localhost:3000')).toEqual(['https://a.example.cn/x', 'http://b.example.cn/'])
  fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (text) => /^https?:[^#]*$/.test(normalUrl(text, 'localhost') ?? 'http:')))
})

test('broken is twice in a row; one success mends it; a page taken back takes its links with it; one host is asked one at a time', async () => {
  setToday('2026-01-15')
  const { itemId } = await aPublishedItem(deps, otherId, { title: '有链接的', html: '<p><a href="https://good.example.cn/">好</a><a href="https://bad.example.cn/1">坏</a><a href="https://bad.example.cn/2">又坏</a><a href="https://shy.example.cn/">拦着</a></p>' })
  const asked: string[] = []
  let waits = 0
  let mended = false
  const world = {
    probe: (url: string) => {
      asked.push(url)
      if (url.includes('shy')) return Promise.resolve({ result: 'unknown' as const, answer: '403' })
      return Promise.resolve(url.includes('bad') && !mended ? { result: 'failed' as const, answer: '404' } : { result: 'ok' as const, answer: '200' })
    },
    wait: () => Promise.resolve(void (waits += 1)),
  }
  const whole = { bodyId: otherId, whole: true }
  expect(await checkLinks(deps, whole, world)).toBe(null)
  expect(asked).toEqual([])
  await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId: otherId, key: 'linkCheck', value: 'ON' })
  expect(await checkLinks(deps, whole, world)).toBe(4)
  expect(waits).toBe(1)
  const states = async () => Object.fromEntries((await listLinks(db, otherId, {}, { limit: 50, offset: 0 })).map(({ url, state }) => [new URL(url).host + new URL(url).pathname, state]))
  expect(await states()).toEqual({ 'good.example.cn/': 'ok', 'bad.example.cn/1': 'suspect', 'bad.example.cn/2': 'suspect', 'shy.example.cn/': 'unknown' })
  // 半日之内不再查
  expect(await checkLinks(deps, whole, world)).toBe(0)
  setToday('2026-01-16')
  expect(await checkLinks(deps, { bodyId: otherId, whole: false }, world)).toBe(2)
  expect((await listLinks(db, otherId, { state: 'broken' }, { limit: 50, offset: 0 })).map(({ brokenOn, places }) => [brokenOn, places[0]?.itemId])).toEqual([['2026-01-16', itemId], ['2026-01-16', itemId]])
  const page = await textOf('/desk/duties/bodies/qtj/links?state=broken', 'office')
  expect(rowWith(page, 'https://bad.example.cn/1')).toMatch(/失效 网页不存在 2026-01-16 有链接的/)
  mended = true
  setToday('2026-01-18')
  expect(await checkLinks(deps, whole, world)).toBe(4)
  expect((await states())['bad.example.cn/1']).toBe('ok')
  await transaction(db, (tx) => withdraw(tx, otherId, itemId))
  setToday('2026-01-25')
  expect(await checkLinks(deps, whole, world)).toBe(0)
  expect(await states()).toEqual({})
})

test('the real probe: HEAD then GET, redirects followed and guarded again, inside addresses never reached', async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    if (request.url === '/head-refused' && request.method === 'HEAD') response.writeHead(405).end()
    else if (request.url === '/gone') response.writeHead(410).end()
    else if (request.url === '/moved') response.writeHead(302, { location: '/fine' }).end()
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
    else if (request.url === '/login') response.writeHead(401).end()
    else response.writeHead(200).end('x'.repeat(10_000))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const probe = httpProbe(['127.0.0.1'])
    const results = await Promise.all(['/fine', '/head-refused', '/gone', '/moved', '/inside', '/round', '/login'].map(async (path) => [path, (await probe(base + path)).result, (await probe(base + path)).answer]))
    expect(results).toEqual([['/fine', 'ok', '200'], ['/head-refused', 'ok', '200'], ['/gone', 'failed', '410'], ['/moved', 'ok', '200'], ['/inside', 'unknown', 'address-blocked'], ['/round', 'failed', 'redirects'], ['/login', 'unknown', '401']])
    seen.length = 0
    expect(await httpProbe([])(`${base}/fine`)).toEqual({ result: 'unknown', answer: 'address-blocked' })
    expect(await httpProbe([])('http://localhost:1/')).toEqual({ result: 'unknown', answer: 'address-blocked' })
    expect(await httpProbe([])('file:///etc/passwd')).toEqual({ result: 'unknown', answer: 'not-web' })
    expect(seen).toEqual([])
  } finally {
    await new Promise((resolve) => void server.close(resolve))
  }
})

test('attachments: missing, empty, of another type, unreadable; mended ones leave the list', async () => {
  setToday('2026-01-15')
  const pdf = { name: '好的.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7\n…') }
  const fake = { name: '假的.pdf', mediaType: 'application/pdf', content: Buffer.from('<html>') }
  const { itemId } = await aPublishedItem(deps, bodyId, { title: '有附件的', attachments: [pdf, fake] })
  const scan = await aPublishedItem(deps, bodyId, { title: '读不出的', attachments: [{ ...pdf, name: '坏的.pdf', content: Buffer.from('%PDF-1.7\n坏') }] })
  await db.updateTable('item_file').set({ text_state: 'unreadable', text_note: '加了口令' }).where('item_id', '=', scan.itemId).where('role', '=', 'attachment').execute()
  await checkFiles(deps, bodyId)
  const faults = async () => (await db.selectFrom('file_fault').select(['item_id', 'name', 'kind']).where('body_id', '=', bodyId).orderBy('name').execute()).map((row) => [row.item_id, row.name, row.kind])
  expect(await faults()).toEqual([[itemId, '假的.pdf', 'wrong-type'], [scan.itemId, '坏的.pdf', 'unreadable']])
  const { details } = await db.selectFrom('published_item').select('details').where('item_id', '=', itemId).executeTakeFirstOrThrow()
  await files.remove(details?.attachments[0]?.key ?? '')
  await checkFiles(deps, bodyId)
  expect(await faults()).toContainEqual([itemId, '好的.pdf', 'missing'])
  const page = await textOf('/desk/duties/links')
  expect(rowWith(page, '坏的.pdf')).toMatch(/读不出其中的文字 加了口令 读不出的/)
  expect(await textOf('/desk/duties')).toContain('3 个附件打不开')
  await files.put(pdf.content, { maxBytes: 1000 })
  await checkFiles(deps, bodyId)
  expect(await faults()).not.toContainEqual([itemId, '好的.pdf', 'missing'])
  expect(fitsType(Buffer.from('504b0304', 'hex'), 'application/zip')).toBe(true)
  expect(fitsType(Buffer.from('00', 'hex'), 'application/x-unknown')).toBe(true)
})

test('the column: what is missing, outdated, not verified', () => {
  const state = { bodyId: 'b', code: 'c', name: 'n', publishedOn: { guide: '2025-01-01', institution: null, channels: '2025-01-01', headings: null }, guideMissing: ['传真'], guideOutdated: [{ label: '办公地址', from: '甲', to: '乙' }], channels: [{ name: '12345', checkedOn: '2025-07-14' }, { name: '微邻里', checkedOn: '2025-12-01' }] }
  expect(toColumnFindings(state, '2026-01-15').map(({ key }) => key)).toEqual(['column:institution', 'column:guide-missing', 'column:guide-outdated', 'column:channel:12345'])
  expect(toColumnFindings({ ...state, channels: [{ name: '12345', checkedOn: '2025-07-15' }] }, '2026-01-15')).toHaveLength(3)
})

test('from week to week: found again keeps its first day, gone is fixed once, nothing is lost', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const kept = fc.uniqueArray(fc.record({ key, state: fc.constantFrom('open' as const, 'fixed' as const) }), { selector: (each) => each.key })
  fc.assert(
    fc.property(kept, fc.uniqueArray(key), (before, now) => {
      const base = { kind: 'empty' as const, title: 't', note: '', href: '/' }
      const was: KeptFinding[] = before.map((each) => ({ ...base, ...each, since: '2026-01-05' }))
      const result = compareFindings(was, now.map((each) => ({ ...base, key: each })), '2026-01-12')
      expect(result.filter((each) => each.state === 'open').map((each) => each.key)).toEqual(now)
      const open = before.filter((each) => each.state === 'open').map((each) => each.key)
      expect(result.filter((each) => each.state === 'fixed').map((each) => each.key)).toEqual(open.filter((each) => !now.includes(each)))
      for (const each of result.filter(({ state }) => state === 'open')) expect(each.since).toBe(open.some((one) => one === each.key) ? '2026-01-05' : '2026-01-12')
    }),
  )
})

test('Monday’s inspection: frozen, told to the head, printable; what is mended is 已整改 the week after', async () => {
  const run = async (day: string) => {
    setToday(day)
    await enqueue(db, 'catalogue.inspect', {})
    await runJobsOnce(databaseUrl, deps, dutyJobs)
  }
  await run('2026-01-18')
  expect(await db.selectFrom('duty_inspection').select('day').execute()).toEqual([])
  await run('2026-01-19')
  await run('2026-01-19')
  const page = await textOf('/desk/duties/inspections/2026-01-19')
  for (const words of ['逾期的采购目录', '第二十条第（十）项', '没有公布过', '应当于']) expect(page).toContain(words)
  const told = await db.selectFrom('notice').select(['account_id', 'title', 'href']).where('key', '=', 'duty-inspection/2026-01-19').execute()
  expect(told.map((row) => [row.account_id, row.href])).toEqual([[people.get('head')!.accountId, '/desk/duties/inspections/2026-01-19']])
  await aPublishedItem(deps, bodyId, { title: '重大项目清单', classification: { codes: ['A20_10'] } })
  expect(await textOf('/desk/duties/inspections/2026-01-19')).toBe(page)
  await run('2026-01-26')
  const next = await textOf('/desk/duties/inspections/2026-01-26')
  expect(next).toMatch(/已整改 \d+ 处/)
  expect(rowWith(next.slice(next.indexOf('已整改')), '第二十条第（十）项')).toContain('空白事项')
  expect(rowWith(next, '逾期的采购目录')).toContain('2026-01-19')
  expect(await textOf('/desk/duties/inspections')).toMatch(/2026-01-26[\s\S]*2026-01-19/)
  const pdf = await get('/desk/duties/inspections/2026-01-26/report.pdf')
  expect([pdf.status, Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  expect(await textOf('/desk/duties/inspections', 'office')).toContain('2026-01-26')
  expect(rowWith(await textOf('/desk/duties/inspections/2026-01-26', 'office'), '示例街道办事处')).not.toBe('')
  const docx = await get('/desk/duties/bodies/sljd/inspections/2026-01-26/report.docx', 'office')
  expect([docx.status, Buffer.from(await docx.arrayBuffer()).subarray(0, 2).toString()]).toEqual([200, 'PK'])
  expect((await get('/desk/duties/inspections/2026-02-02')).status).toBe(404)
})

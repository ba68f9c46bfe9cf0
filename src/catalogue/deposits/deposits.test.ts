import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { transaction } from '../../platform/connect.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { depositToDos } from './deposit-to-dos.ts'

const { db, deps, files, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], publisher: ['publisher'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
const HOME = '/desk/deposits'
let bodyId = ''
const items = { duties: '', budget: '', late: '' }

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `de.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
  setToday('2026-01-15')
  const pdf = { name: '附表.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 附表') }
  items.duties = (await aPublishedItem(deps, bodyId, { title: '机构职能', publishedOn: '2026-01-05', docNo: '示街办〔2026〕1号', attachments: [pdf, { ...pdf, content: Buffer.from('%PDF-1.7 另一份') }] })).itemId
  items.budget = (await aPublishedItem(deps, bodyId, { title: '2026年部门预算', publishedOn: '2026-01-10', html: '<p>收入与支出<a href="https://example.cn">链接</a></p>' })).itemId
  items.late = (await aPublishedItem(deps, bodyId, { title: '后公开的', publishedOn: '2026-01-20' })).itemId
})
afterAll(() => closePdf())

async function headersOf(who: Who) {
  return { cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
}
const get = async (path: string, who: Who = 'officer') => app.request(path, { headers: await headersOf(who) })
const plain = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const textOf = async (path: string, who: Who = 'officer') => plain(await (await get(path, who)).text())
const post = async (path: string, fields: Record<string, string>, who: Who = 'officer') => app.request(path, { method: 'POST', headers: await headersOf(who), body: new URLSearchParams(fields).toString() })
const recipientOf = async (name: string) => (await db.selectFrom('deposit_recipient').select('recipient_id').where('name', '=', name).executeTakeFirstOrThrow()).recipient_id
const versionOf = async (id: string) => String((await db.selectFrom('deposit').select('version').where('deposit_id', '=', id).executeTakeFirstOrThrow()).version)

async function make(name: string, to = '2026-01-15'): Promise<string> {
  const answer = await post(`${HOME}/new`, { recipient: await recipientOf(name), from: '2026-01-01', to })
  if (answer.status !== 303) throw new Error(plain(await answer.text()))
  return (answer.headers.get('location') ?? '').slice(HOME.length + 1)
}
const step = async (id: string, name: string, fields: Record<string, string> = {}) => post(`${HOME}/${id}/${name}`, { version: await versionOf(id), ...fields })

test('recipients are the body’s own table; names do not repeat, who may not handle may not write', async () => {
  expect(await textOf(HOME)).toContain('先写接收单位')
  for (const [name, kind, copies] of [['武昌区档案馆', 'archive', '2'], ['武昌区图书馆', 'library', '1']] as const) expect((await post(`${HOME}/recipients`, { name, kind, copies })).status).toBe(303)
  const again = await post(`${HOME}/recipients`, { name: '武昌区档案馆', kind: 'archive', copies: '1' })
  expect([again.status, plain(await again.text()).includes('已经有这个名称')]).toEqual([422, true])
  expect((await post(`${HOME}/recipients`, { name: '某馆', kind: 'museum', copies: '0' })).status).toBe(422)
  expect((await post(`${HOME}/recipients`, { name: '某馆', kind: 'library', copies: '1' }, 'publisher')).status).toBe(403)
  expect((await get(`${HOME}/new`, 'publisher')).status).toBe(403)
})

test('第二十五条: a list of what was published in the period and not yet handed to this recipient', async () => {
  const id = await make('武昌区档案馆')
  const page = await textOf(`${HOME}/${id}`)
  expect(page).toMatch(/机构职能 示街办〔2026〕1号.*2026年部门预算/)
  expect(page).not.toContain('后公开的')
  expect(page).toContain('2 件，4 份')
  const none = await post(`${HOME}/new`, { recipient: await recipientOf('武昌区档案馆'), from: '2026-01-01', to: '2026-01-15' })
  expect([none.status, plain(await none.text()).includes('都移送过了')]).toEqual([422, true])
  // 另一个单位照列
  expect(await textOf(`${HOME}/${await make('武昌区图书馆')}`)).toContain('2 件，2 份')
  expect((await step(id, 'copies', { [`copies.${items.duties}`]: '5', [`copies.${items.budget}`]: '101' })).status).toBe(422)
  expect((await step(id, 'copies', { [`copies.${items.duties}`]: '5', [`copies.${items.budget}`]: '0' })).status).toBe(303)
  expect(await textOf(`${HOME}/${id}`)).toContain('1 件，5 份')
  expect((await step(id, 'cancel')).status).toBe(303)
  expect((await get(`${HOME}/${id}/list.pdf`)).status).toBe(404)
  expect(await textOf(`${HOME}/${await make('武昌区档案馆')}`)).toContain('2 件，4 份')
})

test('the printable list holds name, number, day, copies, recipient and room to sign, in three formats', async () => {
  const { deposit_id: id } = await db.selectFrom('deposit').select('deposit_id').where('state', '=', 'draft').where('recipient_id', '=', await recipientOf('武昌区档案馆')).executeTakeFirstOrThrow()
  const starts = { pdf: '%PDF', docx: 'PK\u0003\u0004', xlsx: 'PK\u0003\u0004' } as const
  for (const [format, start] of Object.entries(starts)) {
    const response = await get(`${HOME}/${id}/list.${format}`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([format, response.status, bytes.subarray(0, start.length).toString('latin1')]).toEqual([format, 200, start])
    if (format !== 'docx') continue
    const xml = Buffer.from(unzipSync(bytes)['word/document.xml'] ?? []).toString('utf8')
    for (const words of ['主动公开政府信息移送清单', '示街办〔2026〕1号', '2026-01-05', '份数', '武昌区档案馆', '签收人', '第3号']) expect(xml).toContain(words)
  }
  expect((await get(`${HOME}/${id}/list.html`)).status).toBe(404)
})

test('the package: each file with SM3 and SHA-256, same bytes each time; what is withdrawn is not in it', async () => {
  const { deposit_id: id } = await db.selectFrom('deposit').select('deposit_id').where('state', '=', 'draft').where('recipient_id', '=', await recipientOf('武昌区档案馆')).executeTakeFirstOrThrow()
  const take = async () => Buffer.from(await (await get(`${HOME}/${id}/package.zip`)).arrayBuffer())
  const bytes = await take()
  expect((await take()).equals(bytes)).toBe(true)
  const zip = unzipSync(bytes)
  expect(Object.keys(zip).toSorted()).toEqual(['001 机构职能/信息.json', '001 机构职能/正文.html', '001 机构职能/附件/附表.pdf', '001 机构职能/附件/附表（2）.pdf', '002 2026年部门预算/信息.json', '002 2026年部门预算/正文.html', 'manifest.json'].toSorted())
  const manifest: { files: { path: string; size: number; sm3: string; sha256: string }[]; left: unknown[] } = JSON.parse(Buffer.from(zip['manifest.json'] ?? []).toString('utf8'))
  expect(manifest.files).toHaveLength(6)
  for (const { path, size, sm3, sha256 } of manifest.files) {
    const content = zip[path] ?? new Uint8Array()
    expect([content.length, createHash('sm3').update(content).digest('hex'), createHash('sha256').update(content).digest('hex')]).toEqual([size, sm3, sha256])
  }
  expect(Buffer.from(zip['002 2026年部门预算/正文.html'] ?? []).toString('utf8')).toContain('收入与支出')
  const { details } = await db.selectFrom('published_item').select('details').where('item_id', '=', items.duties).executeTakeFirstOrThrow()
  const gone = details?.attachments[0]?.key ?? ''
  const kept = await files.get(gone)
  await files.remove(gone)
  const refused = await get(`${HOME}/${id}/package.zip`)
  expect(refused.status).toBe(303)
  await files.put(kept, { maxBytes: 1000 })
})

test('signed for, then closed; what is withdrawn afterwards must be told to the recipient', async () => {
  const { deposit_id: id } = await db.selectFrom('deposit').select('deposit_id').where('state', '=', 'draft').where('recipient_id', '=', await recipientOf('武昌区档案馆')).executeTakeFirstOrThrow()
  const stale = await versionOf(id)
  for (const fields of [{ receiver: '', on: '2026-01-15' }, { receiver: '馆员（演示）', on: '2026-01-16' }, { receiver: '馆员（演示）', on: '2026-01-14' }]) expect((await step(id, 'hand-over', fields)).status).toBe(422)
  expect((await step(id, 'hand-over', { receiver: '馆员（演示）', on: '2026-01-15' })).status).toBe(303)
  expect(await textOf(`${HOME}/${id}`)).toContain('馆员（演示），2026-01-15')
  expect((await post(`${HOME}/${id}/copies`, { version: stale, [`copies.${items.duties}`]: '1' })).status).toBe(303)
  expect(await textOf(`${HOME}/${id}`)).toContain('2 件，4 份')
  expect((await step(id, 'cancel')).status).toBe(303)
  expect((await db.selectFrom('deposit').select('state').where('deposit_id', '=', id).executeTakeFirstOrThrow()).state).toBe('handed')
  expect((await step(id, 'recall', { item: items.budget, note: '电话通知' })).status).toBe(409)
  setToday('2026-01-22')
  await transaction(db, (tx) => withdraw(tx, bodyId, items.budget))
  expect(await depositToDos(deps, people.get('officer')!)).toMatchObject([{ title: '通知武昌区档案馆：《2026年部门预算》已撤回', href: `${HOME}/${id}` }, { title: '移送清单 2026年第2号' }])
  expect(await depositToDos(deps, people.get('publisher')!)).toEqual([])
  const zip = unzipSync(Buffer.from(await (await get(`${HOME}/${id}/package.zip`)).arrayBuffer()))
  expect(Object.keys(zip).some((path) => path.includes('预算'))).toBe(false)
  expect(Buffer.from(zip['manifest.json'] ?? []).toString('utf8')).toContain('已撤回')
  expect((await step(id, 'recall', { item: items.budget, note: '' })).status).toBe(422)
  expect((await step(id, 'recall', { item: items.budget, note: '打 13800001234 通知' })).status).toBe(422)
  expect((await step(id, 'recall', { item: items.budget, note: '电话通知馆藏部，已撤下' })).status).toBe(303)
  expect(await textOf(`${HOME}/${id}`)).toContain('2026-01-22 已通知 电话通知馆藏部，已撤下')
  expect(await depositToDos(deps, people.get('officer')!)).toHaveLength(1)
})

test('withdrawn before it was handed over: dropped at the signing; a later edition is owed again', async () => {
  const { deposit_id: id } = await db.selectFrom('deposit').select('deposit_id').where('recipient_id', '=', await recipientOf('武昌区图书馆')).executeTakeFirstOrThrow()
  expect(await textOf(`${HOME}/${id}`)).toContain('已撤回，不移送')
  expect((await step(id, 'hand-over', { receiver: '馆员（演示）', on: '2026-01-22' })).status).toBe(303)
  expect(await db.selectFrom('deposit_line').select('item_id').where('deposit_id', '=', id).execute()).toEqual([{ item_id: items.duties }])
  await db.updateTable('published_item').set({ edition: 2, published_on: '2026-01-21' }).where('item_id', '=', items.duties).execute()
  const next = await make('武昌区图书馆', '2026-01-22')
  expect(await textOf(`${HOME}/${next}`)).toMatch(/后公开的.*机构职能/)
  expect(await textOf(`${HOME}/${id}`)).toContain('移送之后改了版')
  const zip = unzipSync(Buffer.from(await (await get(`${HOME}/${id}/package.zip`)).arrayBuffer()))
  expect(Buffer.from(zip['manifest.json'] ?? []).toString('utf8')).toContain('移送之后改了版')
})

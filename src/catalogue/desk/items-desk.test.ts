import { strToU8, zipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { toDocx } from '../../documents/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { contentJobs } from '../content/jobs.ts'
import { closeFileReader } from '../content/read-file.ts'
import { filesOf } from '../item-details.ts'
import { withdrawItem } from '../item-rules.ts'
import { getCalendar } from '../../bodies/index.ts'
import { getItem, saveItems } from '../store.ts'
import { aPublishedItem } from '../testing-published.ts'
import { catalogueVerifiers } from '../verify-catalogue.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], publisher: ['publisher'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS | 'stranger'
const cookies = new Map<Who, string>()
const people = new Map<Who, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  const other = await aBody(deps, { code: 'qt', name: '其他街道办事处', kind: 'street', codeWord: '其' })
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `i.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
  people.set('stranger', await createAccount(db, { name: 'i.stranger', displayName: '外人', bodyId: other.bodyId, roles: ['disclosure-officer'] }))
})
beforeEach(async () => {
  setToday('2026-01-15')
  for (const [who, actor] of people) cookies.set(who, await cookieFor(db, actor, deps.clock.now()))
})
afterAll(closeFileReader)

const get = (path: string, who: Who = 'officer') => app.request(path, { headers: { cookie: cookies.get(who) ?? '' } })
const pageOf = async (path: string, who: Who = 'officer') => (await get(path, who)).text()
type Given = Record<string, string | readonly string[] | readonly File[]>
function post(path: string, given: Given, who: Who = 'officer') {
  const body = new FormData()
  for (const [name, value] of Object.entries(given)) for (const one of Array.isArray(value) ? (value as readonly (string | File)[]) : [value as string]) body.append(name, one)
  return app.request(path, { method: 'POST', headers: { cookie: cookies.get(who) ?? '', 'sec-fetch-site': 'same-origin' }, body })
}
const FILLED = { title: '示例街道 2026 年部门预算', docNo: '示街〔2026〕1号', summary: '收支预算与三公经费', origin: 'made', formedOn: '2026-01-05', issuer: '示例街道办事处', topic: 'finance', genre: 'report', keywords: '预算、三公', block: 'statutory', attribute: 'proactive', codes: 'A20_07', term: 'GENERAL', body: '第一段\n第二段' }
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name)
const seenIn = (html: string) => /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
const errorsIn = (html: string) => /id="errors"[\s\S]*?<\/div>/.exec(html)?.[0] ?? ''
const stateOf = async (itemId: string) => getItem(db, bodyId, itemId)
async function register(more: Given = {}): Promise<string> {
  const itemId = typeof more['itemId'] === 'string' ? more['itemId'] : newId()
  const response = await post('/desk/items/new', { seen: '0', ...FILLED, ...more, itemId })
  expect([response.status, response.headers.get('location')], errorsIn(await response.clone().text())).toEqual([303, `/desk/items/${itemId}`])
  return itemId
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describe('registering', () => {
  test('metadata, text and files become one content; the number comes from the template; the due day is explained', async () => {
    const itemId = await register({ files: [file('预算.txt', '一般公共预算 1200 万元')] })
    const { state } = await stateOf(itemId)
    expect(state).toMatchObject({ status: 'attribute-determined', content: { title: FILLED.title, docNo: FILLED.docNo, details: { keywords: ['预算', '三公'], topic: 'finance', attachments: [{ name: '预算.txt', mediaType: 'text/plain' }] } }, classification: { codes: ['A20_07'], term: 'GENERAL' } })
    expect(state.indexNo).toMatch(/^\S+\/2026-\d{5}$/)
    expect(state.content.files).toEqual(filesOf(state.content.details!))
    expect((await deps.files.get(state.content.details?.body ?? '')).toString()).toBe('<p>第一段</p>\n<p>第二段</p>')
    const page = await pageOf(`/desk/items/${itemId}`)
    expect(page).toContain('<time dateTime="2026-02-02">2026-02-02</time>')
    expect(page).toContain('自 2026-01-05 形成之日起 20 个工作日（政府信息公开条例第二十六条）')
    expect(page).toContain('文字已读出')
    expect(await db.selectFrom('item_file').select(['role', 'text']).where('item_id', '=', itemId).orderBy('role').execute()).toEqual([{ role: 'attachment', text: '一般公共预算 1200 万元' }, { role: 'body', text: '第一段\n第二段' }])
  })

  test.each([
    ['title', '', '请写标题'],
    ['formedOn', '2026-02-30', '不是日期'],
    ['formedOn', '2026-01-16', '晚于今日'],
    ['codes', '', '至少选一项'],
    ['title', '关于张三 11010519491231002X 的通知', '身份证'],
  ])('wrong %s %j is told beside it, and all that was typed stays, files too', async (name, value, words) => {
    const itemId = newId()
    const response = await post('/desk/items/new', { itemId, seen: '0', ...FILLED, [name]: value, files: [file('说明.txt', '说明')] })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(errorsIn(html)).toContain(words)
    expect(errorsIn(html)).not.toContain('文件要重新选')
    for (const kept of ['示街〔2026〕1号', '第一段\n第二段', '说明.txt']) expect(html).toContain(kept)
    // 第二天再来，也还在
    expect(await pageOf(`/desk/items/new?item=${itemId}`)).toContain('说明.txt')
    expect(await pageOf('/desk/items')).toContain(`/desk/items/new?item=${itemId}`)
  })

  test('numbers of a person in title and summary are told together with the rest, each beside its field', async () => {
    const html = await (await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, title: '张三 13800001234', summary: '11010519491231002X', codes: '' })).text()
    for (const words of ['href="#f-title">标题', 'href="#f-summary">概述', 'href="#f-codes">主动公开的']) expect(errorsIn(html)).toContain(words)
  })

  test('special terms and exempt items need what the law asks', async () => {
    const tell = async (more: Given) => errorsIn(await (await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, ...more })).text())
    expect(await tell({ term: 'BUDGET' })).toContain('自哪一日起算')
    expect(await tell({ attribute: 'exempt', codes: '' })).toContain('依据')
    const exempt = await register({ attribute: 'exempt', codes: '', exemptionCode: 'A16_INTERNAL', exemptionReason: '内部工作流程' })
    expect((await stateOf(exempt)).state).toMatchObject({ status: 'exempt', classification: { attribute: 'exempt', codes: [], exemption: { code: 'A16_INTERNAL' } } })
    const undecided = await register({ attribute: '', codes: '' })
    expect((await stateOf(undecided)).state).toMatchObject({ status: 'formed', classification: null })
  })

  test('G47: a department budget approved on 2025-01-20 is due on Sunday 02-09, the day to finish by is 02-08', async () => {
    const itemId = await register({ formedOn: '2025-01-18', term: 'BUDGET', termFrom: '2025-01-20' })
    const page = await pageOf(`/desk/items/${itemId}`)
    expect(page).toContain('<time dateTime="2025-02-09">')
    expect(page).toContain('请在 2025-02-08 之前公开')
  })

  test('an officer of another body finds nothing, a publisher may read but not write', async () => {
    const itemId = await register()
    expect((await get(`/desk/items/${itemId}`, 'stranger')).status).toBe(404)
    expect((await get(`/desk/items/${itemId}/edit`, 'stranger')).status).toBe(404)
    const { state } = await stateOf(itemId)
    expect((await get(`/desk/items/${itemId}/files/${state.content.files[0]}`, 'stranger')).status).toBe(404)
    expect((await get(`/desk/items/${itemId}`, 'publisher')).status).toBe(200)
    expect((await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED }, 'publisher')).status).toBe(403)
    // 别人机构的条目号拿来登记，两边互不相干
    expect((await post('/desk/items/new', { itemId, seen: '0', ...FILLED, title: '外人的' }, 'stranger')).status).toBe(303)
    expect((await stateOf(itemId)).state.content.title).toBe(FILLED.title)
  })
})

describe('text', () => {
  test('what is pasted is cleaned by the server, its pictures kept under the item', async () => {
    const itemId = newId()
    const response = await post(`/desk/items/${itemId}/paste`, { html: `<p class=MsoNormal style="color:red">甲<o:p></o:p></p><img src="data:image/png;base64,${PNG.toString('base64')}" alt="示意图">` })
    const { html, notes } = (await response.json()) as { html: string; notes: string[] }
    expect(html).toMatch(new RegExp(`^<p>甲</p>\\n<figure><img src="/desk/items/${itemId}/files/[0-9a-f]{64}" alt="示意图"></figure>$`))
    expect(notes).toEqual([])
    const src = /src="([^"]+)"/.exec(html)?.[1] ?? ''
    const picture = await get(src)
    expect([picture.status, picture.headers.get('content-type'), Buffer.from(await picture.arrayBuffer())]).toEqual([200, 'image/png', PNG])
    await register({ itemId, body: html })
    const { state } = await stateOf(itemId)
    expect(state.content.details?.pictures).toMatchObject([{ mediaType: 'image/png', bytes: PNG.byteLength }])
    expect((await deps.files.get(state.content.details?.body ?? '')).toString()).toMatch(/<img src="file:[0-9a-f]{64}" alt="示意图">/)
    // 编辑框里又是可以看的地址
    expect(await pageOf(`/desk/items/${itemId}/edit`)).toContain(src)
  })

  test('a picture is inserted, and named later', async () => {
    const itemId = newId()
    const { html } = (await (await post(`/desk/items/${itemId}/paste`, { picture: [file('a.png', new Uint8Array(PNG))], alt: '' })).json()) as { html: string }
    const form = await (await post('/desk/items/new', { itemId, seen: '0', ...FILLED, body: html, do: 'upload' })).text()
    expect(form).toContain('有 1 张图片没有说明')
    const key = /name="alt:([0-9a-f]{64})"/.exec(form)?.[1] ?? ''
    await register({ itemId, body: html, [`alt:${key}`]: '办公楼位置图' })
    expect((await deps.files.get((await stateOf(itemId)).state.content.details?.body ?? '')).toString()).toContain('alt="办公楼位置图"')
    expect((await post(`/desk/items/${itemId}/paste`, { picture: [file('a.png', 'not a picture')] })).status).toBe(422)
  })

  test('a picture of a stranger is not taken along', async () => {
    const theirs = (await (await post(`/desk/items/${newId()}/paste`, { picture: [file('b.png', new Uint8Array(Buffer.concat([PNG, Buffer.from('x')])))] }, 'stranger')).json()) as { html: string }
    const itemId = await register({ body: `<p>甲</p>${theirs.html}` })
    expect((await stateOf(itemId)).state.content.details?.pictures).toEqual([])
  })

  test('a Word file is read into the text, after what is there', async () => {
    const bytes = await toDocx({ title: '方案', creator: '示例', datedOn: '2026-01-05', demo: false, blocks: [{ kind: 'paragraph', spans: ['从 Word 来的一段'] }] })
    const html = await (await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, do: 'word', word: [file('方案.docx', new Uint8Array(bytes))] })).text()
    expect(html).toContain('已从「方案.docx」读入正文')
    expect(html).toContain('<p>第二段</p>')
    expect(html).toContain('从 Word 来的一段')
    const refused = await (await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, do: 'word', word: [file('旧.doc', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]))] })).text()
    expect(errorsIn(refused)).toContain('DOCX')
  })

  test('a text that is too long is refused in words and stays in the box', async () => {
    const itemId = newId()
    await post('/desk/items/new', { itemId, seen: '0', ...FILLED, do: 'draft' })
    const response = await post('/desk/items/new', { itemId, seen: '0', ...FILLED, body: '很长'.repeat(500_100) })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(errorsIn(html)).toContain('附件')
    expect(html).toContain('很长很长')
    expect(await pageOf(`/desk/items/new?item=${itemId}`)).toContain('第一段')
  })
})

describe('attachments', () => {
  test('several at once: refused ones are named, duplicates told, the same name gets a number; order and names can change', async () => {
    const itemId = newId()
    const form = { itemId, seen: '0', ...FILLED, do: 'upload' }
    const html = await (await post('/desk/items/new', { ...form, files: [file('表.txt', '甲'), file('表.txt', '乙'), file('又是.txt', '甲'), file('病毒.exe', new Uint8Array([0x4d, 0x5a, 0, 1])), file('包.zip', zipSync({ 'a.txt': strToU8('a') }))] })).text()
    for (const words of ['「又是.txt」与已有的「表.txt」内容一样', '「病毒.exe」没有收：认不出', '「包.zip」没有收：压缩包']) expect(errorsIn(html)).toContain(words)
    const keys = [...html.matchAll(/name="attachment" value="([0-9a-f]{64})"/g)].map(([, key = '']) => key)
    expect([...html.matchAll(/name="name:[0-9a-f]{64}"[^>]*value="([^"]+)"/g)].map(([, name]) => name)).toEqual(['表.txt', '表（2）.txt'])
    const moved = await (await post('/desk/items/new', { ...form, attachment: keys, do: `up:${keys[1]}`, [`name:${keys[0]}`]: '附表一' })).text()
    expect([...moved.matchAll(/name="name:[0-9a-f]{64}"[^>]*value="([^"]+)"/g)].map(([, name]) => name)).toEqual(['表（2）.txt', '附表一.txt'])
    await register({ itemId, attachment: [keys[1]!, keys[0]!], [`name:${keys[0]}`]: '附表一' })
    expect((await stateOf(itemId)).state.content.details?.attachments.map(({ name }) => name)).toEqual(['表（2）.txt', '附表一.txt'])
    const other = await (await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, do: 'upload', files: [file('我的.txt', '甲')] })).text()
    expect(other).toContain(`已附在《${FILLED.title}》里`)
    expect(errorsIn(other)).toBe('')
  })

  test('the same file elsewhere is a note: one press registers, and the note is told', async () => {
    await register({ files: [file('通知.txt', '只有一份的内容')] })
    const itemId = newId()
    const response = await post('/desk/items/new', { itemId, seen: '0', ...FILLED, title: '又一条', files: [file('再来.txt', '只有一份的内容')] })
    expect([response.status, response.headers.get('location')]).toEqual([303, `/desk/items/${itemId}`])
    const said = Buffer.from(/notice=ok\.([\w-]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '', 'base64url').toString('utf8')
    expect(said).toContain(`已附在《${FILLED.title}》里`)
  })

  test('a file that is not what its name says: a document is refused with the reason, others are renamed and told', async () => {
    const itemId = newId()
    const html = await (await post('/desk/items/new', { itemId, seen: '0', ...FILLED, do: 'upload', files: [file('公告.pdf', '其实是文字'), file('图.jpg', PNG)] })).text()
    expect(errorsIn(html)).toContain('「公告.pdf」没有收：里面不是 PDF，是文本')
    expect(errorsIn(html)).not.toContain('图.jpg')
    expect(html).toContain('「图.jpg」收下了；照里面的内容，名称改为「图.png」')
    expect([...html.matchAll(/name="name:[0-9a-f]{64}"[^>]*value="([^"]+)"/g)].map(([, name]) => name)).toEqual(['图.png'])
  })

  test('taken out of the draft it is gone from the content; a web page is only ever downloaded', async () => {
    const itemId = await register({ files: [file('页.html', '<html><script>alert(1)</script>甲')] })
    const { state, version } = await stateOf(itemId)
    const [attachment] = state.content.details?.attachments ?? []
    const served = await get(`/desk/items/${itemId}/files/${attachment?.key}/页.html`)
    expect([served.headers.get('content-disposition')?.startsWith('attachment'), served.headers.get('x-content-type-options')]).toEqual([true, 'nosniff'])
    expect((await post(`/desk/items/${itemId}/edit`, { seen: String(version), ...FILLED, attachment: attachment?.key ?? '', do: `remove:${attachment?.key}` })).status).toBe(200)
    expect((await post(`/desk/items/${itemId}/edit`, { seen: String(version), ...FILLED })).status).toBe(303)
    expect((await stateOf(itemId)).state.content.details?.attachments).toEqual([])
  })

  test('a key that was never given here is not taken', async () => {
    const theirs = await register({ files: [file('内部.txt', '不公开的')] })
    const key = (await stateOf(theirs)).state.content.details?.attachments[0]?.key ?? ''
    const itemId = await register({ attachment: key })
    expect((await stateOf(itemId)).state.content.details?.attachments).toEqual([])
  })
})

describe('changing', () => {
  test('the same again changes nothing; a change makes a version whose difference can be read', async () => {
    const itemId = await register()
    const { version } = await stateOf(itemId)
    const same = await post(`/desk/items/${itemId}/edit`, { seen: String(version), ...FILLED })
    expect([same.status, errorsIn(await same.text())]).toEqual([422, expect.stringContaining('没有改动')])
    setToday('2026-01-16')
    cookies.set('officer', await cookieFor(db, people.get('officer')!, deps.clock.now()))
    expect((await post(`/desk/items/${itemId}/edit`, { seen: String(version), ...FILLED, body: '第一段\n第二段改了', codes: ['A20_07', 'A20_09'] })).status).toBe(303)
    const { history, state } = await stateOf(itemId)
    expect(history.map(({ event }) => event.kind)).toEqual(['formed', 'attribute-determined', 'content-changed', 'attribute-determined'])
    expect(state.changedOn).toBeNull()
    const page = await pageOf(`/desk/items/${itemId}/versions/2`)
    expect(page).toContain('<ins><span class="vh">新增：</span>改了</ins>')
    expect(page).toContain('第二十条第（九）项')
    expect((await get(`/desk/items/${itemId}/versions/1`)).status).toBe(404)
  })

  test('two change at once: the later is shown what the other did, keeps his own, and may decide', async () => {
    const itemId = await register()
    const seen = seenIn(await pageOf(`/desk/items/${itemId}/edit`))
    await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, do: 'draft' }, 'handler')
    expect(await pageOf(`/desk/items/${itemId}/edit`)).toContain('handler（演示）也在改这一条')
    expect((await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '别人改的标题' }, 'handler')).status).toBe(303)
    const late = await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, summary: '我改的概述' })
    const html = await late.text()
    expect(late.status).toBe(409)
    for (const words of ['别人先改了这一条', '我改的概述', '别人改的']) expect(html).toContain(words)
    expect((await stateOf(itemId)).state.content.title).toBe('别人改的标题')
    const overwrite = /value="(overwrite:\d+)"/.exec(html)?.[1] ?? ''
    expect((await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, summary: '我改的概述', do: overwrite })).status).toBe(303)
    expect((await stateOf(itemId)).state.content).toMatchObject({ title: FILLED.title, summary: '我改的概述' })
  })

  test('a form sent twice registers once; sent again with other words, it asks', async () => {
    const itemId = newId()
    await register({ itemId })
    const twice = await post('/desk/items/new', { itemId, seen: '0', ...FILLED })
    expect([twice.status, twice.headers.get('location')]).toEqual([303, `/desk/items/${itemId}`])
    expect((await stateOf(itemId)).history).toHaveLength(2)
    const other = await post('/desk/items/new', { itemId, seen: '0', ...FILLED, title: '退回去又改了的标题' })
    const html = await other.text()
    expect(other.status).toBe(409)
    expect(html).toContain(`action="/desk/items/${itemId}/edit"`)
    expect((await post(`/desk/items/${itemId}/edit`, { seen: '0', ...FILLED, title: '退回去又改了的标题', do: /value="(overwrite:\d+)"/.exec(html)?.[1] ?? '' })).status).toBe(303)
    expect((await stateOf(itemId)).state.content.title).toBe('退回去又改了的标题')
  })

  test('autosave keeps a draft without handing in, tells of a change by another, and never covers another window', async () => {
    const itemId = await register()
    const seen = seenIn(await pageOf(`/desk/items/${itemId}/edit`))
    const auto = (title: string, known: string) => post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title, do: 'auto', known })
    const first = await auto('改到一半', '')
    expect(first.status).toBe(200)
    const { known, said } = (await first.json()) as { known: string; said: string }
    expect(said).toBe('已自动保存 12:00')
    expect((await stateOf(itemId)).state.content.title).toBe(FILLED.title)
    const page = await pageOf(`/desk/items/${itemId}/edit`)
    expect(page).toContain('value="改到一半"')
    expect(page).toContain(`data-autosave="${known}"`)

    // 另一个窗口先存过的不盖掉
    setToday('2026-01-16')
    cookies.set('officer', await cookieFor(db, people.get('officer')!, deps.clock.now()))
    expect((await auto('另一个窗口', '')).status).toBe(409)
    const second = (await (await auto('又改了', known)).json()) as { known: string }
    expect((await auto('旧的窗口', known)).status).toBe(409)
    expect(await pageOf(`/desk/items/${itemId}/edit`)).toContain('value="又改了"')

    // 别人先交了：照存，说明白，交的时候给看不同
    cookies.set('handler', await cookieFor(db, people.get('handler')!, deps.clock.now()))
    await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '别人改的' }, 'handler')
    const third = (await (await auto('我改的', second.known)).json()) as { known: string; said: string }
    expect(third.said).toContain('其间别人改了这一条')
    const handedIn = await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '我改的' })
    expect([handedIn.status, (await handedIn.text()).includes('别人改的')]).toEqual([409, true])

    // 放弃之后迟到的一次，不使它复出
    await post(`/desk/items/${itemId}/draft/discard`, {})
    expect((await auto('迟到的', third.known)).status).toBe(409)
    expect(await pageOf(`/desk/items/${itemId}/edit`)).toContain('value="别人改的"')
    expect((await auto('坏的', 'x')).status).toBe(422)
  })

  test('a draft can be given up; the item is as it was', async () => {
    const itemId = await register()
    const seen = seenIn(await pageOf(`/desk/items/${itemId}/edit`))
    expect((await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '改到一半', do: 'draft' })).status).toBe(303)
    expect(await pageOf(`/desk/items/${itemId}/edit`)).toContain('改到一半')
    expect(await pageOf(`/desk/items/${itemId}/draft/discard`)).toContain('放弃《改到一半》？')
    expect((await post(`/desk/items/${itemId}/draft/discard`, {})).status).toBe(303)
    expect(await pageOf(`/desk/items/${itemId}/edit`)).not.toContain('改到一半')
  })

  test('a withdrawn item is mended under its number, and its old address keeps the notice', async () => {
    const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '有误的一条' })
    const found = await getItem(db, bodyId, itemId)
    const withdrawn = withdrawItem(found.state, { on: deps.clock.today(), reason: '数字有误', notice: '正在更正' })
    if (!withdrawn.ok) throw new Error(withdrawn.refusal)
    await saveItems(db, [{ found, events: withdrawn.events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(db))
    const seen = seenIn(await pageOf(`/desk/items/${itemId}/edit`))
    expect((await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '改好的一条' })).status).toBe(303)
    expect((await stateOf(itemId)).state).toMatchObject({ indexNo, status: 'attribute-determined', withdrawNotice: '正在更正' })
    expect((await get(`/items/${indexNo}`)).status).toBe(410)
  })

  test('a published item changes at the desk; the public still sees what was published', async () => {
    const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '公开着的一条' })
    const seen = seenIn(await pageOf(`/desk/items/${itemId}/edit`))
    expect((await post(`/desk/items/${itemId}/edit`, { seen, ...FILLED, title: '正在改的一条' })).status).toBe(303)
    expect(await pageOf(`/items/${indexNo}`)).not.toContain('正在改的一条')
    expect(await pageOf(`/desk/items/${itemId}`)).toContain('公众看到的是第 1 版')
    const back = await post(`/desk/items/${itemId}/edit`, { seen: seenIn(await pageOf(`/desk/items/${itemId}/edit`)), ...FILLED, attribute: 'on-request', codes: '' })
    expect(errorsIn(await back.text())).toContain('请办撤回')
  })
})

test('relations are found by title or number, kept by number, and an unknown number is refused', async () => {
  const { indexNo } = await aPublishedItem(deps, bodyId, { title: '示例街道停车管理办法' })
  const itemId = newId()
  const form = { itemId, seen: '0', ...FILLED }
  const found = await (await post('/desk/items/new', { ...form, relationSearch: '停车管理', do: 'find' })).text()
  expect(found).toContain(`value="relate:${indexNo}"`)
  const related = await (await post('/desk/items/new', { ...form, relationKind: 'interprets', do: `relate:${indexNo}` })).text()
  expect(related).toContain(`name="relation" value="interprets ${indexNo}"`)
  await register({ itemId, relation: `interprets ${indexNo}` })
  expect((await stateOf(itemId)).state.content.details?.relations).toEqual([{ kind: 'interprets', indexNo }])
  expect(await pageOf(`/desk/items/${itemId}`)).toContain('示例街道停车管理办法')
  const unknown = await post('/desk/items/new', { itemId: newId(), seen: '0', ...FILLED, relation: 'revises 没有/2020-00001' })
  expect([unknown.status, errorsIn(await unknown.text())]).toEqual([422, expect.stringContaining('查无索引号')])
})

describe('the list', () => {
  test('search, filters, late, order, export with a trace', async () => {
    const late = await register({ title: '逾期的那条', formedOn: '2025-11-03', codes: 'A20_12' })
    const { state } = await stateOf(late)
    const has = async (query: string) => (await pageOf(`/desk/items?${query}`)).includes('逾期的那条')
    for (const query of ['q=逾期', `q=${encodeURIComponent(state.indexNo)}`, 'due=late', 'code=A20_12', 'year=2025', 'attribute=proactive', 'status=attribute-determined', 'sort=dueOn']) expect(await has(query), query).toBe(true)
    for (const query of ['q=没有这个', 'year=2024', 'attribute=exempt', 'status=published', 'code=A20_01']) expect(await has(query), query).toBe(false)
    expect(await pageOf('/desk/items')).toMatch(/\d+ 条过了期限还没有公开/)
    const csv = await (await get('/desk/items.csv?due=late')).text()
    expect(csv.split('\r\n').filter((line) => line.includes('逾期的那条'))).toHaveLength(1)
    const { sheets } = await readXlsx(Buffer.from(await (await get('/desk/items.xlsx?due=late')).arrayBuffer()))
    expect(sheets[0]?.rows.map((row) => row[1])).toContain('逾期的那条')
    expect((await get('/desk/items.csv', 'handler')).status).toBe(403)
    expect(await db.selectFrom('audit_event').select('action').where('action', '=', 'item.exported-list').execute()).toHaveLength(2)
  })

  test('fifty on a Friday: fifty registered, the list pages, they wait to be sent together', async () => {
    for (let i = 0; i < 51; i++) await register({ title: `周五的第 ${i + 1} 条` })
    const page = await pageOf('/desk/items?q=周五')
    expect(page).toContain('共 51 条')
    expect(page).toContain('/desk/items/review?step=submit')
    expect((await get('/desk/items/review?step=submit')).status).toBe(200)
  })
})

test('drafts not touched for ninety days go, with the files that belong to nothing', async () => {
  const itemId = newId()
  await post('/desk/items/new', { itemId, seen: '0', ...FILLED, do: 'draft', files: [file('忘了.txt', '忘了的')] })
  setToday('2026-05-01')
  await contentJobs['catalogue.purge-item-drafts']!(deps, {})
  expect(await db.selectFrom('item_draft').select('item_id').where('item_id', '=', itemId).execute()).toEqual([])
  expect(await db.selectFrom('item_file').select('file_key').where('item_id', '=', itemId).execute()).toEqual([])
})

test('after all of it the rows are what the timelines say', async () => {
  expect((await verifyAll(deps, catalogueVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf, toDocx, toPdf, toXlsx } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { newId } from '../../platform/id.ts'
import { runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { closeRedaction, openSource, pagePicture } from '../../redaction/index.ts'
import { anApplication, draftLetter, issueLetter, signLetter } from '../testing.ts'
import { answerDocumentJobs, answerDocumentVerifiers, documentWarnings, listAnswerDocuments, listRedactionReasons, openAnswerDocument } from './index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { sm3 } from './document-files.ts'
import { getDocument } from './document-store.ts'
import { getApplication } from '../queries.ts'

const { db, deps, url } = testDb()

const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], second: ['handler'], leader: ['leader'], office: ['district-office'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
const cookies = new Map<Who, string>()
let bodyId = ''
let caseId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  for (const name of Object.keys(POSTS) as Who[]) {
    const actor = await createAccount(db, { name: `redact.${name}`, displayName: `${name}（演示）`, bodyId, roles: POSTS[name] })
    people.set(name, actor)
    cookies.set(name, await cookieFor(db, actor, deps.clock.now()))
  }
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  caseId = await anApplication(deps, bodyId, { receivedOn: '2026-01-05', content: '示例小区改造的合同' })
})
afterAll(async () => {
  await closeRedaction()
  await closePdf()
})

const headersOf = (who: Who) => ({ cookie: cookies.get(who) ?? '', 'sec-fetch-site': 'same-origin' })
const get = async (path: string, who: Who = 'officer') => app.request(path, { headers: headersOf(who) })
const post = async (path: string, fields: readonly (readonly [string, string])[], who: Who = 'officer') =>
  app.request(path, { method: 'POST', headers: { ...headersOf(who), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString() })
const DOCS = () => `/desk/applications/${caseId}/documents`

const PARAGRAPHS = ['老旧小区改造施工合同', '甲方联系人张三丰，手机号码 13800001234。', '工程地点为示例路 8 号，工期一百二十天。']
const aDocument = (paragraphs: readonly string[] = PARAGRAPHS): Document => ({
  title: '施工合同', creator: '某单位', datedOn: '2025-03-01', demo: false,
  blocks: paragraphs.map((text) => ({ kind: 'paragraph', spans: [text] })),
})

async function upload(name: string, bytes: Uint8Array, who: Who = 'officer'): Promise<Response> {
  const form = new FormData()
  form.append('documentId', newId())
  form.append('file', new Blob([Uint8Array.from(bytes)]), name)
  return app.request(`${DOCS()}/new`, { method: 'POST', headers: headersOf(who), body: form })
}

async function added(name: string, bytes: Uint8Array): Promise<string> {
  const response = await upload(name, bytes)
  expect([response.status, response.status === 303 ? '' : errorsIn(await response.text())]).toEqual([303, ''])
  return (response.headers.get('location') ?? '').split('/').at(-1) ?? ''
}

const errorsIn = (html: string): string => /<div class="notice (?:error|warn)"[\s\S]*?<\/div>/.exec(html)?.[0] ?? html.slice(0, 300)
const stored = (documentId: string) => getDocument(db, fieldKeys(deps.config.secretKey), { bodyId, caseId, documentId })
const version = async (documentId: string): Promise<string> => String((await stored(documentId)).version)
const runJobs = () => runJobsOnce(url, deps, answerDocumentJobs)

/** 交一步；要成。 */
async function done(documentId: string, step: string, fields: readonly (readonly [string, string])[] = [], who: Who = 'officer'): Promise<void> {
  const response = await post(`${DOCS()}/${documentId}/${step}`, [['version', await version(documentId)], ...fields], who)
  expect([step, response.status, response.status === 303 ? '' : errorsIn(await response.text())]).toEqual([step, 303, ''])
}

const PRIVACY = [['ground', 'PRIVACY'], ['reason', '联系人的姓名与手机号码，公开会侵害其隐私']] as const

/** 页上写着某段文字的各字，作为勾选。 */
async function letters(html: string, text: string): Promise<[string, string][]> {
  const all = [...html.matchAll(/data-box="[^"]*" name="w" (?:checked="" )?value="(\d+)"\/>([^<]*)</g)].map(([, value = '', letter = '']) => ({ value, letter }))
  const joined = all.map(({ letter }) => letter).join('')
  const at = joined.indexOf(text)
  expect(at).toBeGreaterThanOrEqual(0)
  let seen = 0
  return all.flatMap(({ value, letter }): [string, string][] => {
    const start = seen
    seen += letter.length
    return start < at + text.length && seen > at ? [['w', value]] : []
  })
}

const textOf = async (bytes: Uint8Array): Promise<string> => {
  const { view } = await openSource(bytes, 'pdf')
  return view.shape === 'pages' ? view.pages.flatMap((page) => page.words.map((word) => word.text)).join('') : ''
}

test('a PDF: uploaded, marked, produced, checked by the second reader, confirmed by another, taken with a reason', async () => {
  const id = await added('张三丰的合同.pdf', await toPdf(aDocument()))
  const page = `${DOCS()}/${id}/parts/1`
  const html = await (await get(page)).text()
  expect(html).toContain('逐行勾选')
  const nothing = await post(page, [['version', '1'], ...PRIVACY])
  expect([nothing.status, await nothing.text()]).toEqual([422, expect.stringContaining('还没有选要遮盖的地方')])
  const noGround = await post(page, [['version', '1'], ['reason', '姓名'], ...(await letters(html, '张三丰'))])
  const again = await noGround.text()
  expect([noGround.status, again.includes('请选择遮盖的依据'), again.includes('value="姓名"'), /data-box[^>]*checked=""/.test(again)]).toEqual([422, true, true, true])
  await done(id, 'parts/1', [...PRIVACY, ...(await letters(html, '张三丰')), ...(await letters(html, '13800001234'))])
  expect((await stored(id)).marks.map((mark) => mark.text)).toEqual(['张三丰', '13800001234'])
  const picture = await get(`${page}/picture`)
  expect([picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual(['image/png', 'no-store'])

  await done(id, 'produce')
  const waiting = await get(`${DOCS()}/${id}`)
  expect([waiting.headers.get('refresh'), (await waiting.text()).includes('生成遮盖件')]).toEqual(['2', true])
  await runJobs()
  const ready = await stored(id)
  expect([ready.status, ready.findings, ready.message]).toEqual(['ready', [], null])
  const compare = await (await get(`${DOCS()}/${id}/compare/1`, 'second')).text()
  expect(compare).toContain('答复附件1第1页的遮盖件')
  expect((await get(`${DOCS()}/${id}/compare/1/picture`, 'second')).headers.get('content-type')).toBe('image/png')

  const hash = ready.result?.hash ?? ''
  const own = await post(`${DOCS()}/${id}/confirm`, [['version', await version(id)], ['hash', hash]])
  expect([own.status, await own.text()]).toEqual([422, expect.stringContaining('上传、标记过这份文件的人不能核对')])
  const other = await post(`${DOCS()}/${id}/confirm`, [['version', await version(id)], ['hash', 'x']], 'second')
  expect([other.status, (await stored(id)).status]).toEqual([422, 'ready'])
  await done(id, 'confirm', [['hash', hash]], 'second')
  expect(await listAnswerDocuments(db, bodyId, caseId)).toEqual([{ documentId: id, title: '答复附件1', fileName: '答复附件1.pdf', redacted: true, confirmed: true, sha: hash }])

  expect((await post(`${DOCS()}/${id}/files`, [['which', 'answer'], ['reason', '']], 'leader')).status).toBe(422)
  const taken = await post(`${DOCS()}/${id}/files`, [['which', 'answer'], ['reason', '核对']], 'leader')
  expect([taken.status, decodeURIComponent(taken.headers.get('content-disposition') ?? '')]).toEqual([200, "attachment; filename*=UTF-8''答复附件1.pdf"])
  const text = await textOf(new Uint8Array(await taken.arrayBuffer()))
  expect([text.includes('张三丰'), text.includes('13800001234'), text.includes('工期一百二十天')]).toEqual([false, false, true])
  expect((await post(`${DOCS()}/${id}/files`, [['which', 'original'], ['reason', '核对']], 'leader')).status).toBe(403)
  const actions = await db.selectFrom('audit_event').select(['action', 'detail']).where('target', '=', caseId).where('action', 'like', 'application.document-%').execute()
  expect(new Set(actions.map(({ action }) => action.replace('application.document-', '')))).toEqual(new Set(['added', 'confirmed', 'marked', 'produced', 'producing', 'read', 'taken']))
  expect(JSON.stringify(actions)).not.toMatch(/张三丰|13800001234/)
})

test('marks changed after the confirmation void it, and what was produced is gone', async () => {
  const [first] = await listAnswerDocuments(db, bodyId, caseId)
  const id = first?.documentId ?? ''
  const before = await version(id)
  await done(id, 'unmark', [['mark', '1'], ['part', '1']])
  const now = await stored(id)
  expect([now.status, now.confirmed, now.result, now.marks.length]).toEqual(['open', null, null, 1])
  expect(await listAnswerDocuments(db, bodyId, caseId)).toMatchObject([{ confirmed: false, sha: null }])
  expect((await get(`${DOCS()}/${id}/compare/1`)).status).toBe(404)
  const stale = await post(`${DOCS()}/${id}/unmark`, [['version', before], ['mark', '2'], ['part', '1']], 'second')
  expect([stale.status, await stale.text()]).toEqual([409, expect.stringContaining('他人刚才改过这份文件')])
})

test('marks changed while it is being produced: nothing is kept of the old ones', async () => {
  const [first] = await listAnswerDocuments(db, bodyId, caseId)
  const id = first?.documentId ?? ''
  await done(id, 'produce')
  await done(id, 'unmark', [['undo', 'last'], ['part', '1']])
  await runJobs()
  expect(await stored(id)).toMatchObject({ status: 'open', marks: [], result: null })
})

test('a DOCX: whole paragraphs and words of a paragraph; a wrong word is told and what was typed stays', async () => {
  const id = await added('合同.docx', await toDocx(aDocument()))
  const page = `${DOCS()}/${id}/parts/1`
  const html = await (await get(page)).text()
  const block = /data-block="(\d+)">[^<]*张三丰/.exec(html)?.[1] ?? ''
  const typo = await post(page, [['version', '1'], ...PRIVACY, [`only-${block}`, '李四']])
  const again = await typo.text()
  expect([typo.status, again.includes('里没有「李四」'), again.includes('value="李四"')]).toEqual([422, true, true])
  await done(id, 'parts/1', [...PRIVACY, [`only-${block}`, '张三丰'], ['span', `${block}:0:2`]])
  await done(id, 'produce')
  await runJobs()
  const document = await stored(id)
  expect([document.status, document.findings]).toEqual(['ready', []])
  const compare = await (await get(`${DOCS()}/${id}/compare/1`, 'second')).text()
  const [, result = ''] = compare.split('遮盖件</h2>')
  expect([result.includes('张三丰'), result.includes('13800001234'), result.includes('工期一百二十天')]).toEqual([false, true, true])
})

test('a picture is marked by its place, a workbook by its cells', async () => {
  const png = await added('扫描件.png', await pagePicture(await toPdf(aDocument()), 'pdf', 0))
  const page = `${DOCS()}/${png}/parts/1`
  const wrongPlace = await post(page, [['version', '1'], ...PRIVACY, ['left', '90'], ['top', '10'], ['width', '20'], ['height', '5']])
  const html = await wrongPlace.text()
  expect([wrongPlace.status, html.includes('位置填得不对'), html.includes('value="90"')]).toEqual([422, true, true])
  await done(png, 'parts/1', [...PRIVACY, ['left', '10'], ['top', '10'], ['width', '20.5'], ['height', '5'], ['area', '0.5,0.5,0.2,0.05'], ['area', 'x,0,0,0']])
  expect((await stored(png)).marks.length).toBe(2)
  const table: Document = { ...aDocument(), blocks: [{ kind: 'table', table: { caption: '名单', widths: [1, 1], headRows: 1, rows: [[{ text: '姓名' }, { text: '电话' }], [{ text: '张三丰' }, { text: '13800001234' }]] } }] }
  const xlsx = await added('名单.xlsx', await toXlsx(table))
  const cells = await (await get(`${DOCS()}/${xlsx}/parts/1`)).text()
  await done(xlsx, 'parts/1', [...PRIVACY, ['block', /data-block="(\d+)">13800001234/.exec(cells)?.[1] ?? '']])
  for (const id of [png, xlsx]) await done(id, 'produce')
  await runJobs()
  expect(await Promise.all([png, xlsx].map(async (id) => [(await stored(id)).status, (await stored(id)).findings, (await stored(id)).result?.type]))).toEqual([['ready', [], 'png'], ['ready', [], 'xlsx']])
  const [, result = ''] = (await (await get(`${DOCS()}/${xlsx}/compare/1`, 'second')).text()).split('遮盖件</h2>')
  expect([result.includes('张三丰'), result.includes('13800001234')]).toEqual([true, false])
})

test('found by its text and suggested by its checksum; only what is ticked is marked; the query stays out of the address', async () => {
  const id = await added('名单.docx', await toDocx(aDocument(['张三丰 13800001234', '李四', '再记张三丰'])))
  const page = `${DOCS()}/${id}/find`
  expect(await (await get(page)).text()).toContain('手机号码')
  expect((await stored(id)).marks).toEqual([])
  const found = await (await post(page, [['q', '张三丰']])).text()
  const hits = [...found.matchAll(/name="hit" value="([\d.]+)"/g)].map(([, value = '']) => ['hit', value] as const)
  expect(hits.length).toBe(2)
  const none = await post(`${DOCS()}/${id}/hits`, [['version', '1'], ['q', '张三丰'], ...PRIVACY])
  expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('还没有勾选要遮盖的')])
  await done(id, 'hits', [['q', '张三丰'], ...PRIVACY, ...hits])
  expect((await stored(id)).marks.map((mark) => mark.text)).toEqual(['张三丰', '张三丰'])
})

/** 本机关发出一件协办函，返回文号。 */
async function anIssuedLetter(matter: string): Promise<string> {
  const ref = { bodyId, caseId, letterId: newId() }
  const [officer, leader] = [people.get('officer')!, people.get('leader')!]
  expect(await draftLetter(deps, officer, { ...ref, type: 'L11', recipient: '城市管理科', fields: { matter, by: '2026-01-20' } })).toMatchObject({ ok: true })
  expect(await signLetter(deps, leader, { ...ref, seen: 1 })).toMatchObject({ ok: true })
  const issued = await issueLetter(deps, officer, { ...ref, seen: 2 })
  expect(issued).toMatchObject({ ok: true })
  return issued.ok ? (issued.docNo ?? '') : ''
}

test('a letter of ours is redacted in its data and written anew; never given as it stands', async () => {
  const docNo = await anIssuedLetter('检索李某某签订的合同')
  const unknown = await post(`${DOCS()}/from-letter`, [['documentId', newId()], ['docNo', '示街办公开征〔2026〕99号']])
  expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining('没有发出过这个文号的文书')])
  const response = await post(`${DOCS()}/from-letter`, [['documentId', newId()], ['docNo', docNo]])
  const id = (response.headers.get('location') ?? '').split('/').at(-1) ?? ''
  const html = await (await get(`${DOCS()}/${id}/parts/1`)).text()
  const block = /data-block="(\d+)">[^<]*李某某/.exec(html)?.[1] ?? ''
  expect((await post(`${DOCS()}/${id}/whole`, [['version', '1']])).status).toBe(422)
  await done(id, 'parts/1', [...PRIVACY, [`only-${block}`, '李某某']])
  await done(id, 'produce')
  await runJobs()
  const made = await stored(id)
  expect([made.status, made.findings, made.message, made.result?.type]).toEqual(['ready', [], null, 'pdf'])
  const taken = await post(`${DOCS()}/${id}/files`, [['which', 'answer'], ['reason', '核对']], 'second')
  const text = await textOf(new Uint8Array(await taken.arrayBuffer()))
  expect([text.includes('李某某'), text.includes('签订的合同'), text.includes('条例第十五条')]).toEqual([false, true, true])
  expect((await get(`${DOCS()}/${id}/compare/1`, 'second')).status).toBe(200)
  expect((await post(`${DOCS()}/${id}/files`, [['which', 'original'], ['reason', '核对']])).status).toBe(422)
})

test('a file given whole waits for another person too; one with marks is not given whole', async () => {
  const id = await added('公告.pdf', await toPdf(aDocument(['公告全文'])))
  await done(id, 'whole')
  const ready = await stored(id)
  expect([ready.status, ready.whole]).toEqual(['ready', true])
  await done(id, 'confirm', [['hash', ready.hash]], 'second')
  expect((await listAnswerDocuments(db, bodyId, caseId)).find(({ documentId }) => documentId === id)).toMatchObject({ redacted: false, confirmed: true, sha: ready.hash })
  const html = await (await get(`${DOCS()}/${id}/parts/1`)).text()
  await done(id, 'parts/1', [...PRIVACY, ...(await letters(html, '公告'))])
  const refused = await post(`${DOCS()}/${id}/whole`, [['version', await version(id)]])
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('已有遮盖之处')])
})

test('files that cannot be opened, are empty or of another kind are refused beside the field', async () => {
  for (const [name, bytes, words] of [
    ['坏.pdf', Buffer.from('%PDF-1.7\nnot really'), '坏.pdf'],
    ['空.pdf', new Uint8Array(), '文件是空的'],
    ['说明.txt', Buffer.from('文字'), '不是可以打开的'],
    ['程序.docx', Buffer.from('PK\u0003\u0004nothing'), '不是可以打开的'],
  ] as const) {
    const response = await upload(name, bytes)
    const html = await response.text()
    expect([name, response.status, html.includes(words), html.includes('id="f-file-error"')]).toEqual([name, 422, true, true])
  }
})

test('those who do not handle the case see the list, not the originals; another body sees nothing', async () => {
  const [first] = await listAnswerDocuments(db, bodyId, caseId)
  const id = first?.documentId ?? ''
  expect((await get(DOCS(), 'leader')).status).toBe(200)
  for (const path of ['', '/parts/1', '/parts/1/picture', '/find', '/confirm', '/remove']) expect([path, (await get(`${DOCS()}/${id}${path}`, 'leader')).status]).toEqual([path, 403])
  expect((await upload('a.pdf', await toPdf(aDocument()), 'leader')).status).toBe(403)
  const other = await aBody(deps, { code: 'qtjd', name: '其他街道办事处', kind: 'street', codeWord: '其街办' })
  const stranger = await cookieFor(db, await createAccount(db, { name: 'redact.stranger', displayName: '外人', bodyId: other.bodyId, roles: ['disclosure-officer'] }), deps.clock.now())
  expect((await app.request(`${DOCS()}/${id}`, { headers: { cookie: stranger } })).status).toBe(404)
})

test('removed only when asked twice; the numbers close up', async () => {
  const before = await listAnswerDocuments(db, bodyId, caseId)
  const id = before[0]?.documentId ?? ''
  expect(await (await get(`${DOCS()}/${id}/remove`)).text()).toContain('不能恢复')
  await done(id, 'remove')
  const after = await listAnswerDocuments(db, bodyId, caseId)
  expect([after.length, after[0]?.title]).toEqual([before.length - 1, '答复附件1'])
})

test('the originals, marks and names are sealed in the database, and verify finds all in order', async () => {
  const rows = JSON.stringify(await db.selectFrom('application_document').selectAll().execute())
  expect(rows).not.toMatch(/张三丰|合同\.docx|13800001234/)
  expect(await verifyAll(deps, answerDocumentVerifiers)).toEqual([{ name: '答复所附的文件', problems: [], more: false }])
  await db.updateTable('application_document').set({ hash: '0'.repeat(64) }).where('whole', '=', false).execute()
  const [broken] = await verifyAll(deps, answerDocumentVerifiers)
  expect(broken?.problems[0]?.message).toBe('读不出，或者与所记的摘要不符')
})

test('第三十七条: a part answered needs a redacted file another has checked; only an answer sent opens it to the applicant', async () => {
  caseId = await anApplication(deps, bodyId, { receivedOn: '2025-12-01', decidedOn: null })
  const id = await added('合同.docx', await toDocx(aDocument()))
  const html = await (await get(`${DOCS()}/${id}/parts/1`)).text()
  const block = /data-block="(\d+)">[^<]*张三丰/.exec(html)?.[1] ?? ''
  await done(id, 'parts/1', [...PRIVACY, ['block', block]])
  expect(await listRedactionReasons(db, fieldKeys(deps.config.secretKey), bodyId, caseId)).toEqual(['答复附件1（1处）：属于个人隐私，依据第十五条，联系人的姓名与手机号码，公开会侵害其隐私'])
  const partial = { status: 'deciding', proposal: { on: '2026-01-15', outcome: 'PARTIAL', evidence: {}, endorsed: 0 }, decision: null } as const
  expect(documentWarnings(partial, await listAnswerDocuments(db, bodyId, caseId)).length).toBe(2)
  await done(id, 'produce')
  await runJobs()
  await done(id, 'confirm', [['hash', (await stored(id)).result?.hash ?? '']], 'second')
  expect(documentWarnings(partial, await listAnswerDocuments(db, bodyId, caseId))).toEqual([])
  const ref = { bodyId, caseId, documentId: id }
  await expect(openAnswerDocument(deps, ref)).rejects.toThrow('没有找到')
  const [reasons = ''] = await listRedactionReasons(db, fieldKeys(deps.config.secretKey), bodyId, caseId)
  expect(await (await get(`/desk/applications/${caseId}/propose?outcome=PARTIAL`)).text()).toContain(reasons)
  await act('propose', [['outcome', 'PARTIAL'], ['evidence.redactions', reasons]])
  expect(await (await get(`/desk/applications/${caseId}/letters/new/L16`)).text()).toContain('答复附件1（区分处理后）</textarea>')
  await act('approve', [], 'leader')
  await expect(openAnswerDocument(deps, ref)).rejects.toThrow('没有找到')
  await act('dispatch', [['method', 'DIRECT']])
  const file = await openAnswerDocument(deps, ref)
  expect([file.name, file.type, sm3(file.bytes)]).toEqual(['答复附件1.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', (await stored(id)).confirmed?.hash])
  const late = await post(`${DOCS()}/${id}/unmark`, [['version', await version(id)], ['undo', 'last'], ['part', '1']])
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('所附的文件不再改动')])
  expect((await stored(id)).status).toBe('confirmed')
  expect((await upload('a.docx', await toDocx(aDocument()))).status).toBe(422)
})

async function act(name: string, fields: readonly (readonly [string, string])[], who: Who = 'officer'): Promise<void> {
  const { version: seen } = await getApplication(db, bodyId, caseId)
  const response = await post(`/desk/applications/${caseId}/${name}`, [['version', String(seen)], ['on', deps.clock.today()], ...fields], who)
  expect([name, response.status, response.status === 303 ? '' : errorsIn(await response.text())]).toEqual([name, 303, ''])
}

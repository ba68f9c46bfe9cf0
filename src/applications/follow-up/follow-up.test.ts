import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf, toPdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { newId } from '../../platform/id.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { closeRedaction } from '../../redaction/index.ts'
import { testDb } from '../../platform/testing.ts'
import { openRedo } from '../open-redo.ts'
import { getApplication } from '../queries.ts'
import { PNG, aCitizen as citizenOf, fillDraft, submitDraft } from '../citizen/testing-citizen.ts'
import type { Citizen } from '../citizen/testing-citizen.ts'
import { applicationToDos } from '../to-dos.ts'
import { addDocument, confirmDocument, draftLetter, issueLetter, provideWhole, signLetter } from '../testing.ts'

const { db, deps, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], head: ['disclosure-head'], leader: ['leader'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  const seed = { kind: 'system', name: 'seed' } as const
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000'], ['reviewOnlineUrl', 'https://review.example.cn'], ['feePayment', '凭缴款码到非税收入平台缴纳']] as const)
    expect(await setSetting(deps, seed, { bodyId, key, value })).toMatchObject({ ok: true })
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `follow.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
})
afterAll(() => Promise.all([closePdf(), closeRedaction()]))

const TRACK = '/applications/track'
const who = (name: Who): SignedInActor => people.get(name)!

async function desk(name: Who, path: string, fields?: Record<string, string> | URLSearchParams): Promise<Response> {
  const actor = who(name)
  await db.deleteFrom('session').where('account_id', '=', actor.accountId).execute()
  const headers = { cookie: await cookieFor(db, actor, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  return fields === undefined ? app.request(path, { headers }) : app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
}

interface Filed {
  citizen: Citizen
  caseId: string
  receipt: { regNo: string; code: string }
}

/** 一位公众提交、机关确认收到，正在查询。 */
async function filed(person: Record<string, string> = {}): Promise<Filed> {
  const citizen = citizenOf(app)
  await fillDraft(citizen, '/apply/sljd')
  if (Object.keys(person).length > 0) expect((await citizen.post('/apply/sljd/person', person)).status).toBe(303)
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { case_id: caseId } = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  await act(caseId, 'confirm-receipt')
  await citizen.post(TRACK, { ...receipt })
  return { citizen, caseId, receipt }
}
const OTHER = { name: '李四光', idKind: '居民身份证', idNo: '420106199001011235', contact: '138 0000 5678', postalAddress: '某市某区某路 2 号' }
const another = () => filed({ ...OTHER, idNo: ID_OF_OTHER })
// 校验位正确的另一人
const ID_OF_OTHER = ((): string => {
  const head = '42010619900101123'
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, i) => total + weight * Number(head[i]), 0)
  return `${head}${'10X98765432'[sum % 11]}`
})()

async function tried(caseId: string, name: string, fields: Record<string, string> = {}, by: Who = 'officer'): Promise<Response> {
  const { version } = await getApplication(db, bodyId, caseId)
  return desk(by, `/desk/applications/${caseId}/${name}`, { version: String(version), on: deps.clock.today(), ...fields })
}
async function act(caseId: string, name: string, fields: Record<string, string> = {}, by: Who = 'officer'): Promise<void> {
  const response = await tried(caseId, name, fields, by)
  expect([name, response.status, response.status === 303 ? '' : (await response.text()).match(/<div class="notice[\s\S]*?<\/div>/)?.[0]]).toEqual([name, 303, ''])
}
const look = async (citizen: Citizen): Promise<string> => (await citizen.get(`${TRACK}/case`)).text()

async function letter(caseId: string, type: Parameters<typeof draftLetter>[2]['type'], fields: Record<string, string>, recipient = ''): Promise<string> {
  const letterId = newId()
  const ref = { bodyId, caseId, letterId }
  expect(await draftLetter(deps, who('officer'), { ...ref, type, recipient, fields })).toMatchObject({ ok: true })
  expect(await signLetter(deps, who('head'), { ...ref, seen: 1 })).toMatchObject({ ok: true })
  expect(await issueLetter(deps, who('officer'), { ...ref, seen: 2 })).toMatchObject({ ok: true })
  return letterId
}

async function decided(caseId: string, outcome = 'GRANTED', evidence: Record<string, string> = { 'evidence.provided': '电子件一份' }): Promise<void> {
  await act(caseId, 'propose', { outcome, ...evidence })
  await act(caseId, 'approve', {}, 'head')
}

async function served(caseId: string): Promise<void> {
  await decided(caseId)
  await act(caseId, 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' })
  await act(caseId, 'serve')
}

test('letters to the applicant are downloaded by post, the first opening kept as evidence; a third party’s, a unit’s, a draft, another case’s are not there', async () => {
  const { citizen, caseId } = await filed()
  const own = await letter(caseId, 'L03', { items: '没有写明小区的名称', requirements: '写明小区的名称' })
  const unit = await letter(caseId, 'L11', { matter: '检索批复', by: '2026-01-20' }, '城市管理科')
  const draft = newId()
  expect(await draftLetter(deps, who('officer'), { bodyId, caseId, letterId: draft, type: 'L03', recipient: '', fields: { items: '又一份草稿', requirements: '写明' } })).toMatchObject({ ok: true })
  const html = await look(citizen)
  expect(html).toContain(`value="${own}"`)
  for (const hidden of [unit, draft]) expect(html).not.toContain(hidden)
  expect(await db.selectFrom('application_letter_opening').selectAll().execute()).toEqual([])
  for (const format of ['pdf', 'docx']) {
    const file = await citizen.post(`${TRACK}/letter`, { letter: own, format })
    expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment'), file.headers.get('cache-control')]).toEqual([200, true, 'no-store'])
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  }
  expect(await db.selectFrom('application_letter_opening').select(['letter_id', 'first_on', 'times']).execute()).toEqual([{ letter_id: own, first_on: '2026-01-12', times: 2 }])
  expect(await look(citizen)).toContain('首次打开')
  expect(await (await desk('officer', `/desk/applications/${caseId}`)).text()).toContain('申请人于')
  const stranger = await another()
  for (const [asker, id, format] of [[citizen, unit, 'pdf'], [citizen, draft, 'pdf'], [citizen, newId(), 'pdf'], [citizen, own, 'xlsx'], [citizen, '%', 'pdf'], [stranger.citizen, own, 'pdf']] as const)
    expect([id, (await asker.post(`${TRACK}/letter`, { letter: id, format })).status]).toEqual([id, 404])
  expect((await citizenOf(app).post(`${TRACK}/letter`, { letter: own, format: 'pdf' })).headers.get('location')).toBe(`${TRACK}?ended=yes`)
})

test('the answer is shown only once dispatched; sent electronically only with consent, which can be taken back until then', async () => {
  const { citizen, caseId } = await filed()
  await decided(caseId)
  const answer = await letter(caseId, 'L15', { infoName: '某小区加装电梯的批复', provideForm: '电子', provideBy: 'FILES', provided: '批复一份' })
  expect(await look(citizen)).not.toContain(answer)
  expect((await citizen.post(`${TRACK}/letter`, { letter: answer, format: 'pdf' })).status).toBe(404)
  expect(await (await tried(caseId, 'dispatch', { method: 'ELECTRONIC', consented: 'yes' })).text()).toContain('电子送达须经申请人同意')
  const asked = await (await citizen.get(`${TRACK}/consent`)).text()
  for (const said of ['到达这里之日即为送达之日', '答复发出之前都可以改主意', '没有说过']) expect(asked).toContain(said)
  expect((await citizen.post(`${TRACK}/consent`, {})).status).toBe(422)
  for (const [agreed, words] of [['yes', '您同意电子送达'], ['no', '您不同意电子送达']] as const) {
    expect((await citizen.post(`${TRACK}/consent`, { agreed })).headers.get('location')).toBe(`${TRACK}/case?done=consent`)
    expect(await look(citizen)).toContain(words)
  }
  expect((await tried(caseId, 'dispatch', { method: 'ELECTRONIC' })).status).toBe(422)
  await citizen.post(`${TRACK}/consent`, { agreed: 'yes' })
  await citizen.post(`${TRACK}/consent`, { agreed: 'yes' })
  expect((await db.selectFrom('application_consent').select('agreed').where('case_id', '=', caseId).orderBy('consent_id').execute()).map((row) => row.agreed)).toEqual([true, false, true])
  expect(await (await desk('officer', `/desk/applications/${caseId}/dispatch`)).text()).toMatch(/value="ELECTRONIC"[^>]*checked|checked[^>]*value="ELECTRONIC"/)
  await act(caseId, 'dispatch', { method: 'ELECTRONIC' })
  expect((await citizen.post(`${TRACK}/consent`, { agreed: 'no' })).headers.get('location')).toBe(`${TRACK}/case`)
  expect((await citizen.get(`${TRACK}/consent`)).headers.get('location')).toBe(`${TRACK}/case`)
  expect(await look(citizen)).toContain(answer)
  expect((await citizen.post(`${TRACK}/letter`, { letter: answer, format: 'pdf' })).status).toBe(200)
  setToday('2026-01-14')
  expect(await (await desk('officer', `/desk/applications/${caseId}/serve`)).text()).toContain('value="2026-01-12"')
  setToday('2026-01-12')
})

test('what the answer provides: only what another has confirmed, only after the answer is out, only to its applicant', async () => {
  const [{ citizen, caseId }, stranger] = [await filed(), await another()]
  const bytes = await toPdf({ title: '批复', creator: '示例', datedOn: '2023-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: ['同意加装电梯。'] }] })
  const personal = await toPdf({ title: '批复', creator: '示例', datedOn: '2023-03-01', demo: false, blocks: ['同意张三丰加装电梯。', '联系人的手机 13800001234'].map((text) => ({ kind: 'paragraph', spans: [text] })) })
  const [confirmed, waiting, named] = [newId(), newId(), newId()]
  for (const documentId of [confirmed, waiting, named]) {
    const ref = { bodyId, caseId, documentId }
    expect(await addDocument(deps, who('officer'), { ...ref, name: '批复.pdf', bytes: documentId === named ? personal : bytes })).toEqual({ ok: true })
    expect(await provideWhole(deps, who('officer'), { ...ref, seen: 1 })).toEqual({ ok: true })
  }
  for (const documentId of [confirmed, named]) {
    const { hash } = await db.selectFrom('application_document').select('hash').where('document_id', '=', documentId).executeTakeFirstOrThrow()
    expect(await confirmDocument(deps, who('head'), { bodyId, caseId, documentId, seen: 2, hash })).toEqual({ ok: true })
  }
  await decided(caseId)
  const take = async (asker: Citizen, document: string) => (await asker.post(`${TRACK}/attachment`, { document })).status
  expect(await look(citizen)).not.toContain(confirmed)
  expect(await take(citizen, confirmed)).toBe(404)
  await act(caseId, 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' })
  expect(await look(citizen)).toContain(confirmed)
  const file = await citizen.post(`${TRACK}/attachment`, { document: confirmed })
  expect([file.status, decodeURIComponent(file.headers.get('content-disposition') ?? '')]).toEqual([200, "attachment; filename*=UTF-8''答复附件1.pdf"])
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  for (const [asker, document] of [[citizen, waiting], [citizen, newId()], [citizen, ''], [stranger.citizen, confirmed]] as const) expect([document, await take(asker, document)]).toEqual([document, 404])
  // 公布答复时也只有核对过的可以附上
  const path = `/desk/applications/${caseId}/answered-log`
  const words = { version: '0', title: '加装电梯的批复', asked: '批复文件', answer: '予以公开。' }
  const refused = await desk('officer', path, new URLSearchParams([...Object.entries(words), ['documents', named]]))
  const html = await refused.text()
  expect(refused.status).toBe(422)
  for (const said of ['答复附件3.pdf写有', '手机号码 138****1234', '申请人的姓名']) expect(html).toContain(said)
  const both = new URLSearchParams([...Object.entries(words), ['documents', confirmed], ['documents', waiting]])
  expect((await desk('officer', path, both)).status).toBe(303)
  const entry = await db.selectFrom('answered_request').select(['entry_id', 'content_hash', 'attachments']).where('case_id', '=', caseId).executeTakeFirstOrThrow()
  expect(entry.attachments.map(({ documentId }) => documentId)).toEqual([confirmed])
  // 批准的人先看过所附的那一份：填事由、留痕
  const files = `/desk/applications/${caseId}/documents/${confirmed}/files`
  expect(await (await desk('head', path)).text()).toContain(`href="${files}"`)
  const read = await desk('head', files, new URLSearchParams({ which: 'answer', reason: '批准公布前核对' }))
  expect([read.status, Buffer.from(await read.arrayBuffer()).equals(Buffer.from(bytes))]).toEqual([200, true])
  const trace = await db.selectFrom('audit_event').select('detail').where('action', '=', 'application.document-taken').where('target', '=', caseId).executeTakeFirstOrThrow()
  expect(trace.detail).toMatchObject({ document: confirmed, which: 'original', reason: '批准公布前核对' })
  const address = `/bodies/sljd/answered-requests/${entry.entry_id}/attachments/${confirmed}`
  expect((await app.request(address)).status).toBe(404)
  await desk('head', `${path}/publish`, { hash: entry.content_hash })
  expect((await app.request(address)).status).toBe(200)
  expect((await app.request(address.replace(confirmed, waiting))).status).toBe(404)
})

test('a case split into several: the applicant takes the letters of each part with the code of the first', async () => {
  const { citizen, caseId } = await filed()
  await act(caseId, 'split', { contents: '第一项：某小区的批复\n第二项：某小区的合同' })
  const { state } = await getApplication(db, bodyId, caseId)
  const [first = '', second = ''] = state.splitInto
  const own = await letter(second, 'L03', { items: '没有写明合同的名称', requirements: '写明合同的名称' })
  const internal = await letter(first, 'L11', { matter: '检索批复', by: '2026-01-20' }, '城市管理科')
  const html = await look(citizen)
  expect([html.includes(own), html.includes(internal)]).toEqual([true, false])
  expect((await citizen.post(`${TRACK}/letter`, { letter: own, format: 'pdf' })).status).toBe(200)
  expect((await citizen.post(`${TRACK}/letter`, { letter: internal, format: 'pdf' })).status).toBe(404)
})

test('merged with an earlier case: the one answer is taken with either code, the earlier case’s own letters with its own', async () => {
  const [lead, later] = [await filed(), await filed()]
  await act(later.caseId, 'merge', { into: lead.caseId })
  const step = await letter(lead.caseId, 'L03', { items: '没有写明小区的名称', requirements: '写明小区的名称' })
  await decided(lead.caseId)
  const answer = await letter(lead.caseId, 'L15', { infoName: '某小区加装电梯的批复' })
  expect(await look(later.citizen)).not.toContain(answer)
  await act(lead.caseId, 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' })
  const html = await look(later.citizen)
  expect([html.includes(answer), html.includes(step)]).toEqual([true, false])
  expect((await later.citizen.post(`${TRACK}/letter`, { letter: answer, format: 'pdf' })).status).toBe(200)
  expect((await later.citizen.post(`${TRACK}/letter`, { letter: step, format: 'pdf' })).status).toBe(404)
  expect((await lead.citizen.post(`${TRACK}/letter`, { letter: step, format: 'pdf' })).status).toBe(200)
})

test('with consent and a mail address, a mail says that there is something new and nothing else; without, none', async () => {
  const address = 'li.siguang@example.cn'
  const { citizen, caseId } = await filed({ ...OTHER, idNo: ID_OF_OTHER, email: address })
  await act(caseId, 'examine')
  expect(await db.selectFrom('mail_out').selectAll().execute()).toEqual([])
  await citizen.post(`${TRACK}/consent`, { agreed: 'yes' })
  await act(caseId, 'ask-supplement', { items: '请写明小区的名称' })
  const mails = await db.selectFrom('mail_out').selectAll().execute()
  expect(mails.length).toBe(1)
  expect(JSON.stringify(mails)).not.toContain('小区')
  expect(JSON.stringify(mails)).not.toContain(address)
  await citizen.post(`${TRACK}/consent`, { agreed: 'no' })
  await act(caseId, 'receive-supplement', { excused: 'no' })
  expect((await db.selectFrom('mail_out').selectAll().execute()).length).toBe(1)
})

test('a new answer ordered by a review: who agreed to mails is told of it, and of its steps', async () => {
  const { citizen, caseId } = await filed({ ...OTHER, idNo: ID_OF_OTHER, email: 'li.siguang@example.cn' })
  await citizen.post(`${TRACK}/consent`, { agreed: 'yes' })
  await decided(caseId)
  const mails = async () => (await db.selectFrom('mail_out').selectAll().execute()).length
  const before = await mails()
  const order = { disputeId: newId(), kind: 'review', authority: '示例区人民政府', documentNo: null, decidedOn: deps.clock.today(), result: '撤销', term: null, from: deps.clock.today() } as const
  const opened = await db.transaction().execute((tx) => openRedo(tx, deps, { bodyId, of: caseId, order }, { actor: 'system:test', at: deps.clock.now(), today: deps.clock.today() }))
  if (!opened.ok) throw new Error(opened.refusal)
  expect(await mails()).toBe(before + 1)
  expect(await look(citizen)).toContain('重新答复')
})

test('posted and not signed for: a to-do after the days of the setting, until the service is noted', async () => {
  const { caseId } = await filed()
  await decided(caseId)
  await act(caseId, 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' })
  const today = deps.clock.today()
  const waiting = async () => (await applicationToDos(deps, who('officer'))).filter(({ href, note }) => href === `/desk/applications/${caseId}` && note.includes('还没有记送达'))
  setToday(addCalendarDays(today, 14))
  expect(await waiting()).toEqual([])
  setToday(addCalendarDays(today, 15))
  expect(await waiting()).toMatchObject([{ note: `${today} 发出，还没有记送达：查回执，记送达之日` }])
  await act(caseId, 'serve', {})
  expect(await waiting()).toEqual([])
  setToday(today)
})

test('consent on paper is recorded at the desk with its evidence', async () => {
  const { caseId } = await filed()
  await decided(caseId)
  const path = `/desk/applications/${caseId}/electronic-consent`
  expect((await desk('officer', path, { agreed: 'yes', proof: '' })).status).toBe(422)
  expect((await desk('leader', path, { agreed: 'yes', proof: '申请表第二页勾选' })).status).toBe(403)
  expect((await desk('officer', path, { agreed: 'yes', proof: '申请表第二页勾选' })).status).toBe(303)
  expect(await (await desk('officer', `/desk/applications/${caseId}`)).text()).toContain('申请表第二页勾选')
  await act(caseId, 'dispatch', { method: 'ELECTRONIC' })
})

test('the fee: amount, how it was reckoned, by when and how to pay; a receipt handed in is a to-do and changes no day', async () => {
  const { citizen, caseId } = await filed()
  expect((await citizen.get(`${TRACK}/payment`)).headers.get('location')).toBe(`${TRACK}/case`)
  await act(caseId, 'notice-fee', { mode: 'PAGES', pages: '120' }, 'head')
  const html = await look(citizen)
  for (const said of ['1100.00 元', '提供 120 页', '第 31 至 100 页：70 页 × 10.00 元 ＝ 700.00 元', '凭缴款码到非税收入平台缴纳', '还没有缴纳', '请在 2026-02-09 前（含当日）缴纳']) expect(html).toContain(said)
  const key = /name="key" value="([^"]+)"/.exec(await (await citizen.get(`${TRACK}/payment`)).text())?.[1] ?? ''
  expect((await citizen.upload(`${TRACK}/payment`, [], { key })).status).toBe(422)
  for (let n = 0; n < 2; n += 1) expect((await citizen.upload(`${TRACK}/payment`, [['files', '回执.png', PNG]], { key })).headers.get('location')).toBe(`${TRACK}/case?done=payment`)
  expect((await db.selectFrom('application_paper').select('kind').where('case_id', '=', caseId).where('kind', '=', 'payment').execute()).length).toBe(1)
  expect(await look(citizen)).toContain('待机关核对')
  expect((await applicationToDos(deps, who('officer'))).map(({ href, note }) => [href, note])).toContainEqual([`/desk/applications/${caseId}`, '申请人网上交来缴费凭证，核对后记收到缴费'])
  expect(await (await desk('officer', `/desk/applications/${caseId}`)).text()).toContain('在网上交来缴费凭证，待核对')
  await act(caseId, 'pay-fee', { ticketNo: '鄂财 001' })
  expect(await look(citizen)).toContain('机关已于 2026-01-12 收到')
  expect((await applicationToDos(deps, who('officer'))).filter(({ note }) => note.includes('缴费凭证'))).toEqual([])
})

test('the days are told in plain words: from when, how many, which are not counted and why', async () => {
  const { citizen } = await filed()
  const html = await look(citizen)
  for (const said of ['2026-01-12 机关收到申请；这一日不数，从第二天数起', '只数工作日，共 20 个', '休息日、节假日不数：01-17 至 01-18', '数到 2026-02-09 当日 24 时止']) expect(html).toContain(said)
})

test('rated once the answer is served, changed within thirty days, sealed, counted by month; nobody else reads the words', async () => {
  const { citizen, caseId, receipt } = await filed()
  expect((await citizen.get(`${TRACK}/rating`)).headers.get('location')).toBe(`${TRACK}/case`)
  expect((await citizen.post(`${TRACK}/rating`, { score: 'satisfied' })).headers.get('location')).toBe(`${TRACK}/case`)
  await served(caseId)
  expect((await citizen.post(`${TRACK}/rating`, { words: '好' })).status).toBe(422)
  const long = await citizen.post(`${TRACK}/rating`, { score: 'basic', words: '慢'.repeat(501) })
  expect([long.status, (await long.text()).includes('现有 501 个')]).toEqual([422, true])
  await citizen.post(`${TRACK}/rating`, { score: 'basic', words: '电话打不通' })
  setToday('2026-02-11')
  await citizen.post(TRACK, { ...receipt })
  expect((await citizen.post(`${TRACK}/rating`, { score: 'dissatisfied', words: '还是打不通' })).headers.get('location')).toBe(`${TRACK}/case?done=rated`)
  setToday('2026-02-12')
  await citizen.post(TRACK, { ...receipt })
  expect((await citizen.post(`${TRACK}/rating`, { score: 'satisfied' })).headers.get('location')).toBe(`${TRACK}/case`)
  const rows = await db.selectFrom('application_rating').selectAll().execute()
  expect(rows.map(({ score, rated_on }) => [score, rated_on])).toEqual([['dissatisfied', '2026-01-12']])
  expect(rows[0]?.words_sealed?.toString('utf8')).not.toContain('打不通')
  const page = await (await desk('officer', '/desk/applications/ratings')).text()
  for (const said of ['2026-01', '还是打不通', '不满意']) expect(page).toContain(said)
  for (const hidden of [receipt.regNo, '张三丰', 'officer（演示）评价']) expect(page).not.toContain(hidden)
  for (const other of ['handler', 'leader'] as const) expect((await desk(other, '/desk/applications/ratings')).status).toBe(403)
  const csv = await (await desk('head', '/desk/applications/ratings.csv?year=2026')).text()
  expect([csv.includes('2026-01'), csv.includes('打不通')]).toEqual([true, false])
  setToday('2026-01-12')
})

test('two different applicants for the same information: linked by the officer, promoted once by whoever may, nothing published', async () => {
  const [one, again, two] = [await filed(), await filed(), await another()]
  const base = `/desk/applications/${one.caseId}`
  expect(await (await desk('officer', `${base}/same-information`)).text()).toContain(two.receipt.regNo)
  expect((await desk('officer', `${base}/same-information`, { regNo: '没有这个号' })).status).toBe(422)
  expect((await desk('officer', `${base}/same-information`, { regNo: one.receipt.regNo })).status).toBe(422)
  expect((await desk('officer', `${base}/same-information`, { regNo: again.receipt.regNo })).status).toBe(303)
  await served(one.caseId)
  // 同一人提两次不算两位
  expect((await desk('officer', `${base}/promote`)).status).toBe(303)
  expect((await desk('officer', `${base}/same-information`, { regNo: two.receipt.regNo })).status).toBe(303)
  expect((await applicationToDos(deps, who('officer'))).map(({ href, note }) => [href, note])).toContainEqual([`${base}/promote`, '2 位申请人要同一信息，是否转为主动公开'])
  expect(await (await desk('officer', `/desk/applications/${two.caseId}`)).text()).toContain('已有 2 位申请人要同一信息')
  const item = { title: '某小区加装电梯的批复', formedOn: '2025-06-01', origin: 'made', codes: 'A21_01' }
  expect(await (await desk('officer', `${base}/promote`, { ...item, title: '张三丰所要的批复' })).text()).toContain('申请人的姓名')
  expect(await (await desk('officer', `${base}/promote`, { ...item, codes: '' })).text()).toContain('至少选一项')
  const twice = await Promise.all([desk('officer', `${base}/promote`, item), desk('handler', `/desk/applications/${two.caseId}/promote`, item)])
  expect(twice.map((response) => response.status)).toEqual([303, 303])
  const items = await db.selectFrom('info_item').select(['status', 'attribute', 'title', 'first_published_on', 'due_on']).where('body_id', '=', bodyId).execute()
  expect(items).toEqual([{ status: 'attribute-determined', attribute: 'proactive', title: '某小区加装电梯的批复', first_published_on: null, due_on: '2026-02-09' }])
  for (const caseId of [one.caseId, two.caseId]) expect(await (await desk('officer', `/desk/applications/${caseId}`)).text()).toContain('转为主动公开，在主动公开里登记')
  expect((await applicationToDos(deps, who('officer'))).filter(({ href }) => href.endsWith('/promote'))).toEqual([])
  expect((await desk('officer', `${base}/same-information/unlink`, {})).status).toBe(303)
  expect(await (await desk('officer', `${base}/same-information`)).text()).toContain(two.receipt.regNo)
})

test('an applicant suggests publication after the answer; the officer declines with a reason, and it is over', async () => {
  const { citizen, caseId } = await another()
  expect((await citizen.get(`${TRACK}/suggest`)).headers.get('location')).toBe(`${TRACK}/case`)
  await served(caseId)
  expect((await citizen.post(`${TRACK}/suggest`, {})).status).toBe(422)
  for (let n = 0; n < 2; n += 1) expect((await citizen.post(`${TRACK}/suggest`, { because: 'awareness' })).status).toBe(303)
  expect(await look(citizen)).toContain('您已于 2026-01-12 建议主动公开')
  expect((await applicationToDos(deps, who('officer'))).map(({ href, note }) => [href, note])).toContainEqual([`/desk/applications/${caseId}/promote`, '申请人建议主动公开，请审核'])
  const path = `/desk/applications/${caseId}/promote/decline`
  expect((await desk('officer', path, { reason: '' })).status).toBe(422)
  expect((await desk('leader', path, { reason: '只涉及申请人自身' })).status).toBe(403)
  expect((await desk('officer', path, { reason: '只涉及申请人自身' })).status).toBe(303)
  expect(await (await desk('officer', `/desk/applications/${caseId}`)).text()).toContain('不转为主动公开：只涉及申请人自身')
  expect((await applicationToDos(deps, who('officer'))).filter(({ href }) => href.endsWith('/promote'))).toEqual([])
})

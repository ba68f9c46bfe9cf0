import { beforeAll, afterAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { PNG } from '../applications/citizen/testing-citizen.ts'
import { aDesk } from '../applications/testing-desk.ts'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { closePdf } from '../documents/index.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { reviewVerifiers } from './index.ts'
import { aDisputeDesk, errorsIn } from './testing-desk.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let desk: Awaited<ReturnType<typeof aDisputeDesk>>
let applications: Awaited<ReturnType<typeof aDesk>>
const SECRETS = ['欧阳样例', '420106199001011234', '13800001234']

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [key, value] of [['reviewAuthority', '示例区人民政府'], ['court', '示例区人民法院'], ['letterPhone', '027-00000000']] as const) await setSetting(deps, { kind: 'system', name: 'testing' }, { bodyId, key, value })
  desk = await aDisputeDesk(app, deps, setToday, { bodyId, name: 'dispute' })
  applications = await aDesk(app, deps, setToday, { bodyId, name: 'apply' })
})
afterAll(() => closePdf())

/** 不予公开的一件答复，已送达，案卷里有一份材料；返回它与文号。 */
async function aDenial(): Promise<{ applicationId: string; docNo: string }> {
  const applicationId = await applications.register('2026-03-02', { name: '欧阳样例', idNo: '420106199001011234', contact: '13800001234', content: '示例一路12号院的加装电梯公示意见' })
  await applications.done(applicationId, '2026-03-03', 'examine')
  await applications.decide(applicationId, '2026-03-20', 'DENY_INTERNAL', { 'evidence.internal': 'WORKFLOW', 'evidence.reason': '属于内部工作流程的记录' })
  await applications.done(applicationId, '2026-03-23', 'dispatch', { method: 'DIRECT' })
  await applications.done(applicationId, '2026-03-24', 'serve')
  const docNo = (await applications.stateOf(applicationId)).decision?.docNo ?? ''
  return { applicationId, docNo }
}

const versionIn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
const text = async (response: Promise<Response>): Promise<string> => (await response).text()

test('register → evidence → answer → hearing → decision → table 4 and back', async () => {
  const { applicationId, docNo } = await aDenial()
  setToday('2026-05-11')
  const number = docNo === '' ? (await applications.stateOf(applicationId)).regNo : docNo
  // 登记：按文号连上申请，当事人照申请人的资料
  const intake = await text(desk.get(`/desk/reviews/new?kind=review&doc=${encodeURIComponent(number)}`))
  expect(intake).toContain('就是申请公开的申请人')
  const caseId = newId()
  const registered = await desk.post(`/desk/reviews/new?kind=review&doc=${encodeURIComponent(number)}`, { caseId, decisionNo: docNo, caseNo: '示复〔2026〕12号', organ: '示例区人民政府', on: '2026-05-11', procedure: 'ordinary', acceptedOn: '2026-05-08', ground: '认为应当公开', party: 'same' })
  expect([registered.status, registered.headers.get('location')]).toEqual([303, `/desk/reviews/${caseId}`])
  expect(await applications.pageOf(applicationId)).toContain(`/desk/reviews/${caseId}`)
  const page = await desk.pageOf(caseId)
  expect(page).toContain(`/desk/applications/${applicationId}`)
  expect(page).toContain('2026-05-25') // 十个工作日
  for (const secret of SECRETS) expect(page).not.toContain(secret)
  expect(page).toContain('欧')

  // 证据：从案卷里勾选、上传、排次序
  const evidence = `/desk/reviews/${caseId}/evidence`
  expect(await text(desk.get(evidence))).toContain('目录还是空的')
  expect((await desk.upload(`${evidence}/add`, { name: '申请表', proves: '证明所求与收到之日', pages: '1—2' }, { name: '申请表.png', bytes: PNG })).status).toBe(303)
  expect((await desk.post(`${evidence}/add`, { name: '门牌系统的记录', proves: '证明属于内部工作流程', pages: '3' })).status).toBe(303)
  const wrong = await desk.upload(`${evidence}/add`, { name: '坏的', proves: '', pages: '' }, { name: 'a.png', bytes: Buffer.from('不是图片') })
  expect([wrong.status, errorsIn(await wrong.text())]).toEqual([422, expect.stringContaining('不是可以打开的')])
  const ids = async () => (await db.selectFrom('dispute_evidence').select('evidence_id').where('case_id', '=', caseId).orderBy('position').execute()).map((row) => row.evidence_id)
  // 去掉的，上传的文件也删去
  expect((await desk.upload(`${evidence}/add`, { name: '多余的', proves: '', pages: '' }, { name: '多余.png', bytes: PNG })).status).toBe(303)
  const [, , extra = ''] = await ids()
  const { file_key: key } = await db.selectFrom('dispute_evidence').select('file_key').where('evidence_id', '=', extra).executeTakeFirstOrThrow()
  expect(await text(desk.get(`${evidence}/${extra}/remove`))).toContain('从目录里去掉「多余的」')
  expect((await desk.post(`${evidence}/${extra}/remove`, {})).status).toBe(303)
  expect(await deps.files.has(key ?? '')).toBe(false)
  const [first = '', second = ''] = await ids()
  expect((await desk.post(`${evidence}/${second}/move`, { by: 'up' })).status).toBe(303)
  expect(await ids()).toEqual([second, first])
  expect((await desk.post(`${evidence}/${first}`, { name: '申请登记表', proves: '证明所求与收到之日', pages: '1—2' })).status).toBe(303)
  expect(await text(desk.get(evidence))).toContain('申请登记表')

  // 起草：照案卷拟成，没有写的核对不过
  const drafted = await desk.post(`/desk/reviews/${caseId}/answers/new`, {})
  const edit = drafted.headers.get('location') ?? ''
  expect(edit).toMatch(/\/answers\/[0-9a-f-]+\/edit$/)
  const answer = edit.replace(/\/edit$/, '')
  const draft = await text(desk.get(edit))
  for (const words of ['申请人欧阳样例不服被申请人示例街道办事处', '示复〔2026〕12号', '《中华人民共和国政府信息公开条例》第十六条第一款', '\n属于内部工作流程的记录。', '还没有写']) expect(draft).toContain(words)
  const body = /<textarea[^>]*name="paragraphs"[^>]*>([\s\S]*?)<\/textarea>/.exec(draft)?.[1] ?? ''
  const early = await desk.post(`${answer}/submit`, { version: versionIn(draft) })
  expect([early.status, errorsIn(await early.text())]).toEqual([409, expect.stringContaining('核对有错误')])
  const written = (more: string) => ({ version: '', recipient: '示例区人民政府', paragraphs: `${body.replace(/〔请写明[^〕]*〕/g, '所求的记录只用于内部流转，不对外产生影响。')}${more}` })
  const remedy = await desk.post(`${answer}/edit`, { ...written('\n如不服本答复，可以自收到之日起60日内向示例区人民政府申请行政复议。'), version: versionIn(draft) })
  expect(remedy.status).toBe(303)
  expect(await text(desk.get(answer))).toContain('写了救济告知')
  const again = await text(desk.get(edit))
  expect((await desk.post(`${answer}/edit`, { ...written(''), version: versionIn(again) })).status).toBe(303)
  const clean = await text(desk.get(answer))
  expect(clean).toContain('核对没有问题')
  expect((await desk.post(`${answer}/submit`, { version: versionIn(clean) })).status).toBe(303)

  // 签发：起草的人不能签自己的；退回、改、再送签；编号、固定
  const waiting = await text(desk.get(answer, 'head'))
  expect(waiting).toContain(`${answer}/issue`)
  // 案件页的下一步写答复书走到了哪里
  const step = (await text(desk.get(`/desk/reviews/${caseId}`))).split('<h2>下一步')[1] ?? ''
  for (const words of ['列证据目录', `${answer}"`, '待签发']) expect(step).toContain(words)
  const sign = async (as: 'head' | 'leader' | 'officer', act: 'issue' | 'return', fields: Record<string, string> = {}) => {
    const version = String((await db.selectFrom('dispute_letter').select('version').where('case_id', '=', caseId).executeTakeFirstOrThrow()).version)
    return desk.post(`${answer}/${act}`, { version, ...fields }, as)
  }
  expect((await sign('officer', 'issue')).status).toBe(403)
  expect((await sign('head', 'return', { remark: '写清检索的经过' })).status).toBe(303)
  const returned = await text(desk.get(answer))
  expect(returned).toContain('写清检索的经过')
  expect((await desk.post(`${answer}/edit`, { ...written(''), version: versionIn(returned) }, 'head')).status).toBe(303)
  expect((await desk.post(`${answer}/submit`, { version: versionIn(await text(desk.get(answer))) })).status).toBe(303)
  // 负责人改过，就不能自己签
  const own = await sign('head', 'issue')
  expect([own.status, errorsIn(await own.text())]).toEqual([409, expect.stringContaining('不能签发、退回自己的文书')])
  const shown = await text(desk.get(answer, 'leader'))
  expect(shown).not.toContain('欧阳样例')
  expect((await sign('leader', 'issue')).status).toBe(303)
  expect(await text(desk.get(answer))).toContain('示复答〔2026〕1号')
  expect((await desk.post(`${answer}/edit`, { ...written('改'), version: '9' })).status).toBe(409)

  // 打印：须填事由，留痕
  expect((await desk.post(`/desk/reviews/${caseId}/files?what=evidence`, { format: 'docx', reason: '' })).status).toBe(422)
  for (const what of ['evidence', answer.split('/').at(-1) ?? '']) {
    const file = await desk.post(`/desk/reviews/${caseId}/files?what=${what}`, { format: 'docx', reason: '打印盖章后提交' })
    expect([file.status, Buffer.from(await file.arrayBuffer()).subarray(0, 2).toString()]).toEqual([200, 'PK'])
  }
  const picture = await desk.post(`/desk/reviews/${caseId}/files?what=${first}`, { reason: '核对原件' })
  expect(Buffer.from(await picture.arrayBuffer()).equals(Buffer.from(PNG))).toBe(true)

  // 送出：文书与证据随之提交，此后不改
  await desk.done(caseId, '2026-05-15', 'answer', { letter: answer.split('/').at(-1) ?? '' })
  expect(await db.selectFrom('dispute_letter').select('sent_on').where('case_id', '=', caseId).execute()).toEqual([{ sent_on: '2026-05-15' }])
  expect((await desk.post(`${evidence}/${first}/remove`, {})).status).toBe(404)

  await desk.done(caseId, '2026-05-18', 'set-hearing', { kind: 'hearing', day: '2026-06-02', time: '14:30', place: '区司法局听证室', attends: 'head', account: '' })
  await desk.done(caseId, '2026-06-02', 'hold-hearing', { id: (await desk.stateOf(caseId)).hearings[0]?.id ?? '', attended: 'head', why: '' })
  await desk.done(caseId, '2026-06-29', 'decide', { result: 'revoked', documentNo: '示复决〔2026〕8号', servedOn: '2026-06-29' })
  await desk.done(caseId, '2026-07-20', 'close')

  // 表四、逐格、回到案件
  const record = await text(desk.get(`/desk/records/review/${bodyId}/${caseId}`))
  expect(record).toContain('2026 年：')
  expect(record).toContain(`/desk/reviews/${caseId}`)
  const cell = await text(desk.get('/desk/reports/sljd/2026/cells/T4.rv.corrected'))
  expect(cell).toContain('示复〔2026〕12号')
  expect(cell).toContain(`/desk/records/review/${bodyId}/${caseId}`)

  // 当事人不进时间线、通知、留痕、导出
  const stored = JSON.stringify([await db.selectFrom('timeline_event').selectAll().where('case_id', '=', caseId).execute(), await db.selectFrom('notice').selectAll().execute(), await db.selectFrom('audit_event').selectAll().where('target', '=', caseId).execute(), await db.selectFrom('review_case').selectAll().execute()])
  for (const secret of SECRETS) expect(stored).not.toContain(secret)
  expect((await desk.get('/desk/reviews.xlsx')).headers.get('content-type')).toContain('spreadsheetml')
  const personal = await desk.post(`/desk/reviews/${caseId}/personal-data`, { reason: '核对当事人' })
  expect(await personal.text()).toContain('欧阳样例')
})

test('issued letters are what was sealed; a changed one is named', async () => {
  const problems = async (): Promise<string[]> => {
    const found: string[] = []
    for (const { verify } of reviewVerifiers) for await (const { message } of verify(deps)) found.push(message)
    return found
  }
  expect(await problems()).toEqual([])
  await db.updateTable('dispute_letter').set({ model_hash: 'x' }).where('status', '=', 'issued').execute()
  expect(await problems()).toEqual(['签发的文书与所记的摘要不符'])
})

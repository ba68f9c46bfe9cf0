import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { purgeDrafts } from '../citizen/draft-store.ts'
import { aCitizen, fillDraft, PERSON, PNG, submitDraft } from '../citizen/testing-citizen.ts'
import { aDesk } from '../testing-desk.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
const DAY = '2025-03-03'

beforeAll(async () => {
  setToday(DAY)
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'intake' })
})

type Upload = readonly [field: string, name: string, bytes: Uint8Array<ArrayBuffer>]
async function upload(path: string, fields: Record<string, string>, files: readonly Upload[], as: 'officer' | 'leader' | 'handler' = 'officer'): Promise<Response> {
  const cookie = await desk.cookieOf(as)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [field, name, bytes] of files) form.append(field, new Blob([bytes]), name)
  return app.request(path, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: form })
}
const papersOf = (caseId: string) => db.selectFrom('application_paper').selectAll().where('case_id', '=', caseId).orderBy('paper_id').execute()
let serial = 0
const aForm = (fields: Record<string, string> = {}): Record<string, string> => {
  serial += 1
  return { kind: 'N', channel: 'IN_PERSON', submittedOn: DAY, name: `赵某${serial}`, idKind: '居民身份证', idNo: `42010619850101${1000 + serial}`, contact: '13800001234', content: `扫描件试验第 ${serial} 号`, ...fields }
}

test('scans are kept when the form comes back with errors, good ones beside bad ones, and go with the case once registered', async () => {
  const caseId = newId()
  const form = aForm({ caseId, content: '' })
  const bad = await upload('/desk/applications/new', form, [['envelope', '信封.png', PNG], ['identity', '证件.exe', Uint8Array.from([77, 90, 1])], ['other', '申请书.png', PNG]])
  const html = await bad.text()
  expect(bad.status).toBe(422)
  expect(html).toContain('不是可以打开的 PDF')
  expect(html).toContain('已附 收件凭据')
  expect(html).toContain('已附 其他材料')
  expect(html).toContain(`name="caseId" value="${caseId}"`)
  const [first] = await papersOf(caseId)
  expect(first).toMatchObject({ is_draft: true, kind: 'envelope', added_by: desk.accountOf('officer').accountId })
  expect(first!.content_sealed.includes(Buffer.from(PNG))).toBe(false)

  const removed = await upload('/desk/applications/new', { ...form, remove: first!.paper_id }, [])
  expect([removed.status, (await removed.text()).includes('已附 收件凭据')]).toEqual([200, false])
  const done = await upload('/desk/applications/new', { ...form, content: '示例文件' }, [['mandate', '委托书.png', PNG]])
  expect(done.status).toBe(303)
  expect((await papersOf(caseId)).map(({ kind, is_draft }) => [kind, is_draft])).toEqual([['other', false], ['mandate', false]])
  const page = await desk.pageOf(caseId)
  expect(page).toContain('委托书，图片（PNG），1 KB，经办人附上')
  // 同一张表单又交一次：不再存
  await upload('/desk/applications/new', { ...form, content: '示例文件' }, [['mandate', '委托书.png', PNG]])
  expect(await papersOf(caseId)).toHaveLength(2)
})

test('scans of a form never registered are swept after two days, not before', async () => {
  const caseId = newId()
  await upload('/desk/applications/new', aForm({ caseId, content: '' }), [['envelope', '信封.png', PNG]])
  const now = deps.clock.now().getTime()
  await purgeDrafts(db, new Date(now + 86_400_000))
  expect(await papersOf(caseId)).toHaveLength(1)
  await purgeDrafts(db, new Date(now + 3 * 86_400_000))
  expect(await papersOf(caseId)).toHaveLength(0)
})

test('at most ten scans with a form; what is over is said, what fits is kept', async () => {
  const caseId = newId()
  const many = Array.from({ length: 11 }, (_, i): Upload => ['envelope', `信封 ${i}.png`, PNG])
  const response = await upload('/desk/applications/new', aForm({ caseId }), many)
  expect([response.status, (await response.text()).includes('至多 10 份')]).toEqual([422, true])
  expect(await papersOf(caseId)).toHaveLength(10)
})

test('papers added to a case later: by kind, dated, audited; not for those who do not handle it, not once archived', async () => {
  const caseId = await desk.register(DAY)
  const path = `/desk/applications/${caseId}/attach`
  expect((await desk.get(path)).status).toBe(200)
  expect((await desk.get(path, 'leader')).status).toBe(403)
  expect((await upload(path, { kind: 'search', givenOn: DAY }, [])).status).toBe(422)
  expect((await upload(path, { kind: 'payment', givenOn: DAY }, [['files', 'a.png', PNG]])).status).toBe(422)
  expect((await upload(path, { kind: 'search', givenOn: '2030-01-01' }, [['files', 'a.png', PNG]])).status).toBe(422)
  expect((await upload(path, { kind: 'search', givenOn: DAY }, [['files', 'a.png', PNG], ['files', 'b.png', PNG]])).status).toBe(303)
  expect((await papersOf(caseId)).map(({ kind, is_draft }) => [kind, is_draft])).toEqual([['search', false], ['search', false]])
  const audit = await db.selectFrom('audit_event').select('action').where('target', '=', caseId).execute()
  expect(audit.map(({ action }) => action)).toContain('application.papers-attached')
  await desk.done(caseId, '2025-03-04', 'withdraw')
  await desk.done(caseId, '2025-03-04', 'archive')
  expect((await desk.get(path)).status).toBe(404)
  setToday(DAY)
})

test('files chosen are kept when the form comes back, good ones beside bad ones; only of the one who sent them; taken off or attached with what is corrected', async () => {
  const caseId = await desk.register(DAY)
  const path = `/desk/applications/${caseId}/attach`
  const formId = /name="formId" value="([^"]+)"/.exec(await (await desk.get(path)).text())?.[1] ?? ''
  const wrong = await upload(path, { formId, kind: '', givenOn: '2030-01-01' }, [['files', '检索.png', PNG], ['files', '程序.exe', Uint8Array.from([77, 90, 1])], ['files', '台账.png', PNG]])
  const html = await wrong.text()
  expect(wrong.status).toBe(422)
  for (const words of ['请选择种类', '不晚于今日', '不是可以打开的 PDF', `name="formId" value="${formId}"`, '再加文件']) expect([words, html.includes(words)]).toEqual([words, true])
  expect(html.match(/已附 图片（PNG），1 KB/g)).toHaveLength(2)
  expect(html).not.toContain('文件要重新选')
  expect(await papersOf(caseId)).toEqual([])
  const [first, second] = await papersOf(formId)
  expect([first, second]).toMatchObject([{ is_draft: true, added_by: desk.accountOf('officer').accountId }, { is_draft: true }])
  // 他人拿着同一编号，看不到也附不上
  const other = await upload(path, { formId, kind: 'search', givenOn: DAY }, [], 'handler')
  expect([other.status, (await other.text()).includes('已附 图片')]).toEqual([422, false])
  const removed = await upload(path, { formId, remove: first!.paper_id }, [])
  expect([removed.status, ((await removed.text()).match(/已附 图片/g) ?? []).length]).toEqual([200, 1])
  expect((await upload(path, { formId, kind: 'search', givenOn: '2025-03-02' }, [['files', '又一份.png', PNG]])).status).toBe(303)
  expect((await papersOf(caseId)).map(({ paper_id, kind, is_draft, given_on }) => [paper_id === second!.paper_id, kind, is_draft, given_on])).toEqual([[true, 'search', false, '2025-03-02'], [false, 'search', false, '2025-03-02']])
  expect(await papersOf(formId)).toEqual([])
  // 归入之后照样解得开
  const file = await desk.post(`/desk/applications/${caseId}/papers/${second!.paper_id}`, { reason: '核对检索的结果' })
  expect([file.status, Buffer.from(await file.arrayBuffer()).equals(Buffer.from(PNG))]).toEqual([200, true])
  // 编号指着已登记的一件：不收
  const aimed = await upload(path, { formId: caseId, kind: 'search', givenOn: DAY }, [['files', 'a.png', PNG]])
  expect([aimed.status, (await papersOf(caseId)).length]).toEqual([422, 2])
})

test('what the desk attaches is not shown to the applicant, and is not taken for a supplement handed in on line', async () => {
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { case_id: caseId } = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  await desk.done(caseId, DAY, 'confirm-receipt')
  await desk.done(caseId, DAY, 'ask-supplement', { items: '请写明小区的名称' })
  expect((await upload(`/desk/applications/${caseId}/attach`, { kind: 'supplement', givenOn: DAY }, [['files', '补正.png', PNG]])).status).toBe(303)
  expect(await desk.pageOf(caseId)).not.toContain('在网上交来补正')
  await citizen.post('/applications/track', receipt)
  expect(await (await citizen.get('/applications/track/case')).text()).not.toContain('您交来的材料')
})

test('an online application shows who asked before and what is the same; without personal data only the same content', async () => {
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { case_id: online } = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  const same = await desk.register(DAY, { name: PERSON.name, idNo: PERSON.idNo, content: '别的文件' })
  const alike = await desk.register(DAY, { content: '某小区  加装电梯的批复' })
  const page = await desk.pageOf(online)
  expect(page).toMatch(new RegExp(`${same}">[^<]+</a>（同一申请人同月所提`))
  expect(page).toMatch(new RegExp(`${alike}">[^<]+</a>（内容相同`))
  const leader = await desk.pageOf(online, 'leader')
  expect([leader.includes(same), leader.includes(`/desk/applications/${alike}`), leader.includes('同一申请人同月')]).toEqual([false, true, false])
})

test('as one types: possible duplicates from the body of the request, for handlers only, nothing kept', async () => {
  const caseId = await desk.register(DAY, { name: '钱某试', idNo: '420106198001011234', content: '边填边查的文件' })
  const path = '/desk/applications/duplicates'
  const ask = async (fields: Record<string, string>) => (await (await desk.post(path, fields)).json()) as { found: { href: string; words: string }[] }
  expect((await ask({ name: '钱某试', idNo: '420106198001011234', content: '' })).found).toMatchObject([{ href: `/desk/applications/${caseId}`, words: expect.stringContaining('同一申请人同月所提') }])
  expect((await ask({ name: '', idNo: '', content: '边填 边查的文件', submittedOn: DAY })).found).toMatchObject([{ words: expect.stringContaining('内容相同') }])
  expect((await ask({ name: '无此人', idNo: '', content: '没有这样的文件' })).found).toEqual([])
  expect((await desk.post(path, { name: '钱某试' }, 'leader')).status).toBe(403)
  const page = await (await desk.get('/desk/applications/new')).text()
  const script = /<script defer="" src="(\/assets\/intake\.[0-9a-f]{12}\.js)"><\/script>/.exec(page)?.[1]
  expect((await app.request(script ?? '')).headers.get('content-type')).toContain('text/javascript')
})

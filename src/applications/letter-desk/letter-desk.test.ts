import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { sampleLetters } from '../letters/sample-letters.ts'
import { getApplication } from '../queries.ts'
import { applicationVerifiers } from '../verify-applications.ts'
import { readLetterForm } from './letter-form.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], head: ['disclosure-head'], leader: ['leader'], office: ['district-office'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''
const NAME = '欧阳测试'

beforeAll(async () => {
  setToday('2025-03-04')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  const seed = { kind: 'system', name: 'seed' } as const
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) expect(await setSetting(deps, seed, { bodyId, key, value })).toMatchObject({ ok: true })
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `letters.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
})
afterAll(() => closePdf())

async function cookieOf(who: Who): Promise<string> {
  const actor = people.get(who)!
  await db.deleteFrom('session').where('account_id', '=', actor.accountId).execute()
  return cookieFor(db, actor, deps.clock.now())
}
const get = async (path: string, who: Who = 'officer'): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(who) } })
const post = async (path: string, fields: Record<string, string>, who: Who = 'officer'): Promise<Response> =>
  app.request(path, {
    method: 'POST',
    headers: { cookie: await cookieOf(who), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })

let serial = 0
/** 当面收到一件，今日即收到之日。 */
async function register(day = '2025-03-04'): Promise<string> {
  setToday(day)
  serial += 1
  const caseId = newId()
  const response = await post('/desk/applications/new', {
    caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: day, name: NAME, idKind: '居民身份证', idNo: `42010619900101${String(1000 + serial)}`, contact: '13800001234', content: `示例文件第 ${serial} 号`, seen: '',
  })
  if (response.status === 303) return caseId
  // 同一人本月再提的先提示，确认后再登记
  const seen = /name="seen" value="([^"]*)"/.exec(await response.text())?.[1] ?? ''
  const again = await post('/desk/applications/new', {
    caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: day, name: NAME, idKind: '居民身份证', idNo: `42010619900101${String(1000 + serial)}`, contact: '13800001234', content: `示例文件第 ${serial} 号`, seen,
  })
  expect(again.status).toBe(303)
  return caseId
}

const versionIn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
const step = async (caseId: string, name: string, fields: Record<string, string> = {}, who: Who = 'officer'): Promise<void> => {
  const { version } = await getApplication(db, bodyId, caseId)
  const response = await post(`/desk/applications/${caseId}/${name}`, { version: String(version), on: deps.clock.today(), ...fields }, who)
  expect([name, response.status]).toEqual([name, 303])
}
const SUPPLEMENT = { 'fields.items': '没有写明合同的名称', 'fields.requirements': '写明合同的名称、签订时间或者对方单位' }

/** 起草一件，返回其地址。 */
async function draft(caseId: string, type: string, fields: Record<string, string> = {}, who: Who = 'officer'): Promise<string> {
  const letterId = newId()
  const response = await post(`/desk/applications/${caseId}/letters/new/${type}`, { letterId, ...fields }, who)
  expect([response.status, response.status === 303 ? '' : await response.text()]).toEqual([303, ''])
  return `/desk/applications/${caseId}/letters/${letterId}`
}
/** 在一件文书上办一步：打开那一页，交表。 */
async function act(letter: string, name: string, fields: Record<string, string> = {}, who: Who = 'officer'): Promise<Response> {
  const page = await (await get(`${letter}/${name}`, who)).text()
  return post(`${letter}/${name}`, { version: versionIn(page), ...fields }, who)
}
const rowOf = (letter: string) => db.selectFrom('application_letter').selectAll().where('letter_id', '=', letter.split('/').at(-1)!).executeTakeFirstOrThrow()
const verified = async () => (await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)

test('the case page leads to the letters; what can be taken now is offered, the rest with its reason', async () => {
  const id = await register()
  expect(await (await get(`/desk/applications/${id}`)).text()).toContain(`/desk/applications/${id}/letters`)
  const html = await (await get(`/desk/applications/${id}/letters`)).text()
  expect(html).toContain(`/letters/new/L03`)
  expect(html).not.toContain(`/letters/new/L15`)
  expect(html).toContain('尚未拟作出处理决定')
  expect((await get(`/desk/applications/${id}/letters`, 'office')).status).toBe(200)
  expect((await get(`/desk/applications/${id}/letters/new/L03`, 'leader')).status).toBe(403)
  expect((await get(`/desk/applications/${id}/letters/new/L99`)).status).toBe(404)
})

test('a draft with fields missing is refused beside each field, and what was filled is kept', async () => {
  const id = await register()
  const path = `/desk/applications/${id}/letters/new/L03`
  const response = await post(path, { letterId: newId(), 'fields.items': '没有写明合同的名称' })
  const html = await response.text()
  expect(response.status).toBe(422)
  expect(html).toContain('id="f-fields.requirements-error"')
  expect(html).toContain('没有写明合同的名称</textarea>')
  expect(await db.selectFrom('application_letter').selectAll().where('case_id', '=', id).execute()).toEqual([])
})

test('from draft to frozen: masked on the screen, sealed at rest, the number from the register, files behind a reason', async () => {
  const id = await register()
  const letter = await draft(id, 'L03', SUPPLEMENT)
  const page = await (await get(letter)).text()
  expect(page).toContain('草稿：未编文号，不得送出')
  expect(page).toContain('欧***')
  expect(page).not.toContain(NAME)

  expect(await (await act(letter, 'issue')).text()).toContain('先签批，再发出')
  const signed = await act(letter, 'sign', {}, 'leader')
  expect(signed.status).toBe(303)
  const issued = await act(letter, 'issue')
  expect([issued.status, issued.status === 303 ? '' : await issued.text()]).toEqual([303, ''])

  const row = await rowOf(letter)
  expect(row).toMatchObject({ status: 'issued', doc_no: '示街办公开补〔2025〕1号', issued_on: '2025-03-04' })
  const stored = await db.selectFrom('application_letter_file').selectAll().where('letter_id', '=', row.letter_id).orderBy('format').execute()
  expect(stored.map(({ format }) => format)).toEqual(['docx', 'pdf'])
  for (const { file_key } of stored) expect((await deps.files.get(file_key)).subarray(0, 4).toString('latin1')).not.toMatch(/%PDF|PK/)
  for (const sealed of [row.content_sealed, row.model_sealed!]) expect(sealed.toString('utf8')).not.toContain(NAME)

  expect(await (await post(`${letter}/files`, { format: 'pdf', reason: '' })).text()).toContain('请写明取用的事由')
  const file = await post(`${letter}/files`, { format: 'pdf', reason: '打印盖章后邮寄' })
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(Buffer.from(await file.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await post(`${letter}/files`, { format: 'pdf', reason: '打印盖章后邮寄' }, 'leader')).status).toBe(403)

  const audit = await db.selectFrom('audit_event').selectAll().where('target', '=', id).execute()
  expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['application.letter-drafted', 'application.letter-signed', 'application.letter-issued', 'personal-data.read']))
  expect(JSON.stringify(audit)).not.toContain(NAME)
  expect(await verified()).toEqual([])
})

test('nobody signs what they drafted or changed', async () => {
  const id = await register()
  const own = await draft(id, 'L03', SUPPLEMENT, 'head')
  expect(await (await get(own, 'head')).text()).toContain('不能签批自己起草或者修改过的文书')
  const refused = await act(own, 'sign', {}, 'head')
  expect([refused.status, (await refused.text()).includes('不能签批自己起草或者修改过的文书')]).toEqual([422, true])

  const changed = await draft(id, 'L03', SUPPLEMENT)
  expect((await act(changed, 'fields', { ...SUPPLEMENT, 'fields.items': '没有写明合同的签订时间' }, 'head')).status).toBe(303)
  expect((await act(changed, 'sign', {}, 'head')).status).toBe(422)
  expect((await act(changed, 'sign', {}, 'leader')).status).toBe(303)
  expect((await get(`${changed}/sign`, 'officer')).status).toBe(403)
  await expect(db.updateTable('application_letter').set({ signed_by: (await rowOf(changed)).drafted_by[0]! }).where('letter_id', '=', changed.split('/').at(-1)!).execute()).rejects.toThrow(/check/)
})

test('a letter changed after signing must be signed again, and so must one whose case has moved', async () => {
  const id = await register()
  const letter = await draft(id, 'L03', SUPPLEMENT)
  expect((await act(letter, 'sign', {}, 'head')).status).toBe(303)
  expect((await act(letter, 'fields', { ...SUPPLEMENT, 'fields.items': '没有写明合同的签订时间' })).status).toBe(303)
  expect((await rowOf(letter)).status).toBe('draft')
  expect((await act(letter, 'sign', {}, 'head')).status).toBe(303)
  const { state } = await getApplication(db, bodyId, id)
  await step(id, 'correct', { receivedOn: state.receivedOn!, channel: 'IN_PERSON', applicantKind: 'N', content: '另一份示例文件', reason: '登记时抄错了' })
  const refused = await act(letter, 'issue')
  expect([refused.status, (await refused.text()).includes('签批之后案件有变')]).toEqual([422, true])
  expect((await rowOf(letter)).status).toBe('signed')
  expect(await (await get(letter)).text()).not.toContain(`${letter}/issue`)
  expect((await act(letter, 'sign', {}, 'leader')).status).toBe(303)
  expect((await act(letter, 'sign', {}, 'leader')).status).toBe(422)
  expect((await act(letter, 'issue')).status).toBe(303)
})

test('what another has changed meanwhile is told, and what was written is kept', async () => {
  const id = await register()
  const letter = await draft(id, 'L03', SUPPLEMENT)
  const seen = versionIn(await (await get(`${letter}/paragraphs`)).text())
  expect((await act(letter, 'fields', { ...SUPPLEMENT, 'fields.items': '没有写明合同的对方单位' })).status).toBe(303)
  const late = await post(`${letter}/paragraphs`, { version: seen, paragraphs: '我改的一段。' })
  const html = await late.text()
  expect([late.status, html.includes('他人刚才改过这件文书'), html.includes('我改的一段。')]).toEqual([409, true, true])
})

test('hand-edited paragraphs are checked by the ten rules; errors block and keep what was written', async () => {
  const id = await register()
  const letter = await draft(id, 'L03', SUPPLEMENT)
  const whole = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(await (await get(`${letter}/paragraphs`)).text())![1]!
  const bad = await act(letter, 'paragraphs', { paragraphs: `${whole.replace('视为放弃申请', '另行通知')}\n落款____年月日` })
  const html = await bad.text()
  expect(bad.status).toBe(422)
  for (const said of ['没有写明「视为放弃申请」', '落款____年月日']) expect(html).toContain(said)
  expect(html).not.toMatch(/LT-\d/)
  expect(html).toContain('另行通知')
  const good = await act(letter, 'paragraphs', { paragraphs: whole.replace('特此告知。', '请妥善保存本告知书。\n特此告知。') })
  expect(good.status).toBe(303)
  expect(await (await get(letter)).text()).toContain('请妥善保存本告知书。')

  // 日子一变，拟成的期限已不同：照旧签批即成错误的期限，须对照重改
  setToday('2025-03-05')
  expect(await (await get(letter)).text()).toContain('请对照重改')
  expect((await act(letter, 'sign', {}, 'head')).status).toBe(422)
  expect((await act(letter, 'paragraphs', { paragraphs: 'x', restore: 'yes' })).status).toBe(303)
  expect((await act(letter, 'sign', {}, 'head')).status).toBe(303)
})

test('numbers run on without a gap when two are issued at once, and a failed one takes none', async () => {
  const [one, two] = [await register(), await register()]
  const letters = [await draft(one, 'L11', { recipient: '综合科', 'fields.matter': '检索合同并提出可否公开的意见', 'fields.by': '2025-03-12' }), await draft(two, 'L11', { recipient: '综合科', 'fields.matter': '检索合同并提出可否公开的意见', 'fields.by': '2025-03-12' })]
  for (const letter of letters) expect((await act(letter, 'sign', {}, 'head')).status).toBe(303)
  const cookie = await cookieOf('officer')
  const send = async (letter: string): Promise<Response> => app.request(`${letter}/issue`, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: 'version=2' })
  // 同一件也同时交两次：只发一次
  const responses = await Promise.all([...letters, letters[0]!].map((letter) => send(letter)))
  expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 303, 409])
  const numbers = (await Promise.all(letters.map(rowOf))).map(({ doc_no }) => doc_no)
  expect(new Set(numbers)).toEqual(new Set(['示街办公开征〔2025〕1号', '示街办公开征〔2025〕2号']))

  const third = await draft(one, 'L11', { recipient: '龘科', 'fields.matter': '检索合同\u{2B820}', 'fields.by': '2025-03-12' })
  expect((await act(third, 'sign', {}, 'head')).status).toBe(303)
  const failed = await act(third, 'issue')
  expect([failed.status, (await failed.text()).includes('现有字体中没有')]).toEqual([422, true])
  const fourth = await draft(two, 'L11', { recipient: '档案室', 'fields.matter': '检索合同', 'fields.by': '2025-03-12' })
  expect((await act(fourth, 'sign', {}, 'head')).status).toBe(303)
  expect((await act(fourth, 'issue')).status).toBe(303)
  expect((await rowOf(fourth)).doc_no).toBe('示街办公开征〔2025〕3号')
})

test('the answer: only the letter of the decision, with the number and day of the decision, once', async () => {
  const id = await register('2025-03-06')
  await step(id, 'examine')
  await step(id, 'propose', { outcome: 'GRANTED', 'evidence.provided': '以电子邮件发送复制件两份' })
  const contradicting = await post(`/desk/applications/${id}/letters/new/L17`, { letterId: newId(), 'fields.facts': '不予公开' })
  expect([contradicting.status, (await contradicting.text()).includes('政府信息予以公开答复书')]).toEqual([422, true])
  const answer = await draft(id, 'L15')
  const early = await act(answer, 'sign', {}, 'leader')
  expect([early.status, (await early.text()).includes('处理决定尚未作出')]).toEqual([422, true])
  await step(id, 'approve', {}, 'head')
  setToday('2025-03-07')
  expect((await act(answer, 'sign', {}, 'leader')).status).toBe(303)
  const second = await draft(id, 'L15')
  expect((await act(second, 'sign', {}, 'leader')).status).toBe(303)
  const issued = await act(answer, 'issue')
  expect([issued.status, issued.status === 303 ? '' : await issued.text()]).toEqual([303, ''])
  const { state } = await getApplication(db, bodyId, id)
  expect((await rowOf(answer)).doc_no).toBe(state.decision!.docNo)
  expect(await (await get(answer)).text()).toContain('2025年3月6日')
  const again = await act(second, 'issue')
  expect([again.status, (await again.text()).includes('已发过文书')]).toEqual([422, true])
  expect(await (await get(`/desk/applications/${id}/letters`)).text()).not.toContain('/letters/new/L15')
})

test('once issued nothing moves: no edit, no second issue, no discard; a touched file or number is found', async () => {
  const id = await register('2025-03-10')
  const letter = await draft(id, 'L03', SUPPLEMENT)
  await act(letter, 'sign', {}, 'head')
  expect((await act(letter, 'issue')).status).toBe(303)
  const before = await rowOf(letter)
  for (const name of ['fields', 'paragraphs', 'sign', 'issue', 'discard']) {
    const response = await post(`${letter}/${name}`, { version: String(before.version), ...SUPPLEMENT, paragraphs: '改' }, name === 'sign' ? 'head' : 'officer')
    expect([name, response.status]).toEqual([name, 422])
  }
  expect((await get(`${letter}/draft/pdf`)).status).toBe(404)
  // 案件再怎么走，发出的一字不变
  await step(id, 'withdraw')
  setToday('2025-04-10')
  expect(await rowOf(letter)).toEqual(before)
  expect(await (await get(letter)).text()).toContain('2025年3月10日')
  expect(await verified()).toEqual([])

  const ofLetter = db.updateTable('application_letter').where('letter_id', '=', before.letter_id)
  await ofLetter.set({ doc_no: '示街办公开补〔2025〕99号' }).execute()
  expect((await verified()).map(({ message }) => message)).toEqual(['内容或者文号与发出时的摘要不符'])
  await ofLetter.set({ doc_no: before.doc_no }).execute()
  await db.updateTable('application_letter_file').set({ hash: '0'.repeat(64) }).where('letter_id', '=', before.letter_id).where('format', '=', 'pdf').execute()
  expect((await verified()).map(({ where }) => where)).toEqual([`文书 ${bodyId}/${before.letter_id}（pdf）`])
})

test('a draft can be downloaded, marked and masked, and thrown away without a number', async () => {
  const id = await register('2025-03-11')
  const letter = await draft(id, 'L03', SUPPLEMENT)
  const docx = await get(`${letter}/draft/docx`)
  expect([docx.status, decodeURIComponent(docx.headers.get('content-disposition') ?? '')]).toEqual([200, "attachment; filename*=UTF-8''政府信息公开申请补正告知书（草稿）.docx"])
  expect((await get(`${letter}/draft/exe`)).status).toBe(404)
  const gone = await act(letter, 'discard')
  expect([gone.status, gone.headers.get('location')]).toEqual([303, `/desk/applications/${id}/letters`])
  expect((await get(letter)).status).toBe(404)
})

test('to a third party: its name is typed, masked for those who do not see personal data; the applicant is nowhere; its number is filled into the reply slip', async () => {
  const id = await register('2025-03-12')
  const fields = { recipient: '王某某', 'fields.infoName': '视频监控设施运行维护服务合同', 'fields.involved': '投标报价的成本构成', 'fields.interest': 'SECRET' }
  const leaking = await post(`/desk/applications/${id}/letters/new/L06`, { letterId: newId(), ...fields, 'fields.involved': `申请人为${NAME}` })
  const html = await leaking.text()
  expect([leaking.status, html.includes('不得向第三方透露申请人'), /LT-\d/.test(html)]).toEqual([422, true, false])
  const letter = await draft(id, 'L06', fields)
  expect(await (await get(letter)).text()).toContain('王某某：')
  expect(await (await get(letter, 'leader')).text()).toContain('王**：')
  expect((await act(letter, 'sign', {}, 'leader')).status).toBe(303)
  expect((await act(letter, 'issue')).status).toBe(303)
  const { doc_no } = await rowOf(letter)
  expect(await (await get(`/desk/applications/${id}/letters/new/L07`)).text()).toContain(doc_no)
})

test('what a choice makes necessary is asked after it, and what the case knows never is', async () => {
  const id = await register('2025-03-13')
  const path = `/desk/applications/${id}/letters/new/L12`
  expect(await (await get(path)).text()).not.toContain('name="fields.pages"')
  const chosen = await (await post(path, { letterId: newId(), 'fields.mode': 'PAGES', 'fields.payHow': '缴入国库' })).text()
  expect(chosen).toContain('name="fields.pages"')
  expect(chosen).not.toContain('name="fields.count"')
  expect(chosen).not.toContain('name="recipient"')
})

test('LT-05: an answer after its day can still be drafted, and says how late it is', async () => {
  const id = await register('2025-03-14')
  setToday('2025-04-16')
  await step(id, 'examine')
  await step(id, 'propose', { outcome: 'GRANTED', 'evidence.provided': '以电子邮件发送复制件两份' })
  const letter = await draft(id, 'L15')
  const html = await (await get(letter)).text()
  expect(html).toContain('晚于答复期限（2025年4月14日），逾期2个工作日')
  expect(html).not.toMatch(/LT-\d/)
})

test('the register sheet (L01): not numbered, the name masked inside the table too, on screen and in the draft', async () => {
  const id = await register('2025-03-17')
  const letter = await draft(id, 'L01', { 'fields.identity': 'COMPLETE', 'fields.description': 'CLEAR', 'fields.formAsked': 'GIVEN', 'fields.evidence': '当面提交，签收回执', 'fields.registrar': '经办人甲' })
  const html = await (await get(letter)).text()
  expect([html.includes(NAME), html.includes('欧***')]).toEqual([false, true])
  expect((await act(letter, 'sign', {}, 'head')).status).toBe(303)
  expect((await act(letter, 'issue')).status).toBe(303)
  expect(await rowOf(letter)).toMatchObject({ doc_no: null, status: 'issued' })
  expect(await (await get(letter)).text()).not.toContain(NAME)
  const file = await post(`${letter}/files`, { format: 'docx', reason: '存卷' })
  expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain('政府信息公开申请登记表.docx')
})

test.each(sampleLetters().map(({ name, input }) => [name, input] as const))('%s: what its form asks comes back as it was filled', (_, input) => {
  expect(readLetterForm(input.id, (name) => (name === 'recipient' ? input.recipient : (input.fields[name.replace(/^fields\./, '')] ?? '')))).toEqual({ recipient: input.recipient, fields: input.fields })
})

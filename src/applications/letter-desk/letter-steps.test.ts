import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { createAccount } from '../../identity/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { APPLICATION_TRANSITIONS } from '../application.ts'
import { actionOf } from '../case-actions.ts'
import { maySignLetter, signableLetters } from '../letters/letter-signers.ts'
import { LETTERS, LETTER_IDS, letterRule } from '../letters/letters.ts'
import { SIGN_OFF_CHAINS } from '../sign-off.ts'
import type { SignOffChain } from '../sign-off.ts'
import { aDesk } from '../testing-desk.ts'
import { draftLetter, issueLetter, signLetter } from '../testing.ts'
import { applicationToDos } from '../to-dos.ts'
import { LETTER_STEPS } from './letter-steps.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''
const seed = { kind: 'system', name: 'seed' } as const
const setChain = async (value: SignOffChain): Promise<unknown> => setSetting(deps, seed, { bodyId, key: 'signOffChain', value })

beforeAll(async () => {
  setToday('2025-02-05')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'steps' })
})
afterAll(() => closePdf())

const SUPPLEMENT = { items: '没有写明合同的名称', requirements: '写明合同的名称、签订时间或者对方单位', days: '10' }
const THIRD = { infoName: '视频监控设施运行维护服务合同', involved: '投标报价的成本构成', interest: 'SECRET' }
const PARTY = '王某某测试'

/** 起草、签批、发出一件，返回编号。 */
async function issued(caseId: string, type: (typeof LETTER_IDS)[number], content: { recipient?: string; fields?: Record<string, string>; consultation?: string } = {}): Promise<string> {
  const ref = { bodyId, caseId, letterId: newId() }
  expect(await draftLetter(deps, desk.accountOf('officer'), { ...ref, type, recipient: '', fields: {}, ...content })).toEqual({ ok: true })
  expect(await signLetter(deps, desk.accountOf('head'), { ...ref, seen: 1 })).toEqual({ ok: true })
  expect(await issueLetter(deps, desk.accountOf('officer'), { ...ref, seen: 2 })).toMatchObject({ ok: true })
  return ref.letterId
}
const stepVersionOf = async (letterId: string) => (await db.selectFrom('application_letter').select('step_version').where('letter_id', '=', letterId).executeTakeFirstOrThrow()).step_version
const letterOf = (caseId: string, letterId: string): string => `/desk/applications/${caseId}/letters/${letterId}`
const textOf = async (path: string, as: 'officer' | 'head' | 'leader' | 'office' = 'officer'): Promise<string> => (await desk.get(path, as)).text()

test('the table: each step is the event of its action and of its letter, each field is asked on both sides', () => {
  for (const type of LETTER_IDS) {
    const step = LETTER_STEPS[type]
    const told = letterRule(type).step
    // 告知征求意见的（L08）不另成一步
    if (type !== 'L08') expect([type, step === undefined]).toEqual([type, told === undefined && letterRule(type).outcomes === undefined && type !== 'L11'])
    if (step === undefined) continue
    expect([type, actionOf(step.action).event]).toEqual([type, step.event])
    if (told !== undefined) expect([type, step.event]).toEqual([type, told])
    expect(Object.keys(APPLICATION_TRANSITIONS)).toContain(step.event)
    for (const key of Object.values(step.fields)) expect(LETTERS[type].fields.map((field: { key: string }) => field.key)).toContain(key)
  }
})

test('a letter issued offers its step, filled from it but for the day of service, and links the two', async () => {
  const id = await desk.register('2025-02-10')
  const letterId = await issued(id, 'L03', { fields: SUPPLEMENT })
  setToday('2025-02-12')
  for (const page of [await desk.pageOf(id), await textOf(letterOf(id, letterId))]) expect(page).toContain(`/desk/applications/${id}/ask-supplement?letter=${letterId}`)
  expect(await desk.pageOf(id, 'office')).not.toContain('ask-supplement?letter=')
  const form = await textOf(`/desk/applications/${id}/ask-supplement?letter=${letterId}`)
  expect(form).toContain('没有写明合同的名称</textarea>')
  expect(form).toMatch(/name="days"[^>]*value="10"|value="10"[^>]*name="days"/)
  expect(form).toContain('文书 2025-02-10 发出；填对方收到之日')
  expect(/<input[^>]*name="on"[^>]*>/.exec(form)?.[0]).not.toContain('value=')
  const early = await desk.refusalOf(id, '2025-02-12', 'ask-supplement', { letter: newId(), items: '名称', days: '10' })
  expect(early).toContain('请从所列的选项中选择')
  await desk.done(id, '2025-02-12', 'ask-supplement', { letter: letterId, items: '没有写明合同的名称', days: '10', on: '2025-02-11' })
  expect((await desk.stateOf(id)).supplements[0]?.askedOn).toBe('2025-02-11')
  expect(await stepVersionOf(letterId)).toBe(2)
  const after = await desk.pageOf(id)
  expect(after).not.toContain('尚未记「告知补正」')
  expect(after).not.toContain('文书尚未发出')
})

test('a day of service before the letter went out is refused', async () => {
  const id = await desk.register('2025-02-10')
  setToday('2025-02-12')
  const letterId = await issued(id, 'L03', { fields: SUPPLEMENT })
  expect(await desk.refusalOf(id, '2025-02-13', 'ask-supplement', { letter: letterId, items: '名称', on: '2025-02-11' })).toContain('不能早于所依文书的发出之日')
  expect(await stepVersionOf(letterId)).toBeNull()
})

test('a supplement asked late: the letter says the clock goes on, the head records it, the two belong together', async () => {
  const id = await desk.register('2025-02-10')
  await desk.done(id, '2025-02-10', 'examine')
  setToday('2025-02-24')
  const letterId = await issued(id, 'L03', { fields: SUPPLEMENT })
  const text = await textOf(letterOf(id, letterId))
  expect([text.includes('答复期限不因本次补正停止'), text.includes('视为放弃申请')]).toEqual([true, false])
  await desk.done(id, '2025-02-24', 'ask-supplement', { letter: letterId, items: '名称', days: '10' }, 'head')
  expect([(await desk.stateOf(id)).status, await stepVersionOf(letterId)]).toEqual(['examining', 3])
  const other = await desk.register('2025-02-10')
  await desk.done(other, '2025-02-24', 'ask-supplement', { items: '名称', days: '10' }, 'head')
  expect(await stepVersionOf(await issued(other, 'L03', { fields: SUPPLEMENT }))).toBe(2)
})

test('a step recorded without its letter says so and leads to the draft; the letter issued after it belongs to it', async () => {
  const id = await desk.register('2025-02-17')
  await desk.done(id, '2025-02-17', 'examine')
  await desk.done(id, '2025-02-20', 'extend', { days: '20' }, 'head')
  const page = await desk.pageOf(id)
  expect(page).toContain('已于 2025-02-20 记「批准延期」，文书尚未发出')
  expect(page).toContain(`/desk/applications/${id}/letters/new/L05`)
  // 次日才起草，也还是那一次延期，不是再延二十日
  setToday('2025-02-21')
  expect(await textOf(`/desk/applications/${id}/letters/new/L05`)).not.toContain('name="fields.days"')
  const letterId = await issued(id, 'L05', { fields: { reason: '需要征集档案' } })
  expect(await stepVersionOf(letterId)).toBe(3)
  expect(await textOf(letterOf(id, letterId))).toContain('延长答复期限20个工作日')
  expect(await desk.pageOf(id)).not.toContain('文书尚未发出')
})

test('the answer issued offers the dispatch, with the day it went out', async () => {
  const id = await desk.register('2025-02-24')
  await desk.decide(id, '2025-02-25')
  const unsent = await textOf(`/desk/applications/${id}/dispatch`)
  expect([unsent.includes('还没有在这里发出'), unsent.includes(`/desk/applications/${id}/letters/new/L15`), unsent.includes('name="carrier"')]).toEqual([true, true, true])
  const letterId = await issued(id, 'L15')
  setToday('2025-02-27')
  expect(await textOf(`/desk/applications/${id}/dispatch`)).not.toContain('还没有在这里发出')
  const form = await textOf(`/desk/applications/${id}/dispatch?letter=${letterId}`)
  expect(/<input[^>]*name="on"[^>]*>/.exec(form)?.[0]).toContain('value="2025-02-25"')
  await desk.done(id, '2025-02-27', 'dispatch', { letter: letterId, method: 'DIRECT' })
  expect(await stepVersionOf(letterId)).not.toBeNull()
  const other = await desk.register('2025-02-24')
  await desk.decide(other, '2025-02-25')
  await desk.done(other, '2025-02-26', 'dispatch', { method: 'DIRECT' })
  expect(await desk.pageOf(other)).toContain(`/desk/applications/${other}/letters/new/L15`)
})

test('the consulted party: from the letter or the form, sealed, masked, in no event, shown in full only for a reason', async () => {
  const id = await desk.register('2025-03-03')
  await desk.done(id, '2025-03-03', 'examine')
  const letterId = await issued(id, 'L06', { recipient: PARTY, fields: THIRD })
  const form = await textOf(`/desk/applications/${id}/send-consultation?letter=${letterId}`)
  expect(form).not.toContain(PARTY)
  expect(await desk.refusalOf(id, '2025-03-04', 'send-consultation', { letter: letterId, with: 'CO_AGENCY' })).toContain('所选的文书与所填的不符')
  await desk.done(id, '2025-03-04', 'send-consultation', { letter: letterId, with: 'THIRD_PARTY' })
  await desk.done(id, '2025-03-05', 'send-consultation', { with: 'CO_AGENCY', party: '示例区财政局', contact: '027-88880001' })
  const [third, agency] = (await desk.stateOf(id)).consultations
  const page = await desk.pageOf(id)
  expect(page).toContain('第三方（第 1 次），王****')
  expect(page).toContain('示例区财政局')
  expect(page).toContain(letterOf(id, letterId))
  // 共同制作机关的那一次没有征求意见书
  expect(page).toContain(`/letters/new/L10?consultation=${agency!.id}`)
  for (const as of ['leader', 'office'] as const) {
    const hidden = await desk.pageOf(id, as)
    expect([as, hidden.includes('王****'), hidden.includes('示例区财政局'), hidden.includes('征求意见')]).toEqual([as, false, false, true])
  }
  const events = await db.selectFrom('timeline_event').selectAll().where('case_id', '=', id).execute()
  expect(JSON.stringify(events)).not.toMatch(/王某某|财政局|88880001/)
  const rows = await db.selectFrom('consultation_party').selectAll().where('case_id', '=', id).execute()
  expect(rows.map((row) => row.name_sealed.toString('utf8')).join('')).not.toMatch(/王某某|财政局/)

  const contact = `/desk/applications/${id}/consultations/${third!.id}/contact`
  expect((await desk.get(contact, 'leader')).status).toBe(403)
  expect((await desk.post(contact, { reason: '' })).status).toBe(422)
  expect(await (await desk.post(contact, { reason: '邮寄征求意见书' })).text()).toContain(PARTY)
  const audit = await db.selectFrom('audit_event').selectAll().where('target', '=', id).execute()
  expect(audit.map(({ action }) => action)).toContain('personal-data.read')
  expect(JSON.stringify(audit)).not.toContain(PARTY)

  const party = `/desk/applications/${id}/consultations/${third!.id}/party`
  expect((await desk.post(party, { party: '', contact: '' })).status).toBe(422)
  expect((await desk.post(party, { party: '李某某测试', contact: '13900000000' })).status).toBe(303)
  expect(await desk.pageOf(id)).toContain('第三方（第 1 次），李****')
  expect((await desk.get(`/desk/applications/${id}/consultations/x/party`)).status).toBe(404)
})

test('letters to the consulted are addressed by choosing the consultation', async () => {
  const id = await desk.register('2025-03-10')
  await desk.done(id, '2025-03-10', 'examine')
  await desk.done(id, '2025-03-10', 'send-consultation', { with: 'THIRD_PARTY', party: PARTY })
  const [third] = (await desk.stateOf(id)).consultations
  const path = `/desk/applications/${id}/letters/new/L06`
  expect(await textOf(`${path}?consultation=${third!.id}`)).toContain('第三方，王****，2025-03-10 发出')
  // 只有一次的先选定
  expect(await textOf(path)).toContain(`checked="" value="${third!.id}"`)
  const letterId = newId()
  const fields = Object.fromEntries(Object.entries(THIRD).map(([key, value]) => [`fields.${key}`, value]))
  // 没有选的，须填主送
  expect((await desk.post(path, { letterId, ...fields, consultation: 'none' })).status).toBe(422)
  expect((await desk.post(path, { letterId, ...fields, consultation: third!.id })).status).toBe(303)
  expect(await textOf(letterOf(id, letterId), 'leader')).toContain('王****：')
  const ref = { bodyId, caseId: id, letterId }
  await signLetter(deps, desk.accountOf('head'), { ...ref, seen: 1 })
  await issueLetter(deps, desk.accountOf('officer'), { ...ref, seen: 2 })
  // 先记的那一次征求，由它告知
  expect(await stepVersionOf(letterId)).toBe(3)
  // 已发过征求意见书的那一次，不再先选定；给他的回执仍是
  expect(await textOf(path)).toContain('checked="" value="none"')
  expect(await textOf(`/desk/applications/${id}/letters/new/L07`)).toContain(`checked="" value="${third!.id}"`)
})

test('a letter is returned with a reason that is kept, mended, submitted again and signed', async () => {
  const id = await desk.register('2025-03-17')
  const ref = { bodyId, caseId: id, letterId: newId() }
  await draftLetter(deps, desk.accountOf('officer'), { ...ref, type: 'L03', recipient: '', fields: SUPPLEMENT })
  const here = letterOf(id, ref.letterId)
  const waiting = async (post: 'officer' | 'head' | 'leader') => (await applicationToDos(deps, desk.accountOf(post))).filter(({ href }) => href === here).map(({ note }) => note)
  expect([await waiting('head'), await waiting('officer')]).toEqual([['等您签批'], []])
  expect((await desk.get(`${here}/return`)).status).toBe(403)
  expect((await desk.post(`${here}/return`, { version: '1', reason: '' }, 'head')).status).toBe(422)
  expect((await desk.post(`${here}/return`, { version: '1', reason: '补正的要求写得不具体' }, 'head')).status).toBe(303)
  expect([await waiting('head'), await waiting('officer')]).toEqual([[], ['退回给您，改后再送签']])
  expect(await textOf(here)).toContain('补正的要求写得不具体')
  expect(await textOf(here, 'office')).not.toContain('补正的要求写得不具体')
  const sealed = await db.selectFrom('application_letter_remark').selectAll().where('letter_id', '=', ref.letterId).executeTakeFirstOrThrow()
  expect(sealed.remark_sealed.toString('utf8')).not.toContain('补正')
  expect((await desk.post(`${here}/sign`, { version: '2' }, 'head')).status).toBe(422)
  expect((await desk.post(`${here}/fields`, { version: '2', 'fields.items': '没有写明合同的名称', 'fields.requirements': '写明合同的名称与签订的年份' })).status).toBe(303)
  expect(await waiting('officer')).toEqual(['退回给您，改后再送签'])
  expect((await desk.post(`${here}/resubmit`, { version: '3', remark: '已写明年份' })).status).toBe(303)
  expect((await desk.post(`${here}/resubmit`, { version: '4', remark: '' })).status).toBe(422)
  expect(await waiting('head')).toEqual(['等您签批'])
  expect((await desk.post(`${here}/sign`, { version: '4' }, 'head')).status).toBe(303)
  expect([await waiting('head'), await waiting('officer')]).toEqual([[], ['已签批，待发出']])
  // 签批而未发的也可以退回，签批作废
  expect((await desk.post(`${here}/return`, { version: '5', reason: '日期有误' }, 'leader')).status).toBe(303)
  expect(await textOf(here)).toContain('已写明年份')
  expect((await desk.post(`${here}/issue`, { version: '6' })).status).toBe(422)
  expect((await desk.post(`${here}/discard`, { version: '6' })).status).toBe(303)
})

test('who signs what follows the chain of the body: a unit head the procedural ones, never an extension or an answer', async () => {
  for (const chain of Object.keys(SIGN_OFF_CHAINS) as SignOffChain[]) {
    const signs = (role: string) => signableLetters(chain, [role])
    // 上一级的总可以代签，每种文书都有人签
    for (const type of LETTER_IDS) expect([chain, type, maySignLetter(type, chain, ['leader'])]).toEqual([chain, type, true])
    const unit = SIGN_OFF_CHAINS[chain][0] === 'unit-head'
    expect([chain, signs('unit-head').includes('L03'), signs('unit-head').includes('L05'), signs('unit-head').includes('L17'), signs('handler')]).toEqual([chain, unit, false, false, []])
    expect([chain, signs('disclosure-head').includes('L17')]).toEqual([chain, !(SIGN_OFF_CHAINS[chain] as readonly string[]).includes('leader')])
  }
  const id = await desk.register('2025-03-24')
  const ref = { bodyId, caseId: id, letterId: newId() }
  await draftLetter(deps, desk.accountOf('officer'), { ...ref, type: 'L03', recipient: '', fields: SUPPLEMENT })
  const unitHead = await createAccount(db, { name: 'steps.unit', displayName: '科室负责人（演示）', bodyId, roles: ['unit-head'] })
  expect(await signLetter(deps, unitHead, { ...ref, seen: 1 })).toMatchObject({ ok: false, problems: [{ message: '这种文书由信息公开工作机构负责人签批' }] })
  await setChain('UNIT_HEAD')
  expect(await signLetter(deps, unitHead, { ...ref, seen: 1 })).toEqual({ ok: true })
  await setChain('HEAD')
})

test('while a consultation is open and the applicant has not been told, the case page says so quietly; told, it does not, until the next one', async () => {
  const id = await desk.register('2025-02-24')
  await desk.done(id, '2025-02-24', 'examine')
  expect(await desk.pageOf(id)).not.toContain('还没有告知申请人')
  await desk.done(id, '2025-02-25', 'send-consultation', { with: 'THIRD_PARTY', party: PARTY, contact: '' })
  const page = await desk.pageOf(id)
  expect(page).toContain('2025-02-25 起征求意见，还没有告知申请人')
  expect(page).toContain(`/desk/applications/${id}/letters/new/L08`)
  expect(/<div class="notice info"[^>]*>(?:(?!<\/div>)[\s\S])*还没有告知申请人/.test(page)).toBe(true)
  expect(await desk.pageOf(id, 'leader')).toContain('由承办人起草《政府信息公开征求意见告知书》')
  const letterId = newId()
  expect(await draftLetter(deps, desk.accountOf('officer'), { bodyId, caseId: id, letterId, type: 'L08', recipient: '', fields: {} })).toEqual({ ok: true })
  expect(await desk.pageOf(id)).toContain(`href="${letterOf(id, letterId)}">接着办《政府信息公开征求意见告知书》`)
  expect(await signLetter(deps, desk.accountOf('head'), { bodyId, caseId: id, letterId, seen: 1 })).toEqual({ ok: true })
  expect(await issueLetter(deps, desk.accountOf('officer'), { bodyId, caseId: id, letterId, seen: 2 })).toMatchObject({ ok: true })
  expect(await desk.pageOf(id)).not.toContain('还没有告知申请人')
  // 又征求一次，又要告知
  await desk.done(id, '2025-02-27', 'send-consultation', { with: 'OTHER_AGENCY', party: '某局', contact: '' })
  expect(await desk.pageOf(id)).toContain('2025-02-27 起征求意见，还没有告知申请人')
})

test('the fee notice comes with the way of paying from the settings, and can be changed', async () => {
  const id = await desk.register('2025-02-24')
  expect(await textOf(`/desk/applications/${id}/letters/new/L12`)).toMatch(/name="fields.payHow"[^>]*><\/textarea>/)
  await setSetting(deps, seed, { bodyId, key: 'feePayment', value: '凭缴款码到非税收入平台缴纳' })
  expect(await textOf(`/desk/applications/${id}/letters/new/L12`)).toContain('>凭缴款码到非税收入平台缴纳</textarea>')
  expect(await textOf(`/desk/applications/${id}/letters/new/L05`)).not.toContain('凭缴款码')
  const again = await (await desk.post(`/desk/applications/${id}/letters/new/L12`, { letterId: newId(), 'fields.mode': 'PAGES', 'fields.payHow': '到窗口缴纳' })).text()
  expect([again.includes('>到窗口缴纳</textarea>'), again.includes('凭缴款码')]).toEqual([true, false])
  // 按件的，本月第几件是系统知道的
  const counted = await (await desk.post(`/desk/applications/${id}/letters/new/L12`, { letterId: newId(), 'fields.mode': 'COUNT' })).text()
  expect(counted).toMatch(/name="fields.countBefore"[^>]*value="\d+"/)
  expect(counted).toMatch(/name="fields.count"[^>]*value="[1-9]\d*"/)
})

test('a letter returned tells its drafter in the desk, once each time, without the reason; sent again or discarded, it is settled', async () => {
  const id = await desk.register('2025-02-24')
  const ref = { bodyId, caseId: id, letterId: newId() }
  const told = async () => (await db.selectFrom('notice').select(['account_id', 'title', 'note', 'href', 'read_at']).where('body_id', '=', bodyId).where('key', 'like', `letter-returned/${ref.letterId}/%`).orderBy('notice_id').execute()).map(({ account_id, read_at, ...words }) => ({ ...words, mine: account_id === desk.accountOf('officer').accountId, read: read_at !== null }))
  expect(await draftLetter(deps, desk.accountOf('officer'), { ...ref, type: 'L03', recipient: '', fields: SUPPLEMENT })).toEqual({ ok: true })
  expect(await told()).toEqual([])
  const at = letterOf(id, ref.letterId)
  expect((await desk.post(`${at}/return`, { version: '1', reason: '示例写得太长' }, 'head')).status).toBe(303)
  const { regNo } = await desk.stateOf(id)
  const words = { title: `${regNo}：文书退回修改`, note: '《政府信息公开申请补正告知书》退回给您，改后再送签；退回的理由在文书那一页。', href: at, mine: true }
  expect(await told()).toEqual([{ ...words, read: false }])
  expect(await textOf('/desk/notices')).toContain(words.title)
  expect((await desk.post(`${at}/resubmit`, { version: '2', remark: '已改短' })).status).toBe(303)
  expect(await told()).toEqual([{ ...words, read: true }])
  expect((await desk.post(`${at}/return`, { version: '3', reason: '还是长' }, 'head')).status).toBe(303)
  expect(await told()).toEqual([{ ...words, read: true }, { ...words, read: false }])
  expect((await desk.post(`${at}/discard`, { version: '4' })).status).toBe(303)
  expect((await told()).map(({ read }) => read)).toEqual([true, true])
})

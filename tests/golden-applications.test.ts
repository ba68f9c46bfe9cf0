import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { countForReport } from '../src/applications/index.ts'
import { aDesk } from '../src/applications/testing-desk.ts'
import type { Post } from '../src/applications/testing-desk.ts'
import { aCitizen, fillDraft, submitDraft } from '../src/applications/citizen/testing-citizen.ts'
import { setSetting } from '../src/bodies/index.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { testDb } from '../src/platform/testing.ts'
import { draftLetter, openCase } from './oracle/real-case.ts'

/*
 * 领域参考第 10 节 G19–G41、G44、G45、G56、G57：表单交进去，看页面与文书写什么。
 * G41 的日子与 G42、G43 是复议、诉讼中的期限，用命令 `term` 算，见 src/commands/term.test.ts。
 */
const { db, deps, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''
const AUTHORITY = '武昌区人民政府'
const COURT = '武汉市武昌区人民法院'
const REVIEW_FIRST = `应当自收到之日起60日内先向${AUTHORITY}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向${COURT}提起行政诉讼。`
const EITHER = `可以自收到之日起60日内向${AUTHORITY}申请行政复议，或者自收到之日起6个月内向${COURT}提起行政诉讼。`

beforeAll(async () => {
  setToday('2023-01-04')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [key, value] of [['court', COURT], ['letterPhone', '027-88880000']] as const) expect(await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })).toMatchObject({ ok: true })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'golden' })
})

type Fields = Readonly<Record<string, string>>
/** 一行：某日做什么，或看到什么。`#1` 为第几次征求的编号。 */
type Line = { on: string; as?: Post } & (
  | { step: string; with?: Fields; refused?: string }
  | { due: string | null; paused?: number; says?: readonly string[]; never?: readonly string[] }
  | { letter: string; with?: Fields; says: readonly string[]; never?: readonly string[] }
)
interface Golden {
  no: string
  what: string
  received: string
  register?: Fields
  lines: readonly Line[]
}

const step = (on: string, name: string, given: Fields = {}, as: Post = 'officer'): Line => ({ on, step: name, with: given, as })
const refused = (on: string, name: string, given: Fields, words: string, as: Post = 'officer'): Line => ({ on, step: name, with: given, refused: words, as })
const due = (on: string, day: string | null, more: { paused?: number; says?: readonly string[]; never?: readonly string[]; as?: Post } = {}): Line => ({ on, due: day, ...more })
const letter = (on: string, type: string, given: Fields, says: readonly string[], never: readonly string[] = []): Line => ({ on, letter: type, with: given, says, never })

/** 拟定、批准。 */
const decided = (on: string, outcome: string, evidence: Fields): Line[] => [
  step(on, 'propose', { outcome, ...Object.fromEntries(Object.entries(evidence).map(([key, value]) => [`evidence.${key}`, value])) }),
  step(on, 'approve', {}, 'head'),
]
const denied = (on: string): Line[] => decided(on, 'DENY_PROCESS', { process: 'DRAFT', reason: '尚未审定' })
const notFound = (on: string): Line[] => decided(on, 'UNABLE_NOT_HELD', { notHeld: 'NOT_EXIST', searchedBy: '档案室', searchedOn: on, searchScope: '台账', searchTerms: '名称', searchResult: '没有检索到' })
const handedOver = (on: string): Line[] => [step(on, 'dispatch', { method: 'DIRECT' }), step(on, 'serve')]
/** 复议、起诉的最后一日，案件页上的写法。 */
const REVIEW_PAGE = '申请行政复议（须先复议）'

const GOLDEN: readonly Golden[] = [
  { no: 'G19', what: '征求第三方，十四个工作日不计入', received: '2025-03-03', lines: [due('2025-03-03', '2025-03-31'), step('2025-03-10', 'send-consultation', { with: 'THIRD_PARTY' }), letter('2025-03-10', 'L06', { recipient: '某公司', infoName: '某合同', involved: '报价', interest: 'SECRET' }, ['由本机关依照'], ['视为同意']), step('2025-03-28', 'return-consultation', { id: '#1', reply: 'REFUSE', reasonable: 'yes' }), due('2025-03-28', '2025-04-21', { paused: 14 })] },
  { no: 'G20', what: '第三方没有回：由机关决定，不是同意', received: '2025-09-15', lines: [step('2025-09-22', 'send-consultation', { with: 'THIRD_PARTY' }), step('2025-09-24', 'deliver-consultation', { id: '#1' }), refused('2025-10-21', 'expire-consultation', { id: '#1' }, '期限尚未届满'), step('2025-10-22', 'expire-consultation', { id: '#1' }), due('2025-10-22', '2025-11-11', { paused: 17, says: ['由本机关依法决定是否公开，不是同意'] })] },
  { no: 'G21', what: '两次征求重叠的只扣一次', received: '2026-03-02', lines: [step('2026-03-05', 'send-consultation', { with: 'THIRD_PARTY' }), step('2026-03-10', 'send-consultation', { with: 'OTHER_AGENCY' }), step('2026-03-16', 'return-consultation', { id: '#1', reply: 'AGREE' }), step('2026-03-20', 'return-consultation', { id: '#2', reply: 'AGREE' }), due('2026-03-20', '2026-04-15', { paused: 11 })] },
  { no: 'G22', what: '补正告知的期限，申请人补正的期限', received: '2024-12-23', lines: [due('2024-12-23', '2025-01-21', { says: ['2025-01-02 前一次性告知补正'] }), letter('2024-12-30', 'L03', { items: '没有写明名称', requirements: '写明名称' }, ['自收到本告知书之日起15个工作日内', '至2025年1月21日止'], ['行政复议', '行政诉讼']), step('2024-12-30', 'ask-supplement', { items: '写明名称' }), due('2024-12-30', null, { says: ['申请人的期限至 2025-01-21'] })] },
  { no: 'G23', what: '收到补正，自此重新计算', received: '2024-12-23', lines: [step('2024-12-30', 'ask-supplement', { items: '写明名称' }), step('2025-01-14', 'receive-supplement'), due('2025-01-14', '2025-02-17')] },
  { no: 'G24', what: '逾期不补正，期满的次日起不再处理', received: '2024-12-23', lines: [step('2024-12-30', 'ask-supplement', { items: '写明名称' }), refused('2025-01-21', 'close', {}, '期限尚未届满', 'head'), step('2025-01-22', 'close', {}, 'head'), due('2025-01-22', '2025-01-22', { says: ['申请人无正当理由逾期不补正、行政机关不再处理'] }), letter('2025-01-22', 'L27', {}, ['补正期限至2025年1月21日届满', '不再处理', EITHER], ['先向'])] },
  { no: 'G25', what: '延期十日、二十日；到期之后才告知的不行', received: '2024-09-02', lines: [step('2024-09-30', 'extend', { days: '10' }, 'head'), due('2024-09-30', '2024-10-18'), letter('2024-09-30', 'L05', { reason: '数量较多' }, ['延长答复期限10个工作日', '于2024年10月18日前'], ['行政复议']), step('2024-09-30', 'extend', { days: '10' }, 'head'), due('2024-09-30', '2024-11-01')] },
  { no: 'G25（迟）', what: '十月八日才告知延期', received: '2024-09-02', lines: [refused('2024-10-08', 'extend', { days: '10' }, '须在答复期限届满之前告知', 'head')] },
  { no: 'G26', what: '延期二十一个工作日', received: '2024-09-02', lines: [refused('2024-09-30', 'extend', { days: '21' }, '累计不得超过二十个工作日', 'head')] },
  { no: 'G27', what: '到期当日交邮，按期；救济自签收起算', received: '2025-09-26', lines: [...denied('2025-10-29'), step('2025-10-30', 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' }), step('2025-11-03', 'serve'), due('2025-11-03', '2025-10-30', { says: ['按期答复', '至 2026-01-04（2026-01-02 期满，遇休息日顺延）'] })] },
  { no: 'G28', what: '直接送达而签收在后，逾期', received: '2025-09-26', lines: [...denied('2025-10-29'), step('2025-11-03', 'dispatch', { method: 'DIRECT' }), step('2025-11-03', 'serve'), due('2025-11-03', '2025-10-30', { says: ['逾期 2 个工作日'] })] },
  { no: 'G29', what: '决定书交顺丰', received: '2025-09-26', lines: [...denied('2025-10-29'), refused('2025-10-30', 'dispatch', { method: 'POST', carrier: '顺丰' }, '邮寄送达只能经邮政企业')] },
  { no: 'G30', what: '平信：与申请人确认之日为收到之日', received: '2026-03-02', register: { channel: 'POST_PLAIN' }, lines: [due('2026-03-02', null), step('2026-03-04', 'confirm-receipt', { proof: '电话确认' }), due('2026-03-04', '2026-04-01')] },
  { no: 'G31', what: '共同制作机关没有回：视为同意', received: '2026-06-15', lines: [step('2026-06-17', 'send-consultation', { with: 'CO_AGENCY' }), step('2026-06-18', 'deliver-consultation', { id: '#1' }), refused('2026-07-10', 'expire-consultation', { id: '#1' }, '期限尚未届满'), step('2026-07-11', 'expire-consultation', { id: '#1' }), due('2026-07-11', '2026-08-05', { paused: 16, says: ['视为同意公开'] })] },
  ...([[31, '10.00'], [100, '700.00'], [101, '720.00'], [200, '2700.00'], [201, '2740.00'], [250, '4700.00']] as const).map(
    ([pages, yuan]): Golden => ({ no: `G33（${pages} 页）`, what: `应收 ${yuan} 元`, received: '2025-04-14', lines: [letter('2025-04-18', 'L12', { mode: 'PAGES', pages: String(pages), payHow: '凭缴款码缴纳' }, [`合计应缴纳${Number(yuan)}元`, '至2025年5月20日止']), step('2025-04-18', 'notice-fee', { mode: 'PAGES', pages: String(pages) }, 'head'), due('2025-04-18', null, { says: [`${yuan} 元`] })] }),
  ),
  { no: 'G33（30 页）', what: '不收', received: '2025-04-14', lines: [refused('2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '30' }, '按标准应收 0 元', 'head')] },
  { no: 'G34', what: '按量收了，不能再按件收', received: '2025-04-14', lines: [step('2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '101' }, 'head'), refused('2025-04-21', 'notice-fee', { mode: 'COUNT' }, '这件申请现在不能办这一步', 'head')] },
  { no: 'G35（缴）', what: '缴费之后重新计算', received: '2025-04-14', lines: [step('2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '101' }, 'head'), due('2025-04-18', null, { says: ['申请人的期限至 2025-05-20'] }), step('2025-05-12', 'pay-fee', { ticketNo: '票 0001' }), due('2025-05-12', '2025-06-10')] },
  { no: 'G35（不缴）', what: '期满的次日起不再处理', received: '2025-04-14', lines: [step('2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '101' }, 'head'), refused('2025-05-20', 'close', {}, '期限尚未届满', 'head'), step('2025-05-21', 'close', {}, 'head'), due('2025-05-21', '2025-05-21', { says: ['申请人逾期未按收费通知要求缴纳费用'] }), letter('2025-05-21', 'L27', {}, ['缴费期限至2025年5月20日届满', EITHER])] },
  { no: 'G37', what: '不予公开 08-02 送达：先复议，至 10-09；不写六个月', received: '2025-07-10', lines: [...denied('2025-07-31'), letter('2025-07-31', 'L17', {}, [REVIEW_FIRST], ['6个月']), ...handedOver('2025-08-02'), due('2025-08-02', '2025-08-07', { says: [REVIEW_PAGE, '至 2025-10-09（2025-10-01 期满，遇休息日顺延）'], never: ['直接提起行政诉讼'] })] },
  { no: 'G38', what: '12-17 送达：02-15 顺延至 02-24', received: '2025-12-01', lines: [...denied('2025-12-10'), ...handedOver('2025-12-17'), due('2025-12-17', '2025-12-29', { says: ['至 2026-02-24（2026-02-15 期满，遇休息日顺延）'] })] },
  { no: 'G38（前一日）', what: '12-16 送达：02-14 周六上班，不顺延', received: '2025-12-01', lines: [...denied('2025-12-10'), ...handedOver('2025-12-16'), due('2025-12-16', '2025-12-29', { says: ['至 2026-02-14<'] })] },
  { no: 'G39', what: '信息不存在：可择，六个月至 10-09', received: '2025-03-03', lines: [...notFound('2025-03-31'), letter('2025-03-31', 'L18', {}, [EITHER], ['先向']), ...handedOver('2025-04-01'), due('2025-04-01', '2025-03-31', { says: ['直接提起行政诉讼', '至 2025-10-09（2025-10-01 期满，遇休息日顺延）'] })] },
  { no: 'G40', what: '08-31 送达：六个月为月末 02-28，周六上班', received: '2025-08-11', lines: [...notFound('2025-08-29'), ...handedOver('2025-08-31'), due('2025-08-31', '2025-09-08', { says: ['直接提起行政诉讼', '至 2026-02-28<'] })] },
  { no: 'G40（另）', what: '08-15 送达：02-15 顺延至 02-24', received: '2025-08-04', lines: [...notFound('2025-08-14'), ...handedOver('2025-08-15'), due('2025-08-15', '2025-09-01', { says: ['至 2026-02-24（2026-02-15 期满，遇休息日顺延）'] })] },
  { no: 'G44（2023）', what: '2023-12-20 作出的不予公开：可择', received: '2023-12-01', lines: [...denied('2023-12-20'), letter('2023-12-20', 'L17', {}, [EITHER], ['先向'])] },
  { no: 'G44（2024）', what: '2024-01-02 作出的：先复议', received: '2023-12-11', lines: [...denied('2024-01-02'), letter('2024-01-02', 'L17', {}, [REVIEW_FIRST], ['6个月'])] },
]

test.each(GOLDEN.map((golden) => [golden.no, golden.what, golden] as const))('%s：%s', async (_no, _what, { received, register, lines }) => {
  const caseId = await desk.register(received, { ...register })
  for (const line of lines) await walk(caseId, line)
})

async function walk(caseId: string, line: Line): Promise<void> {
  const { on, as = 'officer' } = line
  setToday(on)
  if ('step' in line) {
    const given = await withIds(caseId, line.with ?? {})
    if (line.refused === undefined) return desk.done(caseId, on, line.step, given, as)
    return expect([line.step, await desk.refusalOf(caseId, on, line.step, given, as)]).toEqual([line.step, expect.stringContaining(line.refused)])
  }
  if ('letter' in line) {
    const { ok, text } = await draftLetter(desk, caseId, line.letter, line.with ?? {})
    expect([line.letter, ok, ok ? '' : text.slice(0, 2000)]).toEqual([line.letter, true, ''])
    for (const words of line.says) expect(text).toContain(words)
    for (const words of line.never ?? []) expect(text).not.toContain(words)
    return
  }
  const html = await desk.pageOf(caseId, as)
  if ('due' in line) {
    const seen = await openCase(desk, caseId, as)
    expect([on, /^\d/.test(seen.due ?? '') ? seen.due : null]).toEqual([on, line.due])
    if (line.paused !== undefined) expect(seen.paused).toBe(line.paused)
    for (const words of line.never ?? []) expect(html).not.toContain(words)
  }
  for (const words of line.says ?? []) expect(html).toContain(words)
}

async function withIds(caseId: string, given: Fields): Promise<Record<string, string>> {
  const nth = /^#(\d+)$/.exec(given['id'] ?? '')?.[1]
  if (nth === undefined) return given
  const { consultations } = await desk.stateOf(caseId)
  return { ...given, id: consultations[Number(nth) - 1]?.id ?? '' }
}

test('G32、G36：同一人一个自然月内的第几件，应收多少；不跨月累计', async () => {
  const same = { name: '李多', idNo: '420106198001012222' }
  const expected: Readonly<Record<number, string>> = { 10: '0.00', 11: '100.00', 30: '100.00', 31: '200.00', 40: '200.00', 41: '300.00', 45: '300.00', 50: '300.00', 51: '400.00' }
  let total = 0
  const sums: Record<number, number> = {}
  for (let n = 1; n <= 51; n++) {
    const caseId = await desk.register('2025-06-03', { ...same, content: `第 ${n} 份合同` })
    const html = await (await desk.get(`/desk/applications/${caseId}/notice-fee`, 'head')).text()
    const shown = /第 (\d+) 件，应收 ([\d.]+) 元/.exec(html)
    expect(shown?.[1]).toBe(String(n))
    if (expected[n] !== undefined) expect([n, shown?.[2]]).toEqual([n, expected[n]])
    total += Number(shown?.[2])
    sums[n] = total
  }
  // 累计：G32 的各数
  expect([10, 11, 30, 31, 40, 41, 45, 50, 51].map((n) => sums[n])).toEqual([0, 100, 2000, 2200, 4000, 4300, 5500, 7000, 7400])
  const next = await desk.register('2025-07-01', { ...same, content: '次月的一份合同' })
  expect(await (await desk.get(`/desk/applications/${next}/notice-fee`, 'head')).text()).toContain('第 1 件，应收 0.00 元')
}, 60_000)

test('G37、G39：申请人在查询页上看到的最后一日', async () => {
  setToday('2025-07-10')
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { caseId } = await db.selectFrom('application').select('case_id as caseId').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  for (const line of [step('2025-07-10', 'confirm-receipt', { proof: '电话' }), ...denied('2025-07-31'), ...handedOver('2025-08-02')]) await walk(caseId, line)
  expect((await citizen.post('/applications/track', receipt)).status).toBe(303)
  const html = await (await citizen.get('/applications/track/case')).text()
  expect(html).toContain('申请行政复议（须先复议）')
  expect(html).toContain('至 2025-10-09（2025-10-01 期满，遇休息日顺延）')
  expect(html).not.toContain('直接提起行政诉讼')
})

test('G45：手改的正文写「向上级主管部门申请行政复议」的，存不下', async () => {
  const caseId = await desk.register('2025-03-03')
  for (const line of denied('2025-03-10')) await walk(caseId, line)
  await draftLetter(desk, caseId, 'L17', {})
  const { letterId } = await db.selectFrom('application_letter').select('letter_id as letterId').where('case_id', '=', caseId).executeTakeFirstOrThrow()
  const path = `/desk/applications/${caseId}/letters/${letterId}/paragraphs`
  const form = await (await desk.get(path)).text()
  const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? ''
  const body = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(form)?.[1] ?? ''
  const response = await desk.post(path, { version, paragraphs: `${body}\n如不服本答复，可以向上级主管部门申请行政复议。` })
  expect([response.status, (await response.text()).includes('2024 年起不再向上级主管部门申请行政复议')]).toEqual([422, true])
})

const report = (year: number) => countForReport(db, bodyId, year, `${year}-12-31`)
const grown = async (year: number, cell: string, before: Awaited<ReturnType<typeof report>>): Promise<number> => ((await report(year))[cell] ?? 0) - (before[cell] ?? 0)

test('G56：年末还在征求意见的结转，次年办结计次年', async () => {
  const [first, second] = [await report(2024), await report(2025)]
  const caseId = await desk.register('2024-12-16')
  for (const line of [step('2024-12-20', 'send-consultation', { with: 'THIRD_PARTY' })]) await walk(caseId, line)
  setToday('2024-12-31')
  expect(await desk.pageOf(caseId)).toContain('2024 年：四、结转下年度继续办理 · 自然人')
  expect([await grown(2024, 'R1.N', first), await grown(2024, 'R4.N', first)]).toEqual([1, 1])
  for (const line of [step('2025-01-06', 'return-consultation', { id: '#1', reply: 'AGREE' }), ...decided('2025-01-10', 'GRANTED', { provided: '复制件' })]) await walk(caseId, line)
  expect([await grown(2024, 'R4.N', first), await grown(2025, 'R2.N', second), await grown(2025, 'R3.1.N', second), await grown(2025, 'R1.N', second)]).toEqual([1, 1, 1, 0])
  const html = await desk.pageOf(caseId)
  for (const words of ['2024 年：', '2025 年：', '二、上年结转']) expect(html).toContain(words)
})

test('G57：部分公开而有商业秘密的遮盖，只计一行', async () => {
  const before = await report(2025)
  const caseId = await desk.register('2025-05-06')
  for (const line of [step('2025-05-07', 'send-consultation', { with: 'THIRD_PARTY' }), step('2025-05-13', 'return-consultation', { id: '#1', reply: 'REFUSE', reasonable: 'yes' }), ...decided('2025-05-14', 'PARTIAL', { redactions: '第三页报价，第十五条，商业秘密' })]) await walk(caseId, line)
  expect([await grown(2025, 'R3.2.N', before), await grown(2025, 'R3.3.4.N', before), await grown(2025, 'R1.N', before)]).toEqual([1, 0, 1])
  await walk(caseId, letter('2025-05-14', 'L16', { provided: '电子邮件', attachments: '区分处理后的合同' }, ['商业秘密', REVIEW_FIRST], ['6个月']))
})

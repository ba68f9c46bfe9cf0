import { getApplication } from '../src/applications/index.ts'
import { actOnApplication, registerApplication } from '../src/applications/testing.ts'
import type { ActionName } from '../src/applications/testing.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import { newId } from '../src/platform/id.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import { LAST_DAY, after, before, calendar } from './days.ts'
import { loadLivingAccountability } from './example-assessment.ts'
import { loadLivingComplaints } from './living-complaints.ts'
import { loadLivingCorrections } from './living-corrections.ts'
import { attachExampleDocument } from './living-documents.ts'
import { loadLivingDuties } from './living-duties.ts'
import { loadLivingReviews } from './living-reviews.ts'
import { loadLivingItems } from './living-items.ts'
import { loadLivingLog } from './living-log.ts'
import type { ExampleBody } from './example-bodies.ts'
import type { Post } from './staff.ts'

/** 某一步：收到之后第几个工作日，由谁，办什么，填什么。 */
interface Step {
  day: number
  by: Post
  name: ActionName
  given?: (on: PlainDate, consultation: string) => Readonly<Record<string, string>>
}

interface LivingCase {
  /** 收到之日在今日之前第几个工作日 */
  ago: number
  channel: 'IN_PERSON' | 'ONLINE' | 'POST_SIGNED' | 'POST_PLAIN' | 'EMAIL'
  /** 网上、信函尚未与申请人确认的 */
  unconfirmed?: true
  kind: 'N' | 'B' | 'L'
  name: string
  content: string
  steps: readonly Step[]
  /** 收到之后第几个工作日附上一份待遮盖的文件 */
  documentOn?: number
  /** 与列在前面的一件并案 */
  asksAgain?: true
}

const step = (day: number, by: Post, name: ActionName, given?: Step['given']): Step => ({ day, by, name, ...(given === undefined ? {} : { given }) })
const examine = (day = 1): Step => step(day, 'handler', 'examine')

/** 示例街道眼下在办的各件：办到各步的都有，让人一打开就看得见期限怎样走。 */
const LIVING: readonly LivingCase[] = [
  { ago: 0, channel: 'ONLINE', unconfirmed: true, kind: 'N', name: '赵样例', content: '申请公开示例三路口袋公园建设工程的施工许可与概算批复', steps: [] },
  { ago: 1, channel: 'POST_PLAIN', unconfirmed: true, kind: 'N', name: '钱演示', content: '申请公开示例社区老年食堂运营补贴的发放标准和2025年度发放明细', steps: [] },
  { ago: 0, channel: 'IN_PERSON', kind: 'N', name: '孙样板', content: '申请公开示例一路12号院加装电梯公示期间收到的意见汇总', steps: [] },
  { ago: 4, channel: 'ONLINE', kind: 'B', name: '样板建筑工程有限公司', content: '申请公开示例街道2026年零星修缮工程定点单位的遴选结果', steps: [examine(), step(2, 'handler', 'ask-co-handling', () => ({ unit: '公共管理办公室', matter: '检索遴选公告、评审结果，提出可否公开的意见', days: '5' }))] },
  { ago: 3, channel: 'ONLINE', kind: 'B', name: '样板建筑工程有限公司', content: '申请公开示例街道零星修缮定点单位遴选的评审结果', steps: [], asksAgain: true },
  {
    ago: 6,
    channel: 'EMAIL',
    kind: 'N',
    name: '李示例',
    content: '申请公开全部拆迁材料',
    steps: [examine(), step(3, 'handler', 'ask-supplement', () => ({ items: '请写明所需政府信息的名称、文号或者便于查询的其他特征性描述', days: '15' }))],
  },
  {
    ago: 11,
    channel: 'POST_SIGNED',
    kind: 'L',
    name: '样板律师事务所',
    content: '申请公开示例菜场改造项目的中标合同',
    steps: [
      examine(),
      step(4, 'handler', 'send-consultation', () => ({ with: 'THIRD_PARTY' })),
      step(6, 'handler', 'deliver-consultation', (_, id) => ({ id })),
    ],
  },
  {
    ago: 9,
    channel: 'IN_PERSON',
    kind: 'B',
    name: '示例商贸有限公司',
    content: '申请公开示例街道2020年至2025年门前三包责任书的全部存档',
    steps: [examine(), step(5, 'head', 'notice-fee', () => ({ mode: 'PAGES', pages: '126' }))],
  },
  {
    ago: 16,
    channel: 'ONLINE',
    kind: 'N',
    name: '周样例',
    content: '申请公开示例二路扬尘投诉的现场检查记录',
    steps: [
      examine(),
      step(14, 'handler', 'propose', () => ({ outcome: 'PARTIAL', 'evidence.redactions': '投诉人的姓名、电话、住址属于个人隐私，公开会对其合法权益造成损害（条例第十五条）；其余予以公开' })),
    ],
  },
  { ago: 19, channel: 'ONLINE', documentOn: 9, kind: 'N', name: '吴演示', content: '申请公开示例社区党群服务中心2026年第三季度经费开支明细', steps: [examine(2), step(6, 'handler', 'ask-co-handling', () => ({ unit: '财务室', matter: '提供第三季度经费开支的明细', days: '5' }))] },
  { ago: 22, channel: 'POST_SIGNED', kind: 'N', name: '郑样板', content: '申请公开示例街道城管执法中队的人员编制与执法证件名录', steps: [examine()] },
  {
    ago: 25,
    channel: 'IN_PERSON',
    kind: 'N',
    name: '王示例',
    content: '申请公开示例一路雨污分流改造2024年至2026年的全部验收资料',
    steps: [examine(), step(17, 'head', 'extend', () => ({ days: '10' }))],
  },
  {
    ago: 18,
    channel: 'ONLINE',
    kind: 'N',
    name: '冯样例',
    content: '申请公开示例街道2026年度部门预算',
    steps: [
      examine(),
      step(15, 'handler', 'propose', () => ({ outcome: 'GRANTED_ALREADY_PUBLIC', 'evidence.where': '区政府网站“财政预决算”栏目，2026年2月10日公开' })),
      step(17, 'head', 'approve'),
    ],
  },
  {
    ago: 21,
    channel: 'POST_SIGNED',
    kind: 'N',
    name: '陈演示',
    content: '申请公开示例社区1998年门牌号变更的档案',
    steps: [
      examine(),
      step(12, 'handler', 'propose', (on) => ({
        outcome: 'UNABLE_NOT_HELD',
        'evidence.notHeld': 'NOT_EXIST',
        'evidence.searchedBy': '档案员（演示）',
        'evidence.searchedOn': on,
        'evidence.searchScope': '综合档案室、业务系统、办公系统',
        'evidence.searchTerms': '示例社区、门牌、1998',
        'evidence.searchResult': '未检索到',
      })),
      step(14, 'head', 'approve'),
      step(15, 'officer', 'dispatch', () => ({ method: 'POST', carrier: '中国邮政EMS 1000000000001' })),
    ],
  },
  {
    ago: 8,
    channel: 'EMAIL',
    kind: 'N',
    name: '褚样板',
    content: '申请公开2015年至2026年示例街道全部会议纪要（本年第 14 次申请）',
    steps: [examine(), step(2, 'handler', 'ask-reason', (on) => ({ by: after(on, 7) }))],
  },
]

/** 载入眼下在办的各件，一步步照平常的办法办；时钟还在演示历史之中的不载入。`supervisor` 为区政务公开办的人，不给的没有他办的事。 */
export async function loadLivingCases(deps: Deps, bodies: readonly ExampleBody[], supervisor?: SignedInActor): Promise<void> {
  const street = bodies.find((one) => one.code === 'sljd')
  const today = lastCovered(deps.clock.today())
  if (street === undefined || today <= after(LAST_DAY, 40)) return
  let earlier = ''
  for (const one of LIVING) earlier = await live(deps, street, one, { today, earlier })
  await loadLivingCorrections(deps, street, today)
  await loadLivingReviews(deps, street, today)
  const office = bodies.find((one) => one.kind === 'district-office')
  if (office !== undefined) await loadLivingComplaints(deps, { street, office }, today)
  await loadLivingLog(deps, street, today)
  await loadLivingItems(deps, street, today)
  await loadLivingDuties(deps, street, today)
  const other = bodies.find((one) => one.code === 'slqcgj')
  if (supervisor !== undefined && other !== undefined) await loadLivingAccountability(deps, { street, other, office: supervisor }, today)
}

const LONGEST = 25

/** 今日；日历不够算出各步期限的，退到算得出的最后一日。 */
function lastCovered(today: PlainDate): PlainDate {
  const last = before(`${Math.max(...calendar.years.keys())}-12-31`, LONGEST)
  return today < last ? today : last
}

async function live(deps: Deps, { bodyId, staff }: ExampleBody, plan: LivingCase, { today, earlier }: { today: PlainDate; earlier: string }): Promise<string> {
  const received = before(after(today, 0), plan.ago)
  const caseId = newId()
  const on = atDay(deps, received, '09:30')
  const input: Parameters<typeof registerApplication>[2] = {
    bodyId,
    caseId,
    seen: '',
    intake: {
      channel: plan.channel,
      submittedOn: received,
      confirmedOn: plan.unconfirmed === true || plan.channel === 'IN_PERSON' ? null : received,
      proof: plan.unconfirmed === true ? '' : '电话确认（演示）',
      kind: plan.kind,
      applicant: { name: plan.name, idNo: null, contact: '13800000000', details: {} },
      content: plan.content,
      form: '网上获取；电子',
      note: null,
    },
  }
  const first = await registerApplication(on, staff.officer, input)
  // 同一人再提的，看过提示照登
  const registered = !first.ok && first.refusal === 'duplicates' ? await registerApplication(on, staff.officer, { ...input, seen: first.key }) : first
  if (!registered.ok) throw new Error(`演示的在办申请登记不成：${registered.refusal}`)
  if (plan.steps.length > 0) await act(on, staff.officer, { bodyId, caseId, name: 'assign', given: { to: staff.handler.accountId, on: received } })
  for (const { day, by, name, given } of plan.steps) {
    const when = after(received, day)
    const { state } = await getApplication(deps.db, bodyId, caseId)
    const fields = { on: when, ...given?.(when, state.consultations.at(-1)?.id ?? '') }
    await act(atDay(deps, when), staff[by], { bodyId, caseId, name, given: fields })
  }
  if (plan.documentOn !== undefined) {
    const when = after(received, plan.documentOn)
    await attachExampleDocument(atDay(deps, when), staff.handler, { bodyId, caseId }, when)
  }
  const later = after(received, 1)
  if (plan.asksAgain === true) await act(atDay(deps, later), staff.handler, { bodyId, caseId, name: 'merge', given: { on: later, into: earlier } })
  return caseId
}

async function act(
  deps: Deps,
  actor: SignedInActor,
  { bodyId, caseId, name, given }: { bodyId: string; caseId: string; name: ActionName; given: Readonly<Record<string, string>> },
): Promise<void> {
  const { version } = await getApplication(deps.db, bodyId, caseId)
  const answer = await actOnApplication(deps, actor, { bodyId, caseId, seen: version, name, given: (field) => given[field] ?? '' })
  if (!answer.ok) throw new Error(`演示的在办申请走不通：${name} ${answer.refusal}`)
}

import type { NormativeEvent, NormativeFacts, Topic } from '../src/catalogue/index.ts'
import { NO_MAKING, saveDocumentHistory } from '../src/catalogue/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { addCalendarDays } from '../src/statute/plain-date.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { instant } from './clock.ts'
import type { ExampleBody } from './example-bodies.ts'

interface DocumentPlan {
  code: string
  title: string
  madeOn: PlainDate
  years?: number
  repealedOn?: PlainDate
  extendedOn?: PlainDate
  /** 由本机关的哪一件（按名称）废止 */
  replacedBy?: string
  amended?: { on: PlainDate; basis: string; note: string }
}

/** 规范性文件：有启用之前制发的、三年里新制发的、废止的、有效期届满的、届满前延续的。 */
const DOCUMENTS: readonly DocumentPlan[] = [
  { code: 'slqzfb', title: '示例区行政规范性文件管理办法', madeOn: '2021-06-18', years: 5 },
  { code: 'slqzfb', title: '示例区政务公开考核暂行办法', madeOn: '2022-09-05', years: 2 },
  { code: 'slqzfb', title: '示例区政务服务事项帮办代办规定', madeOn: '2024-03-12', years: 5 },
  { code: 'slqzfb', title: '示例区政务公开考核办法', madeOn: '2024-10-15', years: 5 },
  { code: 'slqzjj', title: '示例区既有住宅加装电梯实施细则', madeOn: '2020-04-20', years: 5 },
  { code: 'slqzjj', title: '示例区物业管理区域划分办法', madeOn: '2023-05-16', years: 5 },
  { code: 'slqzjj', title: '示例区房屋征收评估机构选定办法', madeOn: '2019-07-01', years: 5, extendedOn: '2024-05-20' },
  { code: 'slqzjj', title: '示例区老旧小区改造项目管理办法', madeOn: '2025-06-10', years: 5 },
  { code: 'slqcgj', title: '示例区临时占道经营管理规定', madeOn: '2021-03-15', years: 5, repealedOn: '2024-11-20' },
  { code: 'slqcgj', title: '示例区户外广告设置管理细则', madeOn: '2023-08-22', years: 5, amended: { on: '2025-04-22', basis: '示例区城市管理执法局关于修改户外广告设置管理细则的决定', note: '缩短门楣招牌的备案时限' } },
  { code: 'slqcgj', title: '示例区城市管理执法事项委托规定', madeOn: '2024-11-20', years: 5 },
  { code: 'slqsjj', title: '示例区食品小作坊登记管理办法', madeOn: '2020-11-02', years: 5 },
  { code: 'slqsjj', title: '示例区集贸市场管理规定', madeOn: '2025-03-18', years: 5 },
  { code: 'slqmzj', title: '示例区临时救助实施办法', madeOn: '2021-01-20', years: 5, repealedOn: '2023-12-15', replacedBy: '示例区临时救助办法' },
  { code: 'slqmzj', title: '示例区临时救助办法', madeOn: '2023-12-15', years: 5 },
  { code: 'slqjyj', title: '示例区民办培训机构管理办法', madeOn: '2022-07-08', years: 5 },
  { code: 'slqjyj', title: '示例区中小学午餐服务管理规定（试行）', madeOn: '2023-09-01', years: 2 },
  { code: 'slqczj', title: '示例区财政专项资金管理办法', madeOn: '2022-02-24', years: 5 },
  { code: 'slqfgj', title: '示例区政府投资项目管理办法', madeOn: '2023-02-28', years: 5 },
  { code: 'slqwjj', title: '示例区基层医疗机构考核办法（试行）', madeOn: '2024-06-25', years: 2 },
  // 演示的日子前后届满的：刚届满的，一年之内届满的
  { code: 'sljd', title: '示例街道临时占道审批规定', madeOn: '2021-01-07', years: 5 },
  { code: 'sljd', title: '示例街道社区协商议事规则', madeOn: '2021-12-20', years: 5 },
  { code: 'sljd', title: '示例街道志愿服务激励办法', madeOn: '2022-02-14', years: 5 },
]

/** 各机构的规范性文件；由另一件废止的，那一件先存。 */
export async function loadExampleDocuments(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  const last = new Map<string, number>()
  const numbered = DOCUMENTS.flatMap((plan) => {
    const body = bodies.find((one) => one.code === plan.code)
    if (body === undefined) return []
    const word = `${body.codeWord}规〔${plan.madeOn.slice(0, 4)}〕`
    const n = (last.get(word) ?? 0) + 1
    last.set(word, n)
    return [{ plan, body, docNo: `${word}${n}号` }]
  })
  const saved = new Map<string, string>()
  for (const { plan, body, docNo } of numbered.toSorted((a, b) => Number(a.plan.replacedBy !== undefined) - Number(b.plan.replacedBy !== undefined))) {
    const events = eventsOf(plan, docNo, plan.replacedBy === undefined ? undefined : saved.get(plan.replacedBy))
    const documentId = await saveDocumentHistory(deps.db, body.bodyId, events, (event) => ({
      actor: body.staff.officer.accountId,
      // 启用之前的，启用之日补录
      at: instant(event.on < '2023-01-03' ? '2023-01-03' : event.on, '16:00'),
    }))
    saved.set(plan.title, documentId)
  }
}

/** 各机构的文件归哪个主题。 */
const TOPIC_OF: Readonly<Record<string, Topic>> = { slqzfb: 'general', slqzjj: 'construction', slqcgj: 'construction', slqsjj: 'market', slqmzj: 'civil-affairs', slqjyj: 'science', slqczj: 'finance', slqfgj: 'economy', slqwjj: 'health', sljd: 'civil-affairs' }

function eventsOf(plan: DocumentPlan, docNo: string, by: string | undefined): NormativeEvent[] {
  const { madeOn, repealedOn, extendedOn, amended } = plan
  const expiresOn = plan.years === undefined ? null : yearsLater(madeOn, plan.years)
  const facts: NormativeFacts = {
    kind: 'norm',
    title: plan.title,
    docNo,
    registrationNo: null,
    madeOn,
    effectiveOn: addCalendarDays(madeOn, 30),
    expiresOn,
    repealedOn: null,
    repealBasis: null,
    url: null,
  }
  const making = { ...NO_MAKING, topic: TOPIC_OF[plan.code] ?? null }
  const events: NormativeEvent[] = [{ kind: 'made', on: madeOn, facts, source: '规范性文件清单（演示）', making }]
  if (extendedOn !== undefined && expiresOn !== null)
    events.push({ kind: 'extended', on: extendedOn, expiresOn: yearsLater(expiresOn, 3), basis: '届满前评估，决定延续' })
  if (amended !== undefined) events.push({ kind: 'amended', ...amended })
  if (repealedOn !== undefined) events.push({ kind: 'repealed', on: repealedOn, basis: plan.replacedBy === undefined ? '由新的规定代替' : `由《${plan.replacedBy}》代替`, ...(by === undefined ? {} : { by }) })
  return events
}

const yearsLater = (day: PlainDate, n: number): PlainDate => `${Number(day.slice(0, 4)) + n}${day.slice(4)}`

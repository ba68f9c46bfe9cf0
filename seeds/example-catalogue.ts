import type { CountFacts, LedgerRecord, Matter, PublicationCode } from '../src/catalogue/index.ts'
import { aLedgerRecord, aYearlyCount, recordItems } from '../src/catalogue/testing.ts'
import { sumFees } from '../src/applications/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { instant } from './clock.ts'
import { LAST_DAY, after, daysAfter, monthEnd } from './days.ts'
import { YEARS } from './example-applications.ts'
import { RENAMED } from './example-bodies.ts'
import type { ExampleBody } from './example-bodies.ts'
import { PLACES } from './example-contents.ts'
import { loadExampleDocuments } from './example-documents.ts'
import { STREET_BUDGET } from './item-plans-notices.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'

/** 主动公开信息、规范性文件与逐年报数。 */
export async function loadExampleCatalogue(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  const random = seeded(20250101)
  for (const body of bodies) {
    const records = YEARS.flatMap((year) => itemsOf(body, year, random)).filter((one) => stillThere(body, one.content.formedOn))
    await recordItems(deps.db, body.bodyId, records, {
      source: '主动公开台账（演示）',
      recordedOn: (record) => ({
        actor: body.staff.officer.accountId,
        at: instant(monthEnd(record.publishedOn ?? record.content.formedOn), '17:10'),
      }),
    })
  }
  await loadExampleDocuments(deps, bodies)
  for (const body of bodies) await loadCounts(deps, body, random)
}

const stillThere = (body: ExampleBody, day: PlainDate): boolean => body.abolishedOn === null || day < body.abolishedOn

/** 一条的写法：花括号里的在记下时填。 */
interface Template {
  code: PublicationCode
  title: string
  /** 一年里的哪几个月 */
  months: readonly number[]
  /** 哪些机构有；不写则都有 */
  codes?: readonly string[]
  years?: readonly number[]
}

/** 季后公布上一季的：一月公布上年第四季度 */
const QUARTERS = [1, 4, 7, 10] as const
const STREETS = ['sljd', 'ybjd'] as const
const TEMPLATES: readonly Template[] = [
  { code: 'A20_02', title: '{名}机关职能、内设机构', months: [2], years: [2023] },
  { code: 'A20_02', title: '{名}领导成员及分工（{年}年调整）', months: [3] },
  { code: 'A20_02', title: '{名}办公地址、办公时间与联系方式', months: [2], years: [2023, 2025] },
  { code: 'A20_07', title: '{名}{年}年部门预算', months: [2] },
  { code: 'A20_07', title: '{名}{上年}年部门决算', months: [9] },
  { code: 'A20_15', title: '{名}{上年}年法治政府建设年度报告', months: [3] },
  { code: 'A20_03', title: '示例区{年}年国民经济和社会发展计划', months: [3], codes: ['slqfgj'] },
  { code: 'A20_03', title: '示例区城镇老旧小区改造三年行动方案', months: [5], codes: ['slqzjj'], years: [2023] },
  { code: 'A20_04', title: '示例区{上季}主要经济指标', months: QUARTERS, codes: ['slqfgj'] },
  { code: 'A20_05', title: '{上月}行政许可决定公示', months: [2, 4, 6, 8, 10, 12], codes: ['slqzjj', 'slqsjj', 'slqspj', 'slqwjj'] },
  { code: 'A20_05', title: '{上季}行政许可办理结果', months: QUARTERS, codes: ['slqcgj', 'slqjyj', 'slqmzj', 'slqfgj'] },
  { code: 'A20_05', title: '便民服务事项清单及办事指南（{年}年版）', months: [4], codes: [...STREETS, 'slqspj', 'slqzfb'] },
  { code: 'A20_06', title: '{上季}行政处罚决定公示', months: QUARTERS, codes: ['slqcgj', 'slqsjj', 'slqzjj', 'slqwjj', 'sljd'] },
  { code: 'A20_08', title: '示例区行政事业性收费目录清单（{年}年版）', months: [5], codes: ['slqczj', 'slqfgj'] },
  { code: 'A20_09', title: '{年}年政府集中采购目录及标准', months: [1], codes: ['slqczj'] },
  { code: 'A20_09', title: '{上季}政府采购实施情况', months: QUARTERS, codes: ['slqczj', 'slqzfb'] },
  { code: 'A20_10', title: '{地}重大建设项目批准和实施情况', months: [5, 10], codes: ['slqfgj', 'slqzjj'] },
  { code: 'A20_11', title: '示例区{年}年义务教育阶段招生入学工作方案', months: [4], codes: ['slqjyj'] },
  { code: 'A20_11', title: '{年}年家庭经济困难学生资助政策及实施情况', months: [9], codes: ['slqjyj'] },
  { code: 'A20_11', title: '基本公共卫生服务项目{年}年实施方案', months: [4], codes: ['slqwjj'] },
  { code: 'A20_12', title: '{名}突发事件应急预案（{年}年修订）', months: [6], codes: ['slqcgj', 'slqwjj', 'sljd', 'slqsjj'] },
  { code: 'A20_12', title: '{年}年汛期值守与预警信息', months: [7], codes: [...STREETS, 'slqcgj'] },
  { code: 'A20_13', title: '{上季}食品安全监督抽检结果', months: QUARTERS, codes: ['slqsjj'] },
  { code: 'A20_13', title: '{年}年公共场所卫生监督检查结果', months: [6, 11], codes: ['slqwjj'] },
  { code: 'A20_13', title: '{年}年在建工程安全生产检查情况', months: [6, 12], codes: ['slqzjj'] },
  { code: 'A20_14', title: '{年}年公开招聘教师公告及拟录用人员公示', months: [6, 8], codes: ['slqjyj'] },
  { code: 'A20_14', title: '{年}年公务员招考职位及录用结果', months: [8], codes: ['slqzfb'] },
  { code: 'A21_01', title: '{地}道路及排水设施改造公告', months: [4, 9], codes: ['slqzjj', 'slqcgj'] },
  { code: 'A21_02', title: '{地}便民服务站服务事项', months: [3, 8], codes: STREETS },
  { code: 'A21_03', title: '{年}年养老服务设施建设与运营补贴公示', months: [10], codes: ['slqmzj'] },
  { code: 'A21_04', title: '{地}土地征收补偿安置公告', months: [7], codes: ['slqzjj'], years: [2023, 2024] },
  { code: 'A21_05', title: '{地}房屋征收补偿方案', months: [5], codes: ['slqzjj', 'sljd'] },
  { code: 'A21_06', title: '{年}年平安社区建设情况', months: [11], codes: STREETS },
  { code: 'A21_07', title: '{年}年{月}月最低生活保障资金发放公示', months: [2, 4, 6, 8, 10, 12], codes: ['slqmzj'] },
  { code: 'A21_07', title: '{年}年临时救助情况公示', months: [12], codes: [...STREETS, 'slqmzj'] },
  { code: 'A20_01', title: '{年}年政策文件汇编及解读', months: [6, 12], codes: ['slqzfb'] },
]

function itemsOf(body: ExampleBody, year: number, random: Random): LedgerRecord[] {
  const proactive = TEMPLATES.filter(({ codes, years }) => (codes?.includes(body.code) ?? true) && (years?.includes(year) ?? true)).flatMap((template) =>
    template.months.map((month): LedgerRecord => {
      const formedOn = after(`${year}-${String(month).padStart(2, '0')}-${String(random.between(1, 12)).padStart(2, '0')}`, 0)
      const publishedOn = after(formedOn, random.between(1, 9))
      const withdrawn = random.below(70) === 0
      const record = aLedgerRecord({
        title: filled(template.title, body, year, month, formedOn, random),
        formedOn,
        publishedOn,
        codes: [template.code],
        url: `https://example.gov.cn/xxgk/${body.code}/${formedOn.replaceAll('-', '')}`,
        withdrawnOn: withdrawn ? daysAfter(publishedOn, 5) : null,
      })
      return { ...record, channel: '示例区政府门户网站' }
    }),
  )
  // 另有正文的，台账里不再记一遍
  return [...proactive.filter(({ content }) => content.title !== STREET_BUDGET.title), ...withheld(body, year, random)]
}

// 不公开的也在台账里，定期评估（条例第十八条）
function withheld(body: ExampleBody, year: number, random: Random): LedgerRecord[] {
  if (body.index % 3 !== year % 3) return []
  const formedOn = after(`${year}-05-${random.between(10, 20)}`, 0)
  const content = { title: `关于${body.field}工作的内部讨论稿`, docNo: null, summary: null, origin: 'made', formedOn, files: [] } as const
  const kept = { publishedOn: null, url: null, channel: null, withdrawnOn: null, withdrawReason: null, termFrom: null }
  const exemption = { code: 'A16_PROCESS', reason: '尚在讨论研究过程中' } as const
  return [
    { content, ...kept, classification: { attribute: 'exempt', codes: [], summaryKind: null, exemption, term: 'GENERAL', termFrom: null } },
    {
      content: { ...content, title: `${body.field}专项资金明细账册` },
      ...kept,
      classification: { attribute: 'on-request', codes: [], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null },
    },
  ]
}

function filled(title: string, body: ExampleBody, year: number, month: number, formedOn: PlainDate, random: Random): string {
  const name = body.code === RENAMED.code && formedOn >= RENAMED.from ? RENAMED.name : body.name
  return title
    .replace('{名}', name)
    .replace('{上年}', String(year - 1))
    .replace('{年}', String(year))
    .replace('{月}', String(month))
    .replace('{上月}', month === 1 ? `${year - 1}年12月` : `${year}年${month - 1}月`)
    .replace('{上季}', month < 4 ? `${year - 1}年第四季度` : `${year}年第${['一', '二', '三'][Math.floor((month - 4) / 3)] ?? '三'}季度`)
    .replace('{地}', random.pick(PLACES))
}

/** 各机构第一年的数；其后逐年略有增减。 */
const COUNTS: Readonly<Record<string, Partial<Record<Matter, number>>>> = {
  slqzfb: {},
  slqfgj: { license: 142 },
  slqjyj: { license: 38 },
  slqcgj: { license: 865, penalty: 1204, coercion: 37, fee: 2_846_500 },
  slqzjj: { license: 476, penalty: 31 },
  slqsjj: { license: 5230, penalty: 618, coercion: 22 },
  slqmzj: { license: 45 },
  slqwjj: { license: 312, penalty: 86 },
  slqspj: { license: 2315 },
  sljd: { penalty: 64 },
}

const SOURCES: Partial<Record<Matter, string>> = {
  license: '行政审批系统办件统计',
  penalty: '行政执法信息平台案件统计',
  coercion: '行政执法信息平台案件统计',
  fee: '非税收入收缴系统',
}

async function loadCounts(deps: Deps, body: ExampleBody, random: Random): Promise<void> {
  for (const year of YEARS) {
    // 撤销的机构，许可由后继者接办、报数
    const from = body.code === 'slqzfb' && year === 2025 ? { license: 1180 } : body.abolishedOn !== null && year === 2025 ? {} : (COUNTS[body.code] ?? {})
    const facts = Object.entries(from).map(([matter, amount]): CountFacts => {
      const known = matter as Matter
      const grown = Math.round((amount * (100 + (year - 2023) * 4 + random.between(-6, 6))) / 100)
      return { year, matter: known, amount: grown, source: SOURCES[known] ?? '业务台账', evidence: `${year}年度报送表（演示）` }
    })
    const fees = await sumFees(deps.db, body.bodyId, year, LAST_DAY)
    if (fees.amount > 0)
      facts.push({ year, matter: 'fee', amount: fees.amount, source: '信息处理费台账', evidence: `财政票据${fees.cases}张（演示）` })
    const at = instant(after(`${year + 1}-01-01`, 1), '11:30')
    for (const one of facts) await aYearlyCount(deps.db, body.bodyId, one, { actor: body.staff.officer.accountId, at })
  }
}

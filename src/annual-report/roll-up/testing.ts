import { createBody } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { completeCells } from '../../statute/report-totals.ts'
import { T3_COLUMNS, leafRows, type Cells, type Edition } from '../../statute/report-form.ts'
import { anAcceptedReport } from '../collection/testing.ts'
import type { ReadLine } from '../reading/read-report.ts'
import type { Accepted } from './roll-up.ts'

export { loadRollUp } from './load-roll-up.ts'

/** 可重现的伪随机数，0 至 1。 */
export function seededRandom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

const KINDS = ['organ', 'organ', 'street', 'authorized-org'] as const
const COLUMNS = T3_COLUMNS.slice(0, -1).map(({ key }) => key)
const RESULTS = ['upheld', 'corrected', 'other', 'pending'] as const

/** 一份勾稽相符的报告的各格；size 为大致的申请件数。 */
export function balancedCells(form: Edition, random: () => number, size: number): Cells {
  const counted: Record<string, number> = {}
  const leaves = leafRows(form)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? from[0]!
  const add = (code: string) => (counted[code] = (counted[code] ?? 0) + 1)
  for (let i = 0; i < size; i++) {
    const column = random() < 0.7 ? 'N' : pick(COLUMNS)
    add(`${random() < 0.1 ? 'R2' : 'R1'}.${column}`)
    add(`${random() < 0.08 ? 'R4' : random() < 0.6 ? 'R3.1' : pick(leaves)}.${column}`)
  }
  for (let i = 0; i < Math.floor(size / 12); i++) add(`T4.${pick(['rv', 'ld', 'la'])}.${pick(RESULTS)}`)
  const table2: Record<string, number> = form === '2021'
    ? { 'T2.reg.made': 0, 'T2.reg.repealed': 0, 'T2.reg.valid': 0, 'T2.norm.made': Math.floor(random() * 4), 'T2.norm.repealed': 0, 'T2.norm.valid': 4 + Math.floor(random() * 9), 'T2.license.decisions': Math.floor(random() * 900), 'T2.penalty.decisions': Math.floor(random() * 300), 'T2.coercion.decisions': 0, 'T2.fee.amountWan': Math.floor(random() * 40_000_000) / 1_000_000 }
    : {}
  return completeCells(form, { ...counted, ...table2 })
}

/** n 家受理了的报告，名称为「示例第 i 局」之类；同样的 seed 得到同样的数。给测试与跑分用。 */
export function someAccepted(count: number, { year = 2025, seed = 1 }: { year?: number; seed?: number } = {}): Accepted[] {
  const random = seededRandom(seed)
  const form: Edition = year <= 2020 ? '2019' : '2021'
  return Array.from({ length: count }, (_, i): Accepted => {
    const kind = KINDS[i % KINDS.length] ?? 'organ'
    const name = kind === 'street' ? `示例第${i + 1}街道办事处` : kind === 'organ' ? `示例第${i + 1}局` : `示例第${i + 1}中心`
    const bodyId = `019a0000-0000-7000-8000-${String(i).padStart(12, '0')}`
    return { bodyId, bodyCode: `sl${i + 1}`, bodyName: name, kind, form, cells: balancedCells(form, random, Math.floor(random() * 80)), round: 1, source: 'system', acceptedOn: `${year + 1}-01-20`, late: false }
  })
}

const SEED = { kind: 'system', name: 'seed' } as const
const PROBLEMS = ['个别科室报送信息不及时。改进措施：按月通报报送情况。', '依申请公开答复文书的说理不够充分。改进措施：答复之前由法制机构逐件审核。', '政策解读的形式单一。改进措施：重要政策配图解、问答各一份。', '公开专栏的个别栏目更新不及时。改进措施：按季自查栏目，逐条整改。']
const KEEPING = ['落实先审查、后公开的制度，公文起草时一并确定公开属性。', '动态管理主动公开的目录，年内核对两次。', '公开的信息先由科室负责人审核，再作保密审查。']

/** 一份报告的正文各行；同样的 random 得到同样的话。 */
export function someLines(year: number, random: () => number): ReadLine[] {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const texts = [
    '一、总体情况', '（一）政府信息主动公开情况', `全年共主动公开政府信息${Math.floor(random() * 300)}条。`, '（二）政府信息依申请公开情况', '收到的申请均在法定期限内答复。',
    '（三）政府信息管理情况', pick(KEEPING), '（四）政府信息公开平台建设情况', '依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。', '（五）监督保障情况', '通过监督电话、信箱听取意见，年内未发生应当追究责任的情形。',
    '二、主动公开政府信息情况', '三、收到和处理政府信息公开申请情况', '四、政府信息公开行政复议、行政诉讼情况', '五、存在的主要问题及改进情况', pick(PROBLEMS), '六、其他需要报告的事项', '（一）信息处理费收取情况', `${year}年，本机关未收取信息处理费。`,
  ]
  return texts.map((text, i): ReadLine => ({ number: i + 1, text, kind: /^[一二三四五六]、|^（/.test(text) ? 'heading' : 'prose' }))
}

/**
 * 一个区 count 家机关、各年度都受理了的报告；机关代码自 `${prefix}1` 起。300 家 5 年约一分钟。
 * 给测试与跑分用：全在一个事务里。
 */
export async function anAcceptedDistrict(deps: Deps, { count, years, prefix = 'sl', seed = 1 }: { count: number; years: readonly number[]; prefix?: string; seed?: number }): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const within: Deps = { ...deps, db: tx }
    const bodyIds: string[] = []
    for (const [i, { kind, bodyName }] of someAccepted(count, { seed }).entries()) {
      const made = await createBody(within, SEED, { code: `${prefix}${i + 1}`, name: bodyName, kind, establishedOn: '2015-01-01', sort: 1000 + i })
      if (!made.ok) throw new Error(`机构 ${bodyName} 建不成：${made.refusal}`)
      bodyIds.push(made.body.bodyId)
    }
    for (const year of years) {
      const random = seededRandom(seed + year)
      for (const [i, { cells }] of someAccepted(count, { year, seed: seed + year }).entries())
        await anAcceptedReport(within, { bodyId: bodyIds[i]!, year, cells: Object.fromEntries(Object.entries(cells).map(([code, value]) => [code, value ?? 0])), lines: someLines(year, random) })
    }
  })
}

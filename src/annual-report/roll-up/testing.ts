import { completeCells } from '../../statute/report-totals.ts'
import { T3_COLUMNS, leafRows, type Cells, type Edition } from '../../statute/report-form.ts'
import type { Accepted } from './roll-up.ts'

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

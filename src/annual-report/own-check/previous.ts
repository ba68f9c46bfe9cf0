import { findBody } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { Cells } from '../../statute/report-form.ts'
import { listPredecessors, type Predecessor } from '../collection/predecessors.ts'
import type { ProblemPlan } from '../narrative/narrative.ts'
import { findOwnPrevious, zeroPrevious, type Previous } from './own-previous.ts'

export type { Previous } from './own-previous.ts'

// 由上一年承接的数：结转的申请、现行有效的文件、尚未审结的案件
const isCarried = (code: string): boolean => code.startsWith('R4.') || /^T2\.(?:reg|norm)\.valid$/.test(code) || /^T4\..*\.pending$/.test(code)

const TOLD = [['R4.T', '结转的申请', '件'], ['T2.norm.valid', '有效的规范性文件', '件'], ['T4.rv.pending', '尚未审结的复议', '件']] as const

/**
 * 上一年度的报告。本年有机构并入的，承接的数（K4、K5、K14 所比的）为本机关与各前身之和，写明怎样加得；缺了哪个前身的，写明没有算上。
 * @param year 上一年度
 */
export async function findPrevious(tx: Tx, bodyId: string, year: number): Promise<Previous | null> {
  const own = await findOwnPrevious(tx, bodyId, year)
  const merged = (await listPredecessors(tx, bodyId, year + 1)).filter(({ on }) => yearOf(on) === year + 1)
  if (merged.length === 0) return own
  const base = own ?? (await nothingBefore(tx, bodyId, year))
  if (base === null) return null
  const parts: { from: Predecessor; cells: Cells | null }[] = []
  for (const from of merged) parts.push({ from, cells: (await findOwnPrevious(tx, from.bodyId, year))?.read.cells ?? null })
  const known = parts.flatMap(({ cells }) => (cells === null ? [] : [cells]))
  const cells = Object.fromEntries(
    Object.entries(base.read.cells).map(([code, value]) => [code, isCarried(code) ? sum([value, ...known.map((one) => one[code] ?? null)]) : value]),
  )
  return { ...base, read: { ...base.read, cells }, explanation: parts.map((part) => explain(year, part)) }
}

// 有一边认不出的，和也认不出
const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0)

function explain(year: number, { from, cells }: { from: Predecessor; cells: Cells | null }): string {
  if (cells === null) return `${from.name}于 ${from.on} 并入，没有它的 ${year} 年报告，上年承接的数里没有算上它的`
  const counts = TOLD.map(([code, label, unit]) => `${label} ${cells[code] ?? '不详'} ${unit}`).join('，')
  return `上年承接的数含 ${from.on} 并入的${from.name}的：${counts}`
}

// 本年新设的后继机构，上年没有报告也不该有
async function nothingBefore(tx: Tx, bodyId: string, year: number): Promise<Previous | null> {
  const body = await findBody(tx, bodyId)
  return body === null || body.establishedOn === null || yearOf(body.establishedOn) <= year ? null : zeroPrevious(body.name, year)
}

export const lastProblemsOf = async (tx: Tx, bodyId: string, year: number): Promise<readonly ProblemPlan[]> =>
  (await findPrevious(tx, bodyId, year - 1))?.problems ?? []

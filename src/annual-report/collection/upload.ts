import { cellsOf, findCell, type CellCode, type Cells } from '../../statute/report-form.ts'
import type { ReadReport } from '../reading/read-report.ts'

/** 报送人核对时一格所填：数，或者哪里不对。 */
export type CellEntry = { ok: true; value: number } | { ok: false; message: string }

const WHOLE = /^\d{1,12}$/
const AMOUNT = /^\d{1,12}(?:\.\d{1,6})?$/

/** 件数为非负整数，金额至多六位小数，增减数可以为负；空着的不收：没有的写 0。 */
export function readEntry(code: CellCode, text: string, edition: ReadReport['edition']): CellEntry {
  const given = text.normalize('NFKC').trim()
  if (given === '') return { ok: false, message: '原件里空着或认不出，请照原件填写；没有的写 0' }
  const cell = findCell(code, edition)
  const number = cell?.signed === true ? given.replace(/^-/, '') : given
  const amount = cell?.unit === '万元' || cell?.unit === '金额'
  if (!(amount ? AMOUNT : WHOLE).test(number)) return { ok: false, message: amount ? '应为数字，至多六位小数' : cell?.signed === true ? '应为整数' : '应为 0 或正整数' }
  return { ok: true, value: Number(given) }
}

/** 报送人逐格核对所得：与读出的不同的各格（读出的空着、认不出、读错），与填得不对的格。 */
export function compareEntries(read: Pick<ReadReport, 'cells' | 'edition'>, entries: ReadonlyMap<CellCode, string>): { typed: Record<CellCode, number>; errors: Record<CellCode, string> } {
  const typed: Record<CellCode, number> = {}
  const errors: Record<CellCode, string> = {}
  for (const code of cellsOf(read.edition)) {
    const was = read.cells[code] ?? null
    const entry = readEntry(code, entries.get(code) ?? '', read.edition)
    if (!entry.ok) errors[code] = entry.message
    else if (entry.value !== was) typed[code] = entry.value
  }
  return { typed, errors }
}

/** 读出的报告，换上报送人填写的数。 */
export function withTyped(read: ReadReport, typed: Cells): ReadReport {
  const places = { ...read.places }
  for (const [code, value] of Object.entries(typed)) places[code] = { line: read.places[code]?.line ?? 0, raw: String(value) }
  for (const code of Object.keys(typed)) if (places[code]?.line === 0) delete places[code]
  return { ...read, cells: { ...read.cells, ...typed }, places }
}

import { insertMissing, placeTokens, splitDigits, type Candidate, type Fits } from './candidates.ts'
import { parseValue, valueKind } from './parse-value.ts'
import { valueCells } from './table-geometry.ts'
import type { RawValue, ValueRow } from './value-rows.ts'

/** 一行的各种读法；只有一种时即为所读。 */
export interface RowReading {
  candidates: readonly Candidate[]
  /** 读法需要说明的缘故；null 为逐格读出 */
  trouble: 'row-too-short' | 'row-too-long' | 'digits-run-together' | null
}

const NONE: RowReading['candidates'] = []

/**
 * 一行数字 → 各列的值。
 * @param rows 同一张表已对上的各行
 * @param count 该行应有的格数
 * @param fits 该行自身的恒等式；没有则恒真，此时缺格无从推定
 * @param columnAt 各列的位置（文本行），认不出为 null
 */
export function readRow(row: ValueRow, rows: readonly ValueRow[], count: number, fits: Fits | null, columnAt: readonly number[] | null): RowReading {
  const cells = row.explicit ? valueCells(row, rows) : row.values
  if (row.explicit && isLoose(cells, count)) return { candidates: windows(cells, count, fits), trouble: 'row-too-long' }
  const values = row.explicit ? trimPadding(cells, count) : cells
  if (values.length === count) return direct(values)
  const parts = values.flatMap((each) => each.raw.trim().split(/\s+/).map((raw) => ({ ...each, raw })))
  if (parts.length === count && values.some((each) => /\s/.test(each.raw.trim()))) return direct(parts)
  if (!row.explicit) return readSpaced(values, count, fits, columnAt)
  if (values.length > count) return { candidates: NONE, trouble: 'row-too-long' }
  const digits = toDigits(values)
  const split = values.length < count - 1 && digits !== null ? readDigits(digits, count, fits) : NONE
  if (split.length > 0) return { candidates: split, trouble: 'digits-run-together' }
  const inserted = fits !== null && values.length === count - 1 ? insertMissing(values.map((each) => each.raw)).filter((each) => fits(each.values)) : NONE
  return { candidates: inserted, trouble: 'row-too-short' }
}

function direct(values: readonly RawValue[]): RowReading {
  const raws = values.map((each) => each.raw)
  return { candidates: [{ values: raws.map(parseValue), raws, missing: null }], trouble: null }
}

const isBlank = (value: RawValue | undefined): boolean => value !== undefined && valueKind(value.raw) === 'blank'

// 首尾都有空格，多出的是补在前还是补在后，单看这一行不能断定
function isLoose(cells: readonly RawValue[], count: number): boolean {
  const extra = cells.length - count
  const filled = cells.filter((each) => !isBlank(each)).length
  return extra > 0 && extra <= 3 && isBlank(cells[0]) && isBlank(cells.at(-1)) && filled > 0 && filled < count
}

// 去掉首尾空格的各种读法；合于合计的优先
function windows(cells: readonly RawValue[], count: number, fits: Fits | null): readonly Candidate[] {
  const all = Array.from({ length: cells.length - count + 1 }, (_, from) => ({ from, to: from + count }))
    .filter(({ from, to }) => cells.every((each, index) => (index >= from && index < to) || isBlank(each)))
    .map(({ from, to }) => direct(cells.slice(from, to)).candidates[0]!)
  const fitting = fits === null ? all : all.filter((each) => fits(each.values))
  return fitting.length > 0 ? fitting : all
}

// 首尾多余的空格是补齐用的，不是空着的格
function trimPadding(cells: readonly RawValue[], count: number): RawValue[] {
  const values = [...cells]
  while (values.length > count && isBlank(values.at(-1))) values.pop()
  while (values.length > count && isBlank(values[0])) values.shift()
  const filled = values.filter((each) => !isBlank(each))
  return values.length > count && filled.length === count ? filled : values
}

// 空格看不见的行：数字本身合于合计的，是有的格空着；否则是几格连写
function readSpaced(values: readonly RawValue[], count: number, fits: Fits | null, columnAt: readonly number[] | null): RowReading {
  const raws = values.map((each) => each.raw)
  const separate = values.length < count && !raws.some((raw) => /^0\d/.test(raw.normalize('NFKC')))
  const tokens = separate && fits !== null ? placeTokens(raws, count).filter((each) => fits(each.values)) : NONE
  const digits = toDigits(values)
  const glued = tokens.length === 0 && digits !== null && digits.length >= count && !isOnePerLine(values)
  const split = glued ? readGlued(raws, digits, count, fits) : NONE
  if (split.length > 0 || (glued && values.length < FEW)) return { candidates: split, trouble: 'digits-run-together' }
  if (values.length > count) return { candidates: NONE, trouble: 'row-too-long' }
  const placed = columnAt === null ? null : placeByColumn(values, columnAt)
  return { candidates: placed === null ? tokens : [placed], trouble: 'row-too-short' }
}

// 一格一行的，换行就是格的界
const isOnePerLine = (values: readonly RawValue[]): boolean => new Set(values.map((each) => each.line)).size > 1

const FEW = 3

/** 连写的数字里偶有空白断在数字当中；断成三截以上的，空白是格的界，只再断、不再连，且须合于合计。 */
function readGlued(raws: readonly string[], digits: string, count: number, fits: Fits | null): readonly Candidate[] {
  if (raws.length < FEW) return readDigits(digits, count, fits)
  if (fits === null) return NONE
  const bounds = ends(raws.map((raw) => raw.normalize('NFKC')))
  return splitDigits(digits, count, fits).filter((each) => {
    const cuts = new Set(ends(each.raws))
    return bounds.every((at) => cuts.has(at))
  })
}

function ends(parts: readonly string[]): number[] {
  let at = 0
  return parts.map((part) => (at += part.length))
}

const toDigits = (values: readonly RawValue[]): string | null => {
  const text = values.map((each) => each.raw.normalize('NFKC').replace(/\s+/g, '')).join('')
  return /^\d+$/.test(text) ? text : null
}

// 断法唯一的，不论恒等式是否成立都照读；否则以恒等式取舍
function readDigits(digits: string, count: number, fits: Fits | null): readonly Candidate[] {
  if (digits.length < count) return NONE
  const all = splitDigits(digits, count, () => true)
  if (all.length === 1 || fits === null) return all
  return splitDigits(digits, count, fits)
}

/** 按位置放进各列：每个数字须明显靠近某一列。 */
function placeByColumn(values: readonly RawValue[], columnAt: readonly number[]): Candidate | null {
  const gap = Math.min(...columnAt.slice(1).map((at, index) => at - columnAt[index]!))
  const raws = columnAt.map(() => '')
  let before = -1
  for (const value of values) {
    const distances = columnAt.map((at) => Math.abs(at - value.at))
    const place = distances.indexOf(Math.min(...distances))
    if (place <= before || distances[place]! > gap * 0.45) return null
    raws[place] = value.raw
    before = place
  }
  return { values: raws.map(parseValue), raws, missing: null }
}

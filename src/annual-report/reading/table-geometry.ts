import { valueKind } from './parse-value.ts'
import type { RawValue, ValueRow } from './value-rows.ts'

/**
 * 表格行中真正的数值格。标签少占几列的行（如「一、本年新收」跨三列），多出的空格或留在标签之后，
 * 或（复制网页所得）补在行尾；看同宽的各行是哪一种，去掉的才不是空着的数值格。
 * @param rows 同一张表已对上的各行
 */
export function valueCells(row: ValueRow, rows: readonly ValueRow[]): RawValue[] {
  const piece = rows.filter((each) => each.explicit && !each.grid && each.width === row.width)
  const depth = Math.max(0, ...piece.map(labelColumns))
  const extra = depth - labelColumns(row)
  if (row.grid || extra <= 0) return [...row.values]
  const inPlace = piece.filter((each) => isInPlace(each, depth)).length
  const atEnd = piece.filter((each) => isPaddedAtEnd(each, depth)).length
  return inPlace > atEnd ? dropLeading(row.values, extra) : dropTrailing(row.values, extra)
}

const labelColumns = (row: ValueRow): number => Math.max(0, ...row.labels.map((label) => label.at + 1))
const isBlank = (value: RawValue | undefined): boolean => value !== undefined && valueKind(value.raw) === 'blank'

// 一头空格不够补的，补的必在另一头；两头都够的（如总计也空着）看别的行
function isInPlace(row: ValueRow, depth: number): boolean {
  const extra = depth - labelColumns(row)
  return extra > 0 && row.values.slice(0, extra).every(isBlank) && !row.values.slice(-extra).every(isBlank)
}

function isPaddedAtEnd(row: ValueRow, depth: number): boolean {
  const extra = depth - labelColumns(row)
  return extra > 0 && row.values.slice(-extra).every(isBlank) && !row.values.slice(0, extra).every(isBlank)
}

function dropLeading(values: readonly RawValue[], most: number): RawValue[] {
  const filled = values.findIndex((value) => !isBlank(value))
  return values.slice(Math.min(most, filled < 0 ? most : filled))
}

function dropTrailing(values: readonly RawValue[], most: number): RawValue[] {
  const filled = values.findLastIndex((value) => !isBlank(value))
  return values.slice(0, Math.max(values.length - most, filled + 1))
}

const LOOSE = 0.35

/** 文本行各列的位置：取同一页里数字齐全的行的平均；没有则为 null。 */
export function columnPositions(row: ValueRow, rows: readonly ValueRow[], count: number): number[] | null {
  const isFull = (each: ValueRow) =>
    !each.explicit && each.page === row.page && each.values.length === count && new Set(each.values.map((value) => value.line)).size === 1
  const full = rows.filter(isFull)
  if (full.length === 0) return null
  const at = Array.from({ length: count }, (_, column) => full.reduce((total, each) => total + each.values[column]!.at, 0) / full.length)
  const gap = Math.min(...at.slice(1).map((value, index) => value - at[index]!))
  // 各行的列没有对齐的，位置说明不了什么
  const aligned = full.every((each) => each.values.every((value, column) => Math.abs(value.at - at[column]!) < gap * LOOSE))
  return gap > 0 && aligned ? at : null
}

import type { ValueRow } from './value-rows.ts'

/** 连续同宽的一片表格中，标签最多占几列；少一列的行由此看出。 */
export function labelDepth(row: ValueRow, rows: readonly ValueRow[]): number {
  const piece = rows.filter((each) => each.explicit && each.width === row.width)
  return Math.max(0, ...piece.flatMap((each) => each.labels.map((label) => label.at + 1)))
}

/** 文本行各列的位置：取同一页里数字齐全的行的平均；没有则为 null。 */
export function columnPositions(row: ValueRow, rows: readonly ValueRow[], count: number): number[] | null {
  const full = rows.filter((each) => !each.explicit && each.page === row.page && each.values.length === count && new Set(each.values.map((value) => value.line)).size === 1)
  if (full.length === 0) return null
  const at = Array.from({ length: count }, (_, column) => full.reduce((total, each) => total + each.values[column]!.at, 0) / full.length)
  return at.every((value, index) => index === 0 || value > at[index - 1]!) ? at : null
}

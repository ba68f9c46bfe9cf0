import { commonLength, fold } from './fold.ts'
import { valueKind } from './parse-value.ts'
import type { ValueRow } from './value-rows.ts'

/** 表格格式中的一行：标签，及其可能写在一起的上级标签。 */
export interface LabelledRow {
  code: string
  label: string
  parents: readonly string[]
  /** 表中可以没有的行，没有不算缺行 */
  optional?: true
}

const THRESHOLD = 0.4 // 相似不足四成的不算同一行
const SKIP_VALUES = 0.1 // 丢下一行有数字的行
const SKIP_FORM = 0.05 // 格式中有而表中没有的行
const EMPTY = 0.25 // 全空的行多是被分页切开的半行
const BELOW = 0.7
const OPTIONAL = 0.1 // 可有可无的行让着必有的行
const WINDOW = 400 // 拼合标签时看的字数

/**
 * 数字行与格式的行对齐：次序固定，故取总相似度最大的保序对应。
 * @returns 与 form 等长，各为数字行的序号或 null
 */
export function alignRows(form: readonly LabelledRow[], rows: readonly ValueRow[]): (number | null)[] {
  const texts = rows.map((row, index) => toTexts(row, [rows[index - 1], rows[index + 1]]))
  const gain = form.map((row) => {
    const label = fold(row.label)
    const parents = row.parents.map(fold)
    return texts.map((text, index) => similarity(label, parents, text) - THRESHOLD - (isEmpty(rows[index]!) ? EMPTY : 0) - (row.optional ? OPTIONAL : 0))
  })
  const skip = rows.map((row) => (isEmpty(row) ? 0 : SKIP_VALUES))
  return trace(form.length, rows.length, gain, skip)
}

function trace(m: number, n: number, gain: readonly (readonly number[])[], skip: readonly number[]): (number | null)[] {
  const best = Array.from({ length: m + 1 }, () => new Float64Array(n + 1))
  const at = (i: number, j: number): number => best[i]![j]!
  for (let i = 0; i <= m; i++)
    for (let j = 0; j <= n; j++) {
      if (i === 0 && j === 0) continue
      const dropForm = i > 0 ? at(i - 1, j) - SKIP_FORM : -Infinity
      const dropRow = j > 0 ? at(i, j - 1) - skip[j - 1]! : -Infinity
      const pair = i > 0 && j > 0 ? at(i - 1, j - 1) + gain[i - 1]![j - 1]! : -Infinity
      best[i]![j] = Math.max(dropForm, dropRow, pair)
    }
  const matched: (number | null)[] = Array.from({ length: m }, () => null)
  let [i, j] = [m, n]
  while (i > 0 && j > 0) {
    if (at(i, j) === at(i - 1, j - 1) + gain[i - 1]![j - 1]!) matched[--i] = --j
    else if (at(i, j) === at(i - 1, j) - SKIP_FORM) i--
    else j--
  }
  return matched
}

interface Texts {
  /** 末一个标签 */
  leaf: string
  own: string
  /** 上文与自身 */
  above: string
  /** 上文、自身与下文 */
  all: string
}

const isEmpty = (row: ValueRow): boolean => row.values.every((each) => valueKind(each.raw) === 'blank')
const labelText = (row: ValueRow | undefined): string => (row && isEmpty(row) ? row.labels.map((label) => label.raw).join('') : '')

// 被分页切开的行，另一半只有标签没有数字，也算作上下文字
function toTexts(row: ValueRow, [above, below]: readonly (ValueRow | undefined)[]): Texts {
  const labels = row.labels.map((label) => fold(label.raw))
  const own = labels.join('').slice(-WINDOW)
  const before = fold(labelText(above) + row.before.join('')).slice(-WINDOW / 2)
  const after = fold(row.after.join('') + labelText(below)).slice(0, WINDOW / 2)
  return { leaf: labels.at(-1) ?? '', own, above: before + own, all: before + own + after }
}

// 自身文字与标签越像越好；断行的标签由上下文字补足，下文的字打折，因为它多半是下一行的标签
function similarity(label: string, parents: readonly string[], text: Texts): number {
  if (text.leaf === label || text.own === label) return 1
  // 标签独占一行、数字在其下的，紧挨着数字的才是这一行的标签
  if (text.own === '' && text.above.endsWith(label)) return 0.99
  const above = commonLength(label, text.above)
  const coverage = (above + BELOW * (commonLength(label, text.all) - above)) / label.length
  if (text.own === '') return coverage * 0.9
  const within = parents.join('') + label
  const precision = Math.max(
    commonLength(text.leaf, label) / text.leaf.length,
    commonLength(text.own, within) / text.own.length,
  )
  return (precision + coverage) / 2 - 0.02
}

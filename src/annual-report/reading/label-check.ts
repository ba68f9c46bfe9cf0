import { commonLength, fold } from './fold.ts'
import type { LabelledRow } from './align-rows.ts'
import type { ValueRow } from './value-rows.ts'

/**
 * 表中的标签是否就是格式的标签（归一后）。
 * @returns 相符为 null，不符为表中的写法
 */
export function differingLabel(form: LabelledRow, row: ValueRow): string | null {
  const label = fold(form.label)
  const labels = row.labels.map((each) => each.raw.trim())
  if (isLabel(labels.map(fold), label, form.parents.map(fold))) return null
  const window = [...row.before, ...labels, ...row.after]
  if (isAssembled(window.map(fold), label)) return null
  // 断行处与上级标签粘连的，只求逐字都在
  if (!row.explicit && commonLength(label, fold(window.join('')).slice(-2000)) === label.length) return null
  const own = ownText(labels, form.parents)
  return own === '' ? null : own
}

function isLabel(labels: readonly string[], label: string, parents: readonly string[]): boolean {
  const own = labels.join('')
  if (labels.at(-1) === label || own === label) return true
  return own.endsWith(label) && parents.join('').endsWith(own.slice(0, -label.length))
}

// 标签恰为若干整块依次相接，其余的块属别的标签
function isAssembled(chunks: readonly string[], label: string): boolean {
  let reached = new Set([0])
  for (const chunk of chunks.filter((each) => each !== '')) {
    const next = new Set(reached)
    for (const at of reached) if (label.startsWith(chunk, at)) next.add(at + chunk.length)
    reached = next
  }
  return reached.has(label.length)
}

// 去掉属上级标签的碎块
function ownText(labels: readonly string[], parents: readonly string[]): string {
  const above = fold(parents.join(''))
  return labels.filter((each) => !above.includes(fold(each))).join('')
}

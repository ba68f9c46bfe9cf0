import type { LedgerColumn } from './definition.ts'

/** 文件里的一列对到了台账的哪一列，凭什么。 */
export interface MappedColumn {
  /** 文件中的列，0 起 */
  index: number
  /** 文件里的列名，原样 */
  head: string
  /** 对到的列；没对上为 null，该列不读 */
  key: string | null
  /** 列名相同、惯用别名、相近（须人看过）、使用者指定 */
  by: 'label' | 'alias' | 'similar' | 'chosen' | null
}

export interface Mapping {
  columns: readonly MappedColumn[]
  /** 必须有而文件里没有的列 */
  missing: readonly LedgerColumn[]
  /** 文件里有而没有用上的列名 */
  unused: readonly string[]
}

/** 使用者的指定：文件中的列（0 起）→ 台账的列，空串表示不读。 */
export type ChosenColumns = Readonly<Record<number, string>>

const SIMILAR_ENOUGH = 0.6

/** 列名归一：全半角统一，去掉空白、括号里的说明、星号与标点。 */
export const normaliseHead = (head: string): string =>
  head
    .normalize('NFKC')
    .replace(/\([^)]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕/g, '')
    .replace(/[\s*:：;、,，.。/\\_-]/g, '')
    .toLowerCase()

/** 把文件的表头对到台账的列上；每列至多用一次，先使用者指定，再同名，再别名，最后相近。 */
export function mapColumns(
  columns: readonly LedgerColumn[],
  heads: readonly string[],
  chosen: ChosenColumns = {},
): Mapping {
  const taken = new Map<string, number>()
  const mapped: MappedColumn[] = heads.map((head, index) => ({ index, head, key: null, by: null }))
  const open = (): MappedColumn[] => mapped.filter((m) => m.by === null && chosen[m.index] === undefined)
  const take = (at: MappedColumn, key: string, by: MappedColumn['by']): void => {
    if (at.by !== null || taken.has(key)) return
    Object.assign(at, { key, by })
    taken.set(key, at.index)
  }

  for (const at of mapped) {
    const key = chosen[at.index]
    if (key !== undefined && columns.some((c) => c.key === key)) take(at, key, 'chosen')
  }
  for (const at of open())
    for (const column of columns) if (normaliseHead(at.head) === normaliseHead(column.label)) take(at, column.key, 'label')
  for (const at of open())
    for (const column of columns)
      if (column.aliases?.some((alias) => normaliseHead(alias) === normaliseHead(at.head))) take(at, column.key, 'alias')
  for (const { at, column } of rankSimilar(columns, open())) take(at, column.key, 'similar')

  return {
    columns: mapped,
    missing: columns.filter((c) => c.required && !taken.has(c.key)),
    unused: mapped.filter((m) => m.key === null && m.head !== '').map((m) => m.head),
  }
}

function rankSimilar(columns: readonly LedgerColumn[], open: readonly MappedColumn[]) {
  return open
    .flatMap((at) =>
      columns.map((column) => ({
        at,
        column,
        likeness: Math.max(...[column.label, ...(column.aliases ?? [])].map((name) => likeness(at.head, name))),
      })),
    )
    .filter((pair) => pair.likeness >= SIMILAR_ENOUGH)
    .toSorted((a, b) => b.likeness - a.likeness)
}

// 两个列名相邻字对的重合度；一字之名不猜
function likeness(a: string, b: string): number {
  const [x, y] = [pairsOf(normaliseHead(a)), pairsOf(normaliseHead(b))]
  if (x.length === 0 || y.length === 0) return 0
  const rest = [...y]
  let same = 0
  for (const pair of x) {
    const at = rest.indexOf(pair)
    if (at === -1) continue
    rest.splice(at, 1)
    same += 1
  }
  return (2 * same) / (x.length + y.length)
}

const pairsOf = (text: string): string[] =>
  Array.from(text).slice(0, 40).flatMap((char, index, all) => (index === 0 ? [] : [`${all[index - 1] ?? ''}${char}`]))

/** 前若干行里最像表头的一行；没有一行能对上两列（或唯一的一列）的，取第一行有字的。没有任何行则为 null。 */
export function findHeadRow<R extends { values: readonly string[] }>(
  columns: readonly LedgerColumn[],
  rows: readonly R[],
): R | null {
  const enough = Math.min(2, columns.length)
  const scored = rows.map((row) => {
    const exact = mapColumns(columns, row.values).columns.filter((c) => c.by === 'label' || c.by === 'alias')
    return { row, score: exact.length }
  })
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { row: rows[0] ?? null, score: 0 })
  if (best.score >= enough) return best.row
  return rows.find((row) => row.values.filter((value) => value !== '').length >= enough) ?? null
}

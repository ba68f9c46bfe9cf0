import type { ListQuery } from './list-query.ts'

/** 一列怎样排：文字按读音，数按大小，没有数的总在最后。 */
export type SortKey = string | number | null

const order = new Intl.Collator('zh-CN', { numeric: true })

/** 内存里的几百行：按检索词、排序、分页取一页。 */
export function pickRows<Row>(rows: readonly Row[], query: ListQuery, { text, sort }: { text: (row: Row) => string; sort: (row: Row) => SortKey }): { rows: Row[]; total: number } {
  const found = query.q === '' ? [...rows] : rows.filter((row) => text(row).includes(query.q))
  const sorted = found.toSorted((a, b) => {
    const [x, y] = [sort(a), sort(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    const by = typeof x === 'number' && typeof y === 'number' ? x - y : order.compare(String(x), String(y))
    return query.descending ? -by : by
  })
  return { rows: sorted.slice(query.offset, query.offset + query.size), total: found.length }
}

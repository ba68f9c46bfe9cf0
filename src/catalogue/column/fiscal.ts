import type { PublishedItem } from '../queries.ts'

/** 财政信息的几类，由标题认出；认不出的归「其他」。 */
export const FISCAL_KINDS = { budget: '预算', accounts: '决算', 'three-public': '三公经费', other: '其他财政信息' } as const
export type FiscalKind = keyof typeof FISCAL_KINDS

/** 预算决算里往往带着三公经费，单独公开三公的标题才归三公；决算的标题里常有「预算执行」，故决算在先。 */
export function fiscalKindOf(title: string): FiscalKind {
  const text = title.normalize('NFKC')
  if (/三公|因公出国|公务接待|公务用车/.test(text) && !/部门(预|决)算|单位(预|决)算/.test(text)) return 'three-public'
  if (text.includes('决算')) return 'accounts'
  return text.includes('预算') ? 'budget' : 'other'
}

/** 说的是哪一年的：标题写明的从标题，没有写的依公开之日。 */
export function fiscalYearOf({ title, publishedOn }: Pick<PublishedItem, 'title' | 'publishedOn'>): number {
  const [, year] = /(20\d{2})\s*年/.exec(title.normalize('NFKC')) ?? []
  return Number(year ?? publishedOn.slice(0, 4))
}

export interface FiscalYear<Item> {
  year: number
  kinds: readonly { kind: FiscalKind; items: readonly Item[] }[]
}

/** 按年、按类分开，近的年在前，类照 FISCAL_KINDS 的次序。 */
export function groupFiscal<Item extends Pick<PublishedItem, 'title' | 'publishedOn'>>(items: readonly Item[]): FiscalYear<Item>[] {
  return [...Map.groupBy(items, fiscalYearOf)]
    .toSorted(([a], [b]) => b - a)
    .map(([year, own]) => {
      const byKind = Map.groupBy(own, ({ title }) => fiscalKindOf(title))
      const kinds = Object.keys(FISCAL_KINDS) as FiscalKind[]
      return { year, kinds: kinds.flatMap((kind) => (byKind.has(kind) ? [{ kind, items: byKind.get(kind) ?? [] }] : [])) }
    })
}

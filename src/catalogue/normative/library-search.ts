import type { PlainDate } from '../../statute/plain-date.ts'
import { TOPICS } from '../item-details.ts'
import type { Topic } from '../item-details.ts'
import { LIBRARY } from './document-words.ts'
import { FACETS } from './library-queries.ts'
import type { Facet, LibraryFilter } from './library-queries.ts'
import { DOCUMENT_KINDS, VALIDITIES } from './normative-document.ts'
import type { DocumentKind, Validity } from './normative-document.ts'

/** 政策文件库的条件，来自地址；机关写代码。 */
export type Chosen = Partial<Record<Facet, string>>

const NO_TOPIC = 'none'
export const TOPIC_LABELS: Readonly<Record<string, string>> = { ...TOPICS, [NO_TOPIC]: '未分类' }
export const VALIDITY_LABELS = { valid: VALIDITIES.valid, repealed: VALIDITIES.repealed, expired: VALIDITIES.expired } as const
export const FACET_LABELS: Readonly<Record<Facet, string>> = { validity: '效力', kind: '种类', topic: '主题', year: '公布年度', body: '制定机关' }

/** 地址里的条件；认不得的当作没有。 */
export const LIBRARY_LIST = {
  sorts: ['madeOn'],
  defaultSort: '-madeOn',
  filters: { validity: Object.keys(VALIDITY_LABELS), kind: Object.keys(DOCUMENT_KINDS), topic: Object.keys(TOPIC_LABELS), year: 'year', body: 'text' },
  size: 20,
} as const

/** 条件 → 查询；`bodyId` 由机关代码查得。 */
export function toLibraryFilter(today: PlainDate, text: string, chosen: Chosen, bodyId: string | undefined): LibraryFilter {
  const { validity, kind, topic, year } = chosen
  return {
    today,
    text,
    ...(bodyId === undefined ? {} : { bodyId }),
    ...(validity === undefined ? {} : { validity: validity as Validity }),
    ...(kind === undefined ? {} : { kind: kind as DocumentKind }),
    ...(topic === undefined ? {} : { topic: topic as Topic | 'none' }),
    ...(year === undefined ? {} : { year: Number(year) }),
  }
}

/** 换一项条件之后的地址；值为 null 则去掉这一项。 */
export function libraryLink(q: string, chosen: Chosen, change: Partial<Record<Facet, string | null>> = {}): string {
  const params = new URLSearchParams()
  if (q !== '') params.set('q', q)
  for (const facet of FACETS) {
    const value = change[facet] === undefined ? chosen[facet] : change[facet]
    if (value !== undefined && value !== null) params.set(facet, value)
  }
  return params.size === 0 ? LIBRARY : `${LIBRARY}?${params.toString()}`
}

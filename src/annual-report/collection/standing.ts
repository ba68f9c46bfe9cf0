import { pickRows, type ListQuery, type SortKey } from '../../platform/html/index.ts'
import type { Filer } from './filings.ts'

/** 街道与部门分开看。 */
export const FILER_KINDS = { department: '部门', street: '街道' } as const
export type FilerKind = keyof typeof FILER_KINDS
export const kindOf = ({ kind }: Pick<Filer, 'kind'>): FilerKind => (kind === 'street' ? 'street' : 'department')

/** 收集到哪里：应报几家，各到哪一步，谁迟了、谁还没有报。 */
export interface Standing {
  total: number
  counts: Readonly<Record<Filer['status'], number>>
  /** 报来过的 */
  filed: number
  /** 受理了的，连同锁定的 */
  accepted: number
  /** 迟报的，逾期至今没有报的 */
  lateFiled: number
  missing: readonly Filer[]
  overdue: number
}

export function standingOf(filers: readonly Filer[]): Standing {
  const of = (status: Filer['status']) => filers.filter((one) => one.status === status).length
  const missing = filers.filter(({ filedOn }) => filedOn === null)
  return {
    total: filers.length,
    counts: { none: of('none'), filed: of('filed'), returned: of('returned'), accepted: of('accepted'), locked: of('locked') },
    filed: filers.length - missing.length,
    accepted: of('accepted') + of('locked'),
    lateFiled: filers.filter(({ filedOn, late }) => late && filedOn !== null).length,
    missing,
    overdue: missing.filter(({ late }) => late).length,
  }
}

export const FILER_SORTS = ['sort', 'name', 'status', 'filedOn', 'acceptedOn'] as const

/** 名单上的筛选、排序、分页；一区以百计，在内存里做。 */
export function selectFilers(filers: readonly Filer[], query: ListQuery): { rows: Filer[]; total: number } {
  const { status, kind, reviewer } = query.filters
  const found = filers.filter(
    (one) => (status === undefined || fits(one, status)) && (kind === undefined || kindOf(one) === kind) && (reviewer === undefined || isReviewedBy(one, reviewer)),
  )
  return pickRows(found, query, {
    text: ({ name, currentName, bodyCode, formerNames }) => [name, currentName, bodyCode, ...formerNames].join('\n'),
    sort: (one) => keyOf(one, query.sort),
  })
}

/** 审核的人：没有指定的 `none`；`open-` 加账号，为指定此人的与没有指定的。 */
const isReviewedBy = (one: Filer, wanted: string): boolean =>
  one.reviewer === null ? wanted === 'none' || wanted.startsWith(OPEN_TO) : one.reviewer === wanted.replace(OPEN_TO, '')
const OPEN_TO = 'open-'
export const openTo = (accountId: string): string => `${OPEN_TO}${accountId}`

/** 筛选的各项：各步之外，另有已受理（连同锁定）的、没有报的、迟报的。 */
export const FILER_FILTERS = ['none', 'filed', 'returned', 'accepted', 'locked', 'settled', 'missing', 'late'] as const

const fits = (one: Filer, status: string): boolean => {
  if (status === 'missing') return one.filedOn === null
  if (status === 'late') return one.late
  return status === 'settled' ? one.status === 'accepted' || one.status === 'locked' : one.status === status
}

const ORDER: readonly Filer['status'][] = ['none', 'returned', 'filed', 'accepted', 'locked']
const keyOf = (one: Filer, sort: string): SortKey => {
  switch (sort) {
    case 'name':
      return one.name
    case 'status':
      return ORDER.indexOf(one.status)
    case 'filedOn':
      return one.filedOn
    case 'acceptedOn':
      return one.acceptedOn
    default:
      return one.sort
  }
}

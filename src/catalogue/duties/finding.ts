import type { PlainDate } from '../../statute/plain-date.ts'

/** 自查查什么；次序即报告里的次序。 */
export const FINDING_KINDS = {
  late: { label: '逾期未公开', basis: '条例第二十六条' },
  empty: { label: '空白事项', basis: '条例第二十条、第二十一条' },
  stale: { label: '未更新', basis: '国办秘函〔2019〕19号' },
  column: { label: '指南、机构信息与渠道', basis: '条例第十二条、第二十条第（二）项' },
  link: { label: '外链不通', basis: '国办秘函〔2019〕19号' },
  file: { label: '附件打不开', basis: '国办秘函〔2019〕19号' },
  exemption: { label: '不予公开逾期未评估', basis: '条例第十八条' },
  scope: { label: '事项尚未确定是否适用', basis: '条例第二十条、第二十一条' },
} as const satisfies Record<string, { label: string; basis: string }>

export type FindingKind = keyof typeof FINDING_KINDS
export const FINDING_KIND_NAMES = Object.keys(FINDING_KINDS) as FindingKind[]

/** 一处发现；`key` 在各周之间认出是同一处。 */
export interface Finding {
  key: string
  kind: FindingKind
  title: string
  note: string
  /** 去哪里办，工作台里的路径 */
  href: string
}

export interface KeptFinding extends Finding {
  state: 'open' | 'fixed'
  since: PlainDate
}

/**
 * 与上一次自查相比：仍在的记着最早发现之日，新的自今日；上一次有而这一次没有的，为已整改。
 * 上一次已经记为整改的不再列。
 */
export function compareFindings(before: readonly KeptFinding[], now: readonly Finding[], today: PlainDate): KeptFinding[] {
  const open = new Map(before.filter((each) => each.state === 'open').map((each) => [each.key, each]))
  const keys = new Set(now.map((each) => each.key))
  return [
    ...now.map((each) => ({ ...each, state: 'open' as const, since: open.get(each.key)?.since ?? today })),
    ...[...open.values()].filter((each) => !keys.has(each.key)).map((each) => ({ ...each, state: 'fixed' as const })),
  ]
}

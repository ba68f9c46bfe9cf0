import type { Role } from '../../identity/index.ts'
import type { Basis, Route } from './complaint.ts'

/** 能办的岗位与能作结论的岗位；与 `complaint.handle`、`complaint.decide` 相同。 */
export const HANDLERS = ['handler', 'disclosure-officer', 'disclosure-head', 'district-office'] as const satisfies readonly Role[]
export const DECIDERS = ['disclosure-head', 'leader', 'district-office'] as const satisfies readonly Role[]
/** 反映到他们的，本机关不宜自己办 */
export const HEADS = ['disclosure-head', 'leader'] as const satisfies readonly Role[]

export interface Standing {
  basis: Basis
  /** 反映人愿意由被反映的机关自己办 */
  toOwn: boolean
  /** 须回避的账号 */
  barred: ReadonlySet<string>
  /** 被反映的机关里，各能办、能作结论的账号，与其负责人 */
  handlers: readonly string[]
  deciders: readonly string[]
  heads: readonly string[]
}

/**
 * 归谁办。投诉、举报归主管部门（条例第五十一条）；反映机关负责人的、机关里能办的人都须回避的，也归主管部门。
 * 永不落到被反映的人手里：余下的人里也没有他。
 */
export function routeComplaint({ basis, toOwn, barred, handlers, deciders, heads }: Standing): Route {
  if (basis === 'A51') return 'infringed'
  if (!toOwn) return 'supervisor'
  if (heads.some((account) => barred.has(account))) return 'about-head'
  const free = (accounts: readonly string[]): boolean => accounts.some((account) => !barred.has(account))
  // 拟结论与审定须是两个人
  const two = new Set([...handlers, ...deciders].filter((account) => !barred.has(account))).size >= 2
  return free(handlers) && free(deciders) && two ? 'own' : 'nobody-left'
}

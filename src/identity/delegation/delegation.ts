import { addCalendarDays, isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Role } from '../actor.ts'

/** 一次委托至多几日（首尾都算）；一人同时至多几次未完的。 */
export const DELEGATION_RULES = { mostDays: 60, mostLive: 10, reason: 100 } as const

/** 可以委托的岗位：办业务的。三种管理员与区政务公开办的不得委托（等级保护：管理权限分离）。 */
export const DELEGABLE = ['handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader', 'publisher', 'archivist'] as const satisfies readonly Role[]
export const isDelegable = (role: Role): boolean => (DELEGABLE as readonly Role[]).includes(role)

/** 持有其一的不得受托：管理员不办业务。 */
const NEVER: readonly Role[] = ['system-admin', 'security-admin', 'auditor']
export const mayReceive = (roles: readonly Role[]): boolean => roles.some(isDelegable) && !roles.some((role) => NEVER.includes(role))

export interface Delegation {
  bodyId: string
  delegationId: string
  /** 委托人、受托人的账号 */
  from: string
  to: string
  roles: readonly Role[]
  startsOn: PlainDate
  /** 最后一日，当日仍有效 */
  endsOn: PlainDate
  reason: string
  createdAt: Date
  endedBy: string | null
  endedAt: Date | null
}

export const DELEGATION_STATES = { ahead: '未到日子', active: '代行中', over: '已期满', ended: '提前终止' } as const
export type DelegationState = keyof typeof DELEGATION_STATES

export function delegationState({ startsOn, endsOn, endedAt }: Pick<Delegation, 'startsOn' | 'endsOn' | 'endedAt'>, today: PlainDate): DelegationState {
  if (endedAt !== null) return 'ended'
  if (endsOn < today) return 'over'
  return startsOn > today ? 'ahead' : 'active'
}

/** 还没有完的：代行中的、未到日子的。 */
export const isLiveDelegation = (d: Pick<Delegation, 'startsOn' | 'endsOn' | 'endedAt'>, today: PlainDate): boolean => ['ahead', 'active'].includes(delegationState(d, today))

export interface DelegationInput {
  to: string
  roles: readonly Role[]
  startsOn: string
  endsOn: string
  reason: string
}

/** 定委托时已知的：委托人自己的岗位（代行来的不算）、受托人的岗位、委托人未完的各次。 */
export interface DelegationGround {
  from: string
  own: readonly Role[]
  /** 受托人在本机关的岗位，连同在别处的；停用的、没有的为空 */
  receiver: readonly Role[]
  live: readonly Delegation[]
  today: PlainDate
}

/** 委托哪里不对，一栏一句；没有不对的为空。 */
export function delegationProblems(input: DelegationInput, ground: DelegationGround): Record<string, string> {
  const { startsOn, endsOn } = input
  const problems: Record<string, string> = {}
  if (input.to === ground.from) problems['to'] = '不能委托给自己'
  else if (!mayReceive(ground.receiver)) problems['to'] = '请选择本机关在用的、办业务的账号'
  if (input.roles.length === 0) problems['roles'] = '请选择委托哪些岗位'
  else if (input.roles.some((role) => !isDelegable(role) || !ground.own.includes(role))) problems['roles'] = '只能委托自己的岗位；别人委托来的、管理的岗位不得再委托'
  if (!isPlainDate(startsOn)) problems['startsOn'] = '请填写自何日起'
  else if (startsOn < ground.today) problems['startsOn'] = '不能早于今日，委托不溯及以前'
  if (!isPlainDate(endsOn)) problems['endsOn'] = '请填写至何日止'
  else if (isPlainDate(startsOn) && endsOn < startsOn) problems['endsOn'] = '不能早于起始之日'
  else if (isPlainDate(startsOn) && endsOn > addCalendarDays(startsOn, DELEGATION_RULES.mostDays - 1)) problems['endsOn'] = `一次至多 ${DELEGATION_RULES.mostDays} 日，更久的请安全管理员另定岗位`
  const length = [...input.reason].length
  if (length < 2 || length > DELEGATION_RULES.reason) problems['reason'] = `请写明缘由，二至 ${DELEGATION_RULES.reason} 个字`
  if (Object.keys(problems).length > 0) return problems
  if (ground.live.length >= DELEGATION_RULES.mostLive) return { '': `未完的委托至多 ${DELEGATION_RULES.mostLive} 次，请先终止不用的` }
  // 一个岗位同一日只交给一个人，免得两人各代一头
  const clash = ground.live.find((d) => d.startsOn <= endsOn && startsOn <= d.endsOn && d.roles.some((role) => input.roles.includes(role)))
  return clash === undefined ? {} : { startsOn: `所选的岗位 ${clash.startsOn} 至 ${clash.endsOn} 已委托给别人，请错开日子，或者先终止那一次` }
}

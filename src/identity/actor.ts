import type { Scope } from './systems/api-system.ts'

/** 十一种岗位（领域参考 9.1）与区政务公开办；一人可兼。 */
export const ROLES = {
  handler: '承办人',
  'unit-head': '科室负责人',
  'disclosure-officer': '信息公开工作机构经办',
  'disclosure-head': '信息公开工作机构负责人',
  'secrecy-reviewer': '保密审查员',
  leader: '机关领导',
  publisher: '发布员',
  archivist: '档案员',
  'district-office': '区政务公开办',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  auditor: '审计员',
} as const

export type Role = keyof typeof ROLES

/** 经接口来的外接系统，凭令牌认出；只在所属的机关里办，只办其权限（scopes）所许的。 */
export interface ApiActor {
  kind: 'api'
  systemId: string
  name: string
  bodyId: string
  scopes: readonly Scope[]
}

/** 正在代行的：委托人，其所委托而自己仍在任的岗位，至何日。 */
export interface Acting {
  from: string
  name: string
  roles: readonly Role[]
  until: string
}

/** 登录的人；岗位连同正在代行的。 */
export interface AccountActor {
  kind: 'account'
  accountId: string
  name: string
  bodyId: string
  roles: readonly Role[]
  /** 自己的岗位；没有代行的不写，即 roles */
  own?: readonly Role[]
  acting?: readonly Acting[]
  /** 这一次请求里凭委托才能办的，所代的人；留痕照此记。每次请求另是一个 */
  behalf?: Set<string>
}

/** 谁在做：登录的人，外接的系统，或系统自己（任务、命令）。 */
export type Actor =
  | AccountActor
  | ApiActor
  | { kind: 'system'; name: string }

/** 记入时间线与留痕的写法。 */
export function actorKey(actor: Actor): string {
  if (actor.kind === 'account') return actor.accountId
  return actor.kind === 'api' ? `api:${actor.systemId}` : `system:${actor.name}`
}

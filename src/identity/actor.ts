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

/** 谁在做：登录的人，或系统自己（任务、命令）。 */
export type Actor =
  | { kind: 'account'; accountId: string; name: string; bodyId: string; roles: readonly Role[] }
  | { kind: 'system'; name: string }

/** 记入时间线与留痕的写法。 */
export const actorKey = (actor: Actor): string =>
  actor.kind === 'account' ? actor.accountId : `system:${actor.name}`

import { Forbidden } from '../platform/errors.ts'
import type { Actor, Role } from './actor.ts'
import { scopesPermit } from './systems/api-system.ts'
import { behalfOf, noteBehalf } from './delegation/behalf.ts'

interface Permission {
  label: string
  /** 在自己所在机构可以做的岗位 */
  own: readonly Role[]
  /** 在全区任何机构都可以做的岗位 */
  district: readonly Role[]
}

const OFFICERS = ['disclosure-officer', 'disclosure-head'] as const
const CASE_READERS = ['handler', 'unit-head', ...OFFICERS, 'leader', 'archivist'] as const
const STAFF = [...CASE_READERS, 'secrecy-reviewer', 'publisher'] as const

/**
 * 权限表：谁能做什么，在哪些机构。一处写全；permissions.test.ts 里逐格另写一遍，改动须两处都改。
 * 区政务公开办看全区的业务而不代办，也不看申请人的个人信息（最小必要）；三种管理员不办业务。
 */
export const PERMISSIONS = {
  'body.read': { label: '查看机构资料', own: STAFF, district: ['district-office', 'system-admin', 'security-admin'] },
  'body.manage': { label: '维护机构', own: [], district: ['district-office', 'system-admin'] },
  'setting.manage': { label: '修改机构的设置', own: ['disclosure-head'], district: ['district-office'] },
  'letter.word': { label: '改文书的用语', own: ['disclosure-head'], district: [] },
  'search.word': { label: '定检索的同义说法', own: [], district: ['district-office'] },
  'calendar.load': { label: '载入节假日安排', own: [], district: ['district-office', 'system-admin'] },

  'account.read': { label: '查看账号', own: [], district: ['system-admin', 'security-admin'] },
  'account.create': { label: '新建账号', own: [], district: ['system-admin'] },
  'account.disable': { label: '停用、启用账号', own: [], district: ['system-admin'] },
  'account.reset-password': { label: '重置口令', own: [], district: ['system-admin'] },
  'role.grant': { label: '授予、收回岗位', own: [], district: ['security-admin'] },
  'delegation.read': { label: '查看委托', own: ['disclosure-head'], district: ['security-admin'] },
  'delegation.end': { label: '终止他人的委托', own: [], district: ['security-admin'] },
  'session.revoke': { label: '结束他人的会话', own: [], district: ['system-admin', 'security-admin'] },
  'api-system.read': { label: '查看接入的系统', own: ['disclosure-head'], district: ['system-admin', 'security-admin', 'auditor'] },
  'api-system.manage': { label: '接入系统、发令牌、订回调', own: [], district: ['system-admin'] },
  'api-system.grant': { label: '定接入系统的权限', own: [], district: ['security-admin'] },
  'api-system.revoke': { label: '停用接入的系统、作废令牌', own: [], district: ['system-admin', 'security-admin'] },
  'audit.read': { label: '查阅留痕', own: [], district: ['auditor'] },
  'metrics.read': { label: '查看运行情况', own: [], district: ['system-admin'] },

  'ledger.import': { label: '导入台账', own: OFFICERS, district: [] },
  'application.read': { label: '查看申请', own: CASE_READERS, district: ['district-office'] },
  'application.handle': { label: '办理申请', own: ['handler', ...OFFICERS], district: [] },
  'application.endorse': { label: '审核处理决定', own: ['unit-head', 'disclosure-head', 'leader'], district: [] },
  'application.approve': { label: '批准处理决定、延期与收费', own: ['disclosure-head', 'leader'], district: [] },
  'archive.read': { label: '查看档案', own: ['handler', ...OFFICERS, 'leader', 'archivist'], district: [] },
  'archive.keep': { label: '归档、做档案包、保全', own: ['handler', ...OFFICERS, 'archivist'], district: [] },
  'archive.appraise': { label: '鉴定档案：延长保管、提出销毁', own: ['archivist'], district: [] },
  'archive.approve': { label: '批准销毁档案', own: ['disclosure-head', 'leader'], district: [] },
  'rating.read': { label: '查看申请人的评价', own: OFFICERS, district: [] },
  'item.read': { label: '查看主动公开信息', own: STAFF, district: ['district-office'] },
  'item.handle': { label: '办理主动公开信息', own: ['handler', ...OFFICERS], district: [] },
  'item.check': { label: '审核主动公开信息', own: ['unit-head', 'disclosure-head', 'leader'], district: [] },
  'item.secrecy-review': { label: '保密审查主动公开信息', own: ['secrecy-reviewer'], district: [] },
  'item.approve': { label: '批准公开信息', own: ['disclosure-head', 'leader'], district: [] },
  'item.publish': { label: '发布信息', own: ['publisher'], district: [] },
  'item.withdraw': { label: '撤回已公开的信息', own: ['disclosure-head', 'leader'], district: [] },
  'review.read': { label: '查看复议诉讼案件', own: CASE_READERS, district: ['district-office'] },
  'review.handle': { label: '办理复议诉讼案件', own: ['handler', ...OFFICERS], district: [] },
  'complaint.read': { label: '查看投诉', own: ['handler', 'unit-head', ...OFFICERS, 'leader'], district: ['district-office'] },
  'complaint.handle': { label: '登记、办理投诉', own: ['handler', ...OFFICERS, 'district-office'], district: [] },
  'complaint.decide': { label: '对投诉作结论、转办、延期', own: ['disclosure-head', 'leader', 'district-office'], district: [] },
  'complaint.identity': { label: '查看反映人', own: [...OFFICERS, 'district-office'], district: [] },
  'review.approve': { label: '签发复议答复书、诉讼答辩状', own: ['disclosure-head', 'leader'], district: [] },
  'personal-data.read': { label: '查看申请人的个人信息', own: ['handler', ...OFFICERS, 'archivist'], district: [] },

  'report.read': { label: '查看年度报告', own: STAFF, district: ['district-office'] },
  'report.draft': { label: '起草年度报告', own: OFFICERS, district: [] },
  'report.check': { label: '校核年度报告', own: OFFICERS, district: [] },
  'report.waive': { label: '对提醒作出说明', own: OFFICERS, district: [] },
  'report.secrecy-review': { label: '保密审查年度报告', own: ['secrecy-reviewer'], district: [] },
  'report.sign': { label: '签发年度报告', own: ['leader'], district: [] },
  'report.return': { label: '退回年度报告', own: ['disclosure-head', 'secrecy-reviewer', 'leader'], district: [] },
  'report.file': { label: '报送年度报告', own: OFFICERS, district: [] },
  'report.publish': { label: '公布年度报告', own: ['publisher'], district: [] },
  'report.correct': { label: '更正已公布的年度报告', own: ['disclosure-head'], district: [] },
  'filing.review': { label: '收集、审核各机关报送的年度报告', own: [], district: ['district-office'] },
  'report.roll-up': { label: '汇总全区年度报告', own: [], district: ['district-office'] },

  'safeguard.read': { label: '查看领导小组、培训、问题与登记', own: STAFF, district: ['district-office'] },
  'safeguard.handle': { label: '办理领导小组、培训、问题与登记', own: [...OFFICERS, 'district-office'], district: [] },
  'training.take': { label: '参加培训、答卷', own: [...STAFF, 'district-office'], district: [] },

  'assessment.read': { label: '查看责任考核', own: STAFF, district: ['district-office'] },
  'assessment.fill': { label: '填写考核的自评与申诉', own: OFFICERS, district: [] },
  'assessment.answer': { label: '提交自评、提出申诉', own: ['disclosure-head', 'leader'], district: [] },
  'assessment.manage': { label: '组织责任考核', own: [], district: ['district-office'] },
  'accountability.read': { label: '查看责任追究', own: [...OFFICERS, 'leader'], district: ['district-office'] },
  'accountability.answer': { label: '陈述申辩', own: ['disclosure-head', 'leader'], district: [] },
  'accountability.manage': { label: '办理责任追究', own: [], district: ['district-office'] },

  'export.data': { label: '导出数据', own: [...OFFICERS, 'archivist'], district: ['district-office'] },
} as const satisfies Record<string, Permission>

export type Permit = keyof typeof PERMISSIONS

const includes = (roles: readonly Role[], held: readonly Role[]): boolean => held.some((role) => roles.includes(role))

/**
 * 能否做某事。任务与命令（system）由有权登录服务器的人运行，一律可以。
 * @param bodyId 所涉的机构；不写则为自己所在的机构
 */
export function can(actor: Actor | null, permit: Permit, bodyId?: string): boolean {
  if (actor === null) return false
  if (actor.kind === 'system') return true
  if (actor.kind === 'api') return (bodyId === undefined || bodyId === actor.bodyId) && scopesPermit(actor.scopes, permit)
  const { own, district } = PERMISSIONS[permit]
  if (includes(district, actor.roles)) return true
  return (bodyId === undefined || bodyId === actor.bodyId) && includes(own, actor.roles)
}

/** 无权则抛 Forbidden；凭委托才有权的，记下代谁。 */
export function requirePermission(actor: Actor, permit: Permit, bodyId?: string): void {
  if (!can(actor, permit, bodyId)) throw new Forbidden(PERMISSIONS[permit].label)
  noteBehalf(actor, standsInFor(actor, permit))
}

/**
 * 凭谁的岗位才有这项许可：自己的为 null；只凭委托的为委托人，`not` 里的人不算；都没有的为 undefined。
 * 拟定的人不能经受托人批准自己拟定的，故审批之处先以 `not` 问过。
 */
export const standsInFor = (actor: Actor, permit: Permit, not: readonly string[] = []): string | null | undefined =>
  behalfOf(actor, (roles) => includes(PERMISSIONS[permit].own, roles) || includes(PERMISSIONS[permit].district, roles), not)

/** 能看全区的机构，还是只看自己的；列表的查询以此收窄。 */
export const reachOf = (actor: Actor, permit: Permit): 'district' | 'own' | 'none' => {
  if (actor.kind === 'api') return scopesPermit(actor.scopes, permit) ? 'own' : 'none'
  if (actor.kind === 'system' || includes(PERMISSIONS[permit].district, actor.roles)) return 'district'
  return includes(PERMISSIONS[permit].own, actor.roles) ? 'own' : 'none'
}

/** 三种管理员两两不得由一人担任（等级保护：管理权限分离）。 */
const ADMINS = ['system-admin', 'security-admin', 'auditor'] as const satisfies readonly Role[]

/** 所持岗位相冲突的一对；没有则为 null。 */
export function conflictingRoles(roles: Iterable<Role>): readonly [Role, Role] | null {
  const held = new Set(roles)
  const [first, second] = ADMINS.filter((role) => held.has(role))
  return first && second ? [first, second] : null
}

import type { AuditEntry } from '../audit/index.ts'
import { ROLES } from './actor.ts'
import type { Role } from './actor.ts'

/** 动作的中文。一种都不能少，audit-words.test.ts 照源码逐个查。 */
export const ACTIONS: Readonly<Record<string, string>> = {
  'session.opened': '登录',
  'session.refused': '登录未成',
  'session.blocked': '登录被锁定',
  'session.second-factor-passed': '动态口令通过',
  'session.second-factor-refused': '动态口令未过',
  'session.ended': '结束登录',
  'session.switched': '换机关办事',
  'account.created': '新建账号',
  'account.disabled': '停用账号',
  'account.enabled': '启用账号',
  'account.password-changed': '更换口令',
  'account.password-refused': '更换口令未成',
  'account.password-reset': '重置口令',
  'account.second-factor-on': '启用动态口令',
  'account.second-factor-off': '停用动态口令',
  'account.mail-changed': '更改通知邮箱',
  'role.granted': '定岗位',
  'body.created': '新建机构',
  'body.updated': '修改机构资料',
  'body.renamed': '机构更名',
  'body.name-added': '补记名称',
  'body.merged': '机构合并',
  'setting.changed': '修改设置',
  'calendar.loaded': '载入节假日安排',
  'district.changed': '修改本区资料',
  'annual-report.opened': '开始编制年度报告',
  'annual-report.frozen': '冻结台账的数',
  'annual-report.drafted': '保存年度报告正文',
  'annual-report.warning-waived': '说明提醒的理由',
  'annual-report.checked': '提交校核',
  'annual-report.returned': '退回起草',
  'annual-report.secrecy-reviewed': '保密审查',
  'annual-report.signed': '签发年度报告',
  'annual-report.filed': '报送年度报告',
  'annual-report.published': '公布年度报告',
  'annual-report.correction-opened': '更正年度报告',
  'annual-report.previous-imported': '载入上年报告',
  'annual-report.downloaded': '下载年度报告',
  'annual-report.records-exported': '导出所计的记录',
  'ledger.uploaded': '上传台账',
  'ledger.confirmed': '确认导入台账',
  'ledger.imported': '台账导入完成',
  'application.registered': '登记申请',
  'application.paper-read': '下载申请人交来的材料',
  'application.supplement-given': '申请人网上交来补正',
  'application.papers-added': '接口附来申请人的材料',
  'application.exported': '导出申请列表',
  'application.drafted': '起草申请',
  'application.submitted': '提交申请',
  'application.received': '确认收到申请',
  'application.assigned': '分派承办人',
  'application.examined': '开始审查申请',
  'application.supplement-asked': '告知补正',
  'application.supplement-postponed': '延展补正期限',
  'application.supplemented': '收到补正',
  'application.consultation-sent': '征求意见',
  'application.consultation-delivered': '征求意见书送达',
  'application.consultation-returned': '收到意见',
  'application.consultation-expired': '征求意见期满未回',
  'application.reason-asked': '要求说明理由',
  'application.reason-given': '收到理由说明',
  'application.deferred': '确定延迟答复',
  'application.extended': '批准延期',
  'application.fee-noticed': '决定收费',
  'application.fee-paid': '收到信息处理费',
  'application.fee-recorded': '登记信息处理费',
  'application.decision-proposed': '拟定处理决定',
  'application.decision-endorsed': '审核处理决定',
  'application.decision-returned': '退回处理决定',
  'application.decided': '作出处理决定',
  'application.closed': '不再处理申请',
  'application.withdrawn': '申请人撤回',
  'application.dispatched': '发出决定书',
  'application.served': '决定书送达',
  'application.archived': '申请归档',
  'application.split': '拆分申请',
  'application.merged': '并案',
  'application.unmerged': '另行办理，不再并案',
  'application.voided': '作废申请的登记',
  'application.co-handling-asked': '请协办',
  'application.co-handling-returned': '协办有了结果',
  'application.corrected': '更正申请的记录',
  'record-correction.registered': '登记更正申请',
  'record-correction.verified': '核实更正申请，拟定处理',
  'record-correction.returned': '退回更正的处理',
  'record-correction.decided': '作出更正的处理',
  'record-correction.told': '告知更正的处理',
  'record-correction.withdrawn': '撤回更正申请',
  'application.letter-drafted': '起草文书',
  'application.letter-revised': '修改文书',
  'application.letter-discarded': '删去文书草稿',
  'application.letter-signed': '签批文书',
  'application.letter-returned': '退回文书',
  'application.letter-resubmitted': '再送签文书',
  'application.party-saved': '登记征求意见的对方',
  'application.papers-attached': '附上案件的材料',
  'application.letter-issued': '发出文书',
  'application.letter-draft-downloaded': '下载文书草稿',
  'application.letter-opened': '申请人打开文书',
  'application.attachment-opened': '申请人打开答复所附的文件',
  'application.consent-answered': '申请人答是否同意电子送达',
  'application.consent-recorded': '记是否同意电子送达',
  'application.payment-given': '申请人网上交来缴费凭证',
  'application.rated': '申请人评价',
  'application.ratings-exported': '导出评价的件数',
  'application.publication-suggested': '申请人建议主动公开',
  'application.same-information-linked': '认定为同一信息的申请',
  'application.same-information-unlinked': '取消认定为同一信息',
  'application.promotion-declined': '不转为主动公开',
  'application.promoted': '转为主动公开',
  'answered-request.drafted': '起草公布的答复',
  'answered-request.revised': '修改公布的答复',
  'answered-request.discarded': '删去公布的答复的草稿',
  'answered-request.returned': '退回公布的答复',
  'answered-request.published': '公布答复',
  'answered-request.withdrawn': '撤下公布的答复',
  'item.formed': '登记主动公开信息',
  'application.document-added': '添加答复所附的文件',
  'application.document-read': '看答复所附文件的原件',
  'application.document-marked': '标记遮盖之处',
  'application.document-whole': '选定全文提供',
  'application.document-producing': '交办生成遮盖件',
  'application.document-produced': '遮盖件生成并经复核',
  'application.document-confirmed': '核对答复所附的文件',
  'application.document-taken': '下载答复所附的文件',
  'application.document-removed': '删去答复所附的文件',
  'personal-data.read': '查看申请人的个人信息',
  'application.due-moved': '答复期限随日历改动',
  'item.due-moved': '公开期限随日历改动',
  'review.due-moved': '复议答复期限随日历改动',
  'litigation.due-moved': '答辩期限随日历改动',
  'api-system.created': '接入系统',
  'api-system.granted': '定接入系统的权限',
  'api-system.token-issued': '发给接入系统令牌',
  'api-system.token-revoked': '作废接入系统的令牌',
  'api-system.revoked': '停用接入的系统',
  'api.called': '接口调用',
  'api.refused': '接口拒绝（令牌已失效）',
  'webhook.created': '订回调',
  'webhook.paused': '暂停回调',
  'webhook.resumed': '恢复回调',
  'webhook.removed': '撤去回调',
  'webhook.disabled': '回调屡次不通，自动停用',
  'webhook.resent': '重发回调',
  'audit.exported': '导出留痕',
}

/** 类别：动作的前缀。 */
export const AUDIT_KINDS: Readonly<Record<string, string>> = {
  'session.': '登录',
  'account.': '账号',
  'role.': '岗位',
  'body.': '机构',
  'setting.': '设置',
  'calendar.': '日历',
  'district.': '本区资料',
  'application.': '依申请公开',
  'record-correction.': '更正申请',
  'answered-request.': '公布的答复',
  'personal-data.': '个人信息',
  'item.': '主动公开',
  'review.': '行政复议',
  'litigation.': '行政诉讼',
  'annual-report.': '年度报告',
  'ledger.': '台账',
  'api-system.': '接入系统',
  'api.': '接口',
  'webhook.': '回调',
  'audit.': '留痕',
}

export const actionText = (action: string): string => ACTIONS[action] ?? action

const SYSTEMS: Readonly<Record<string, string>> = {
  'system:sign-in': '登录页（还没有认出是谁）',
  'system:seed': '演示数据',
  'system:ledger-import': '系统：导入台账',
  'system:redaction': '系统：生成遮盖件',
  'system:recompute-due': '系统：重算期限',
  'system:import': '命令 import',
  'system:create-admin': '命令 create-admin',
  'system:set-district': '命令 set-district',
  'system:webhooks': '系统：发回调',
}

/** 何人：姓名；系统自己办的写明哪个任务或命令。 */
export const actorText = (actor: string, people: ReadonlyMap<string, string>): string =>
  people.get(actor) ?? SYSTEMS[actor] ?? actor.replace(/^system:/, '系统：').replace(/^import:/, '导入：')

const DETAILS: Readonly<Record<string, string>> = {
  document: '文件',
  part: '第几处',
  marks: '遮盖几处',
  added: '加几处',
  removed: '去几处',
  which: '哪一份',
  hash: '摘要',
  source: '来自',
  waitSeconds: '须等秒数',
  pending: '待动态口令',
  ended: '结束几处',
  own: '本人',
  roles: '岗位',
  value: '改为',
  into: '并入',
  on: '自',
  rows: '行数',
  format: '格式',
  year: '年度',
  kind: '台账',
  faults: '有问题的行',
  created: '新增',
  changed: '更新',
  by: '确认人',
  fields: '改动的项',
  before: '原为',
  after: '改为',
  passed: '可以公开',
  reason: '事由',
  duplicates: '可能重复的件数',
  channel: '渠道',
  scopes: '权限',
  papers: '份数',
  token: '令牌',
  route: '接口',
  method: '方法',
  status: '状态码',
}

/** 说明里的代码怎样称呼。 */
const VALUES: Readonly<Record<string, string>> = {
  items: '主动公开台账',
  applications: '依申请公开台账',
  'normative-documents': '规范性文件清单',
  powers: '行政权力数据',
  reviews: '复议诉讼台账',
}

const valueText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(valueText).join('、') || '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return isRole(text) ? ROLES[text] : (VALUES[text] ?? text)
}

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

/** 说明的中文；其中的账号写姓名，没有列的项目原样显示。 */
export const detailText = (detail: Readonly<Record<string, unknown>>, people: ReadonlyMap<string, string>): string =>
  Object.entries(detail)
    .map(([key, value]) => `${DETAILS[key] ?? key}：${(typeof value === 'string' && people.get(value)) || valueText(value)}`)
    .join('；')

// id 与文件的摘要
const LONG_CODE = /^[0-9a-f-]{20,}$/

/** 所涉之物：账号写姓名，年度报告写年度；其余写代码，无从称呼的 id 只写末八位，全的在导出的表里。 */
export function targetText({ action, target, detail }: AuditEntry, people: ReadonlyMap<string, string>): string {
  const person = people.get(target)
  if (person !== undefined) return person
  if (action.startsWith('annual-report.') && typeof detail['year'] === 'number') return `${detail['year']} 年度报告`
  return !LONG_CODE.test(target) ? target : `编号 …${target.slice(-8)}`
}

import type { AuditEntry } from '../audit/index.ts'
import { ROLES } from './actor.ts'
import type { Role } from './actor.ts'
import { DataTable, DeskPage, Moment, Tag } from '../platform/html/index.ts'
import type { ListQuery } from '../platform/html/index.ts'

/** 动作的中文；没有列的原样显示。 */
const ACTIONS: Readonly<Record<string, string>> = {
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
  'role.granted': '定岗位',
  'body.created': '新建机构',
  'body.updated': '修改机构资料',
  'body.renamed': '机构更名',
  'body.name-added': '补记名称',
  'body.merged': '机构合并',
  'setting.changed': '修改设置',
  'calendar.loaded': '载入节假日安排',
  'district.changed': '修改本区资料',
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
  'application.': '依申请公开',
  'item.': '主动公开',
  'review.': '复议诉讼',
  'report.': '年度报告',
  'ledger.': '台账',
  'audit.': '留痕',
}

export const actionText = (action: string): string => ACTIONS[action] ?? action

const SYSTEMS: Readonly<Record<string, string>> = {
  'system:sign-in': '登录页（还没有认出是谁）',
  'system:seed': '演示数据',
}

/** 何人：姓名；系统自己办的写明哪个任务或命令。 */
export const actorText = (actor: string, people: ReadonlyMap<string, string>): string =>
  people.get(actor) ?? SYSTEMS[actor] ?? actor.replace(/^system:/, '系统：').replace(/^import:/, '导入：')

const DETAILS: Readonly<Record<string, string>> = {
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
}

const valueText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(valueText).join('、') || '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return isRole(text) ? ROLES[text] : text
}

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)

/** 说明的中文；没有列的项目原样显示。 */
export const detailText = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .map(([key, value]) => `${DETAILS[key] ?? key}：${valueText(value)}`)
    .join('；')

export interface AuditPageProps {
  entries: readonly AuditEntry[]
  next: string | null
  query: ListQuery
  bodies: readonly { value: string; label: string }[]
  /** 账号 id → 姓名 */
  people: ReadonlyMap<string, string>
}

export function AuditPage({ entries, next, query, bodies, people }: AuditPageProps) {
  return (
    <DeskPage title="留痕" lead="谁在何时做了什么；每分钟封存一次，封存之后的改动可以查出。保存不少于六个月，建议三年。">
      <DataTable
        caption="留痕"
        columns={[
          { key: 'at', label: '时刻', render: (row) => <Moment at={row.at} /> },
          { key: 'actor', label: '何人', render: (row) => actorText(row.actor, people) },
          { key: 'action', label: '做了什么', render: (row) => actionText(row.action) },
          { key: 'target', label: '所涉', render: (row) => people.get(row.target) ?? row.target },
          { key: 'detail', label: '说明', render: (row) => detailText(row.detail) },
          { key: 'sealed', label: '封存', render: (row) => (row.sealed ? <Tag tone="ok">已封存</Tag> : <Tag>待封存</Tag>) },
        ]}
        rows={entries}
        rowKey={(row) => row.id}
        empty={{ title: '没有留痕' }}
        list={{
          query,
          total: { atLeast: entries.length },
          filters: [
            { kind: 'select', name: 'body', label: '机关', options: bodies },
            {
              kind: 'select',
              name: 'kind',
              label: '类别',
              options: Object.entries(AUDIT_KINDS).map(([value, label]) => ({ value, label })),
            },
            { kind: 'date', name: 'from', label: '自' },
            { kind: 'date', name: 'to', label: '至' },
          ],
          cursors: { next, previous: null },
          exports: [{ label: 'CSV', href: '/desk/admin/audit.csv' }],
        }}
      />
    </DeskPage>
  )
}

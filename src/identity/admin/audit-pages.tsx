import { WHOLE_DISTRICT } from '../../audit/index.ts'
import type { AuditEntry } from '../../audit/index.ts'
import { DataTable, DeskPage, Moment, Tag } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { AUDIT_KINDS, actionText, actorText, detailText, targetText } from './audit-words.ts'

export interface AuditPageProps {
  entries: readonly AuditEntry[]
  next: string | null
  query: ListQuery
  bodies: readonly { value: string; label: string }[]
  /** 账号 id → 姓名 */
  people: ReadonlyMap<string, string>
}

export function AuditPage({ entries, next, query, bodies, people }: AuditPageProps) {
  const nameOf = (bodyId: string): string => bodies.find((body) => body.value === bodyId)?.label ?? bodyId
  return (
    <DeskPage title="留痕" lead="谁在何时做了什么；每分钟封存一次，封存之后的改动可以查出。保存不少于六个月，建议三年。">
      <DataTable
        caption="留痕"
        columns={[
          { key: 'at', label: '时刻', render: (row) => <Moment at={row.at} /> },
          { key: 'actor', label: '何人', render: (row) => actorText(row.actor, people) },
          { key: 'action', label: '做了什么', render: (row) => actionText(row.action) },
          { key: 'body', label: '机关', render: (row) => (row.bodyId === WHOLE_DISTRICT ? '—' : nameOf(row.bodyId)) },
          { key: 'target', label: '所涉', render: (row) => targetText(row, people) },
          { key: 'detail', label: '说明', render: (row) => detailText(row.detail, people) },
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

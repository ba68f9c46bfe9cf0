import { FlashNotice } from '../identity/index.ts'
import type { Flash } from '../identity/index.ts'
import { DataTable, DeskPage, Moment, Notice as Said, PostButton, Tabs, Tag } from '../platform/html/index.ts'
import type { ListQuery, Total } from '../platform/html/index.ts'
import type { Notice } from './queries.ts'

export const VIEWS = {
  unread: { href: '/desk/notices', title: '未读的通知' },
  all: { href: '/desk/notices/all', title: '全部通知' },
} as const

export interface NoticeListModel {
  view: keyof typeof VIEWS
  rows: readonly Notice[]
  query: ListQuery
  total: Total
  next: string | null
  unread: number
  /** 在别的机关还有未读的 */
  elsewhere: readonly { name: string; count: number }[]
  flash: Flash | null
}

export function NoticeListPage({ view, rows, query, total, next, unread, elsewhere, flash }: NoticeListModel) {
  const newest = rows[0]?.noticeId
  return (
    <DeskPage
      title={VIEWS[view].title}
      heading="通知"
      lead={
        <>
          期限将到、已逾期、转给您办、等您审批处理决定的，在这里告诉您；等您签批的文书不另发通知，见<a href="/desk">待办</a>。怎样收邮件，在「我的账号」里定。
        </>
      }
      actions={unread > 0 && query.after === null && query.q === '' && newest !== undefined ? <PostButton action="/desk/notices/read-all" label="全部标为已读" kind="second" fields={{ upTo: newest }} /> : undefined}
    >
      <FlashNotice flash={flash} />
      {elsewhere.length > 0 && (
        <Said tone="info" title="在别的机关还有未读的通知">
          {elsewhere.map(({ name, count }) => `${name} ${count} 条`).join('，')}。<a href="/desk/account">换到那个机关去看</a>
        </Said>
      )}
      <Tabs
        label="通知"
        current={VIEWS[view].href}
        tabs={[
          { label: '未读', href: VIEWS.unread.href, count: unread },
          { label: '全部', href: VIEWS.all.href },
        ]}
      />
      <DataTable
        caption={VIEWS[view].title}
        columns={[
          { key: 'title', label: '通知', render: (row: Notice) => <Title notice={row} /> },
          { key: 'at', label: '时间', nowrap: true, render: (row) => <Moment at={row.at} /> },
          { key: 'read', label: '已读', nowrap: true, render: (row) => <Read notice={row} back={view} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.noticeId}
        list={{ query, total, search: '登记号、事由', cursors: { next, previous: null } }}
        empty={view === 'unread' ? { title: '没有未读的通知', children: <a href="/desk">看今天的待办</a> } : { title: '还没有通知', children: '期限将到、转给您办、等您审批处理决定时，会在这里告诉您。' }}
      />
    </DeskPage>
  )
}

// 打开即已读，要改库，故是按钮而不是链接
const Title = ({ notice }: { notice: Notice }) => (
  <>
    <PostButton action={`/desk/notices/${notice.noticeId}/open`} label={notice.title} kind="link" />
    {notice.note !== '' && <div className="quiet">{notice.note}</div>}
  </>
)

const Read = ({ notice, back }: { notice: Notice; back: keyof typeof VIEWS }) =>
  notice.readAt === null ? (
    <PostButton action={`/desk/notices/${notice.noticeId}/read`} label="标为已读" spoken={`标为已读：${notice.title}`} kind="link" fields={{ back }} />
  ) : (
    <Tag>已读</Tag>
  )

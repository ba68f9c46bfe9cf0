import { DataTable, DeskPage, Tabs, Tag } from '../../platform/html/index.ts'
import { weekdayOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Workload } from './workload.ts'

const TABS = [
  { label: '列表', href: '/desk/applications' },
  { label: '按承办人', href: '/desk/applications/workload' },
  { label: '按到期之日', href: '/desk/applications/calendar' },
]

export const ListTabs = ({ current }: { current: string }) => <Tabs label="在办申请" tabs={TABS} current={current} />

const CRUMBS = [{ label: '在办申请', href: '/desk/applications' }]

/** 各承办人手上多少件。 */
export function WorkloadPage({ rows, names }: { rows: readonly Workload[]; names: ReadonlyMap<string, string> }) {
  return (
    <DeskPage title="按承办人看在办申请" heading="按承办人" crumbs={CRUMBS} lead="点姓名看其手上的各件。">
      <ListTabs current="/desk/applications/workload" />
      <DataTable
        caption="各承办人手上在办的申请"
        columns={[
          { key: 'name', label: '承办人', render: (row: Workload) => (row.handler === null ? '还没有分派' : (names.get(row.handler) ?? '已不在本机关')) },
          { key: 'open', label: '在办', unit: '件', align: 'end', render: (row) => row.open },
          { key: 'soon', label: '五个工作日内到期', unit: '件', align: 'end', render: (row) => row.soon },
          { key: 'overdue', label: '逾期', unit: '件', align: 'end', render: (row) => (row.overdue > 0 ? <a href={`/desk/applications?handler=${row.handler ?? 'none'}&due=overdue`}><Tag tone="late">{row.overdue}</Tag></a> : 0) },
          { key: 'paused', label: '期限暂停、征求意见', unit: '件', align: 'end', render: (row) => row.paused },
        ]}
        rows={rows}
        rowKey={(row) => row.handler ?? ''}
        rowHref={(row) => `/desk/applications?handler=${row.handler ?? 'none'}`}
        empty={{ title: '没有在办的申请' }}
      />
    </DeskPage>
  )
}

export interface DueDay {
  day: PlainDate
  cases: readonly { caseId: string; regNo: string; content: string }[]
}

const MonthLinks = ({ previous, next }: { previous: string; next: string }) => (
  <>
    <a href={`/desk/applications/calendar?month=${previous}`}>上一月</a> · <a href={`/desk/applications/calendar?month=${next}`}>下一月</a>
  </>
)

const WEEKDAYS = '日一二三四五六'

/** 一个月里各日到期的申请；只列有到期的日子。 */
export function DueCalendarPage({ month, days, previous, next, today }: { month: string; days: readonly DueDay[]; previous: string; next: string; today: PlainDate }) {
  const here = '/desk/applications/calendar'
  return (
    <DeskPage title={`${month} 到期的申请`} heading={`${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月到期的`} crumbs={CRUMBS} lead={<MonthLinks previous={previous} next={next} />}>
      <ListTabs current={here} />
      <DataTable
        caption={`${month} 各日到期的申请`}
        columns={[
          {
            key: 'day',
            label: '到期之日',
            nowrap: true,
            render: (row: DueDay) => (
              <>
                <time dateTime={row.day}>{row.day}</time> 星期{WEEKDAYS[weekdayOf(row.day)]} {row.day < today && <Tag tone="late">逾期</Tag>}
                {row.day === today && <Tag tone="wait">今天</Tag>}
              </>
            ),
          },
          { key: 'count', label: '件数', align: 'end', render: (row) => row.cases.length },
          {
            key: 'cases',
            label: '申请',
            render: (row) => (
              <ul className="items">
                {row.cases.map((one) => (
                  <li key={one.caseId}>
                    <span className="items-text">
                      <a href={`/desk/applications/${one.caseId}`}>{one.regNo}</a>
                      <span className="quiet">{one.content.slice(0, 40)}</span>
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        rows={days}
        rowKey={(row) => row.day}
        empty={{ title: '这个月没有到期的申请' }}
      />
    </DeskPage>
  )
}

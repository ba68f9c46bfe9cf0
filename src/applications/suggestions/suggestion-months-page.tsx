import { BarChart, DataTable, DeskPage, Sheet } from '../../platform/html/index.ts'
import type { SuggestionMonth } from './suggestion-count.ts'

/** 几成；没有提示过的不写。 */
export const shareText = (part: number, whole: number): string => (whole === 0 ? '' : `${Math.round((100 * part) / whole)}%`)

const monthText = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** 申请之前提示已经公开的信息，各月帮上了多少。 */
export const SuggestionMonthsPage = ({ months, code }: { months: readonly SuggestionMonth[]; code: string }) => (
  <DeskPage
    title="申请前的提示"
    crumbs={[{ label: '在办申请', href: '/desk/applications' }]}
    lead="公众在网上写所需政府信息时，提示本区已经公开的信息；这里数它帮上了多少。"
  >
    <div className="stack">
      {months.length > 0 && (
        <Sheet>
          <BarChart title="因提示不用申请的" unit="份" bars={months.slice(0, 12).map(({ month, helped }) => ({ label: monthText(month), value: helped }))} />
        </Sheet>
      )}
      <DataTable
        caption="各月的提示，由近及远，至多两年"
        columns={[
          { key: 'month', label: '月份', nowrap: true, render: (row: SuggestionMonth) => monthText(row.month) },
          { key: 'shown', label: '提示过', unit: '份', align: 'end', render: (row) => row.shown },
          { key: 'opened', label: '点开', unit: '次', align: 'end', render: (row) => row.opened },
          { key: 'helped', label: '不用申请', unit: '份', align: 'end', render: (row) => row.helped },
          { key: 'share', label: '不用申请的占提示过的', align: 'end', render: (row) => shareText(row.helped, row.shown) },
        ]}
        rows={months}
        rowKey={(row) => row.month}
        empty={{ title: '还没有提示过', children: '公众在网上填写申请、所写的与已经公开的信息相近时才提示；公开的信息录入得越全，提示越准。', action: { label: '看本机关的申请页', href: `/apply/${code}` } }}
      />
      <Sheet title="怎样数的">
        <ul>
          <li>提示过：一次填写里，头一次出现提示时记一份；换一天接着填、又出现提示的，再记一份。</li>
          <li>点开：从提示里打开一条信息，记一次；同一条打开两次记两次。</li>
          <li>不用申请：申请人选了「找到了，不用申请」，记一份；这份申请没有提交，不是依法收到的申请，不计入年度报告。</li>
          <li>只记每日的数：不记是谁、写了什么、看了哪一条，不留申请人的任何痕迹。</li>
        </ul>
      </Sheet>
    </div>
  </DeskPage>
)

import { DataTable, EmptyState, LinkButton, LinkList, PortalPage, Sheet, Tabs } from '../../../platform/html/index.ts'
import { MATTERS } from '../complaint.ts'
import type { Matter } from '../complaint.ts'
import { sumTallies } from '../statistics.ts'
import type { Tally } from '../statistics.ts'
import { TRACK_PATH } from '../tell-complainant.ts'
import { SMALLEST, maskCells, maskShare } from './mask-cells.ts'

export const SUPERVISION = '/supervision'

export interface SupervisionModel {
  years: readonly number[]
  /** 还没有收到过的为 null */
  year: number | null
  byMatter: readonly (Tally & { matter: Matter })[]
  /** 没有指定年度、看最近一年的 */
  isLatest: boolean
  /** 收到的多的在前 */
  byBody: readonly (Tally & { name: string })[]
}

interface Line extends Tally {
  name: string
  shown: string
}

/** 监督保障的公开统计：只有合计，没有单件。 */
export function SupervisionPage({ years, year, isLatest, byMatter, byBody }: SupervisionModel) {
  const total = sumTallies(byMatter)
  return (
    <PortalPage title={year === null || isLatest ? '投诉与反映的办理' : `${year} 年投诉与反映的办理`} heading="投诉与反映的办理" crumbs={[{ label: '首页', href: '/' }]} lead={year === null ? undefined : `${year} 年收到的，办到哪里算到哪里；不足 ${SMALLEST} 件的只写「少于 ${SMALLEST}」，免得认出是谁。`} description="全区投诉、反映政府信息公开工作的办理统计">
      {year === null ? (
        <EmptyState title="还没有收到投诉、反映" action={{ label: '投诉与反映', href: '/complain' }}>
          认为机关没有依法公开、没有依法答复的，可以提出。
        </EmptyState>
      ) : (
        <div className="stack">
          {years.length > 1 && <Tabs label="年度" current={`${SUPERVISION}/${year}`} tabs={years.map((each) => ({ label: `${each} 年`, href: `${SUPERVISION}/${each}` }))} />}
          <Sheet title="全区">
            <p>
              收到 {maskCells([total.received])[0]} 件
              {total.answered < SMALLEST ? '' : `；已答复的，按期答复 ${maskShare(total.inTime, total.answered)}`}
              {total.decided < SMALLEST ? '' : `；已作结论的，成立与部分成立 ${maskShare(total.founded, total.decided)}`}。
            </p>
          </Sheet>
          <TallyTable caption="按反映的事" head="反映的事" lines={toLines(byMatter.map((row) => ({ ...row, name: MATTERS[row.matter] })))} />
          <TallyTable caption="按所反映的机关" head="机关" lines={toLines(byBody)} />
          <p>
            <LinkButton href="/complain">投诉与反映</LinkButton>
          </p>
        </div>
      )}
      <section className="section">
        <h2>还可以看</h2>
        <LinkList
          items={[
            { label: '责任考核的结果', href: '/supervision/assessments', note: '区政务公开办对各机关的考核，按年度公布' },
            { label: '年度报告的报送登记簿', href: '/annual-reports', note: '选一个年度，看各机关何时报送、谁迟了' },
            { label: '查询我的反映', href: TRACK_PATH, note: '凭登记号与查询码' },
          ]}
        />
      </section>
    </PortalPage>
  )
}

const toLines = (rows: readonly (Tally & { name: string })[]): Line[] => {
  const sorted = rows.toSorted((a, b) => b.received - a.received || a.name.localeCompare(b.name, 'zh'))
  const shown = maskCells(sorted.map(({ received }) => received))
  return sorted.map((row, index) => ({ ...row, shown: shown[index] ?? '' }))
}

const TallyTable = ({ caption, head, lines }: { caption: string; head: string; lines: readonly Line[] }) => (
  <section className="tally">
    <h2>{caption}</h2>
    <DataTable
      caption={caption}
      columns={[
        { key: 'name', label: head, render: (line: Line) => line.name },
        { key: 'received', label: '收到', unit: '件', align: 'end', render: (line) => line.shown },
        { key: 'inTime', label: '按期答复', align: 'end', render: (line) => (line.shown === '不单列' ? '—' : maskShare(line.inTime, line.answered)) },
        { key: 'founded', label: '成立、部分成立', align: 'end', render: (line) => (line.shown === '不单列' ? '—' : maskShare(line.founded, line.decided)) },
      ]}
      rows={lines}
      rowKey={(line) => line.name}
      empty={{ title: '这一年没有收到', children: '看别的年度。' }}
    />
  </section>
)

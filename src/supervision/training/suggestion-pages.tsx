import type { Body } from '../../bodies/index.ts'
import { DataTable, DeskPage, LinkButton, Sheet } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { TOPICS } from './question.ts'
import { TROUBLES } from './suggestions.ts'
import type { Period, Suggestion, Trouble } from './suggestions.ts'
import { HOME, QUESTIONS, SUGGESTED, TRAINING, TrainingTabs } from './training-frame.tsx'

export interface SuggestionsModel {
  period: Period
  own: readonly Suggestion[]
  /** 区政务公开办看各机关 */
  district: { rows: readonly { body: Body; suggestions: readonly Suggestion[] }[]; query: ListQuery; total: number } | null
  canHandle: boolean
}

/** 该讲什么：照近一年实际办错的事。 */
export function SuggestionsPage({ period, own, district, canHandle }: SuggestionsModel) {
  return (
    <DeskPage title="该讲什么" crumbs={HOME} lead={`照 ${period.from} 至 ${period.to} 实际办错的事，从多到少。`}>
      <TrainingTabs current={SUGGESTED} />
      <div className="stack">
        <DataTable
          caption="本机关该讲的课题"
          columns={[
            { key: 'course', label: '讲什么', render: (row: Suggestion) => TROUBLES[row.trouble].course },
            { key: 'trouble', label: '因为', render: (row) => <a href={TROUBLES[row.trouble].href}>{TROUBLES[row.trouble].label}</a> },
            { key: 'count', label: '有', align: 'end', render: (row) => `${row.count} ${TROUBLES[row.trouble].unit}` },
            { key: 'topic', label: '题库', render: (row) => <a href={`${QUESTIONS}?topic=${TROUBLES[row.trouble].topic}`}>{TOPICS[TROUBLES[row.trouble].topic]}</a> },
            ...(canHandle ? [{ key: 'act', label: '办理', render: (row: Suggestion) => <LinkButton second href={`${TRAINING}/sessions/new?topic=${encodeURIComponent(TROUBLES[row.trouble].course)}`}>安排一场</LinkButton> }] : []),
          ]}
          rows={own}
          rowKey={(row) => row.trouble}
          empty={{ title: '近一年没有办错的记录', children: '没有逾期答复、退回的文书、预检命中、报告退回与被纠正的决定；可以照年度计划讲新的要求。' }}
        />
        {district !== null && (
          <Sheet title="各机关">
            <DataTable
              caption="各机关办错的事"
              columns={[
                { key: 'name', label: '机关', render: (row: { body: Body; suggestions: readonly Suggestion[] }) => row.body.name },
                { key: 'first', label: '最该讲', render: (row) => (row.suggestions[0] === undefined ? '—' : TROUBLES[row.suggestions[0].trouble].course) },
                ...(Object.keys(TROUBLES) as Trouble[]).map((trouble) => ({
                  key: trouble,
                  label: TROUBLES[trouble].short,
                  align: 'end' as const,
                  render: (row: { body: Body; suggestions: readonly Suggestion[] }) => row.suggestions.find((one) => one.trouble === trouble)?.count ?? 0,
                })),
              ]}
              rows={district.rows}
              rowKey={(row) => row.body.bodyId}
              list={{ query: district.query, total: district.total }}
              empty={{ title: '没有机关' }}
            />
          </Sheet>
        )}
      </div>
    </DeskPage>
  )
}

import { BarChart, DataTable, DeskPage, Sheet } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { OUTCOME_NAMES, outcomeRule } from '../../statute/outcomes.ts'
import { HOME, hrefOf } from '../desk/hrefs.ts'
import { CAUSES } from './lesson.ts'
import { whyOf } from './lessons-for.ts'
import type { GroundRow } from './lessons-view.ts'
import type { Attacked } from './list-attacked.ts'

export const LESSONS = `${HOME}/lessons`

export interface LessonsModel {
  /** 看全区的，各机关的名称；只看本机关的为 null */
  bodies: ReadonlyMap<string, string> | null
  ownBodyId: string
  grounds: readonly GroundRow[]
  years: readonly { year: number; corrected: number }[]
  units: readonly string[]
  /** 有审结的各年，新的在前 */
  endedYears: readonly number[]
  rows: readonly Attacked[]
  total: number
  query: ListQuery
  canExport: boolean
}

export const articleOf = ({ outcome }: Attacked): string => {
  const { label, article } = outcomeRule(outcome)
  return article === null ? label : `${label}（${article}）`
}

/** 败诉与纠错：哪些依据站不住，错在何处。没有申请人、原告。 */
export function LessonsPage(props: LessonsModel) {
  const { bodies, grounds, years } = props
  return (
    <DeskPage title="败诉与纠错" crumbs={[{ label: '复议诉讼', href: HOME }]} lead={`${bodies === null ? '本机关' : '全区'}的答复被复议、起诉之后被纠正的：哪些依据站不住，错在何处。调解的不算；复议机关作共同被告的不在其中。`}>
      <div className="stack">
        {grounds.length > 0 && (
          <div className="two">
            <Sheet title="按依据">
              <BarChart title="被纠正的" unit="件" bars={grounds.map(({ label, corrected, outcome }) => ({ label, value: corrected, href: `${LESSONS}?outcome=${outcome}&state=corrected` }))} />
              <GroundTable grounds={grounds} />
            </Sheet>
            {years.length > 0 && (
              <Sheet title="逐年">
                <BarChart title="被纠正的，按审结之年" unit="件" bars={years.map(({ year, corrected }) => ({ label: `${year} 年`, value: corrected, href: `${LESSONS}?year=${year}&state=corrected` }))} />
              </Sheet>
            )}
          </div>
        )}
        <div>
          <CaseTable {...props} />
        </div>
      </div>
    </DeskPage>
  )
}

const GroundTable = ({ grounds }: { grounds: readonly GroundRow[] }) => (
  <div className="datatable">
    <table className="list">
      <caption className="vh">各种依据被争、被纠正的件数</caption>
      <thead>
        <tr>
          <th scope="col">处理结果</th>
          <th scope="col">依据</th>
          <th scope="col" className="num">被争（件）</th>
          <th scope="col" className="num">审结（件）</th>
          <th scope="col" className="num">被纠正（件）</th>
        </tr>
      </thead>
      <tbody>
        {grounds.map(({ outcome, label, article, attacked, ended, corrected }) => (
          <tr key={outcome}>
            <th scope="row">{label}</th>
            <td data-label="依据">{article}</td>
            <td className="num" data-label="被争（件）">{attacked}</td>
            <td className="num" data-label="审结（件）">{ended}</td>
            <td className="num" data-label="被纠正（件）">{corrected}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

function CaseTable({ bodies, ownBodyId, units, endedYears, rows, total, query, canExport }: LessonsModel) {
  const yearOptions = endedYears.map((year) => ({ value: String(year), label: `${year} 年` }))
  return (
    <DataTable
      caption="被复议、起诉的答复"
      columns={[
        { key: 'caseNo', label: '案号', nowrap: true, render: (row: Attacked) => row.caseNo },
        ...(bodies === null ? [] : [{ key: 'body', label: '机关', render: (row: Attacked) => bodies.get(row.bodyId) ?? '' }]),
        { key: 'outcome', label: '答复与依据', render: articleOf },
        { key: 'result', label: '结果', render: (row) => row.label ?? '尚未审结' },
        { key: 'endedOn', label: '审结', nowrap: true, sort: true, render: (row) => row.endedOn ?? '—' },
        { key: 'unit', label: '科室', render: (row) => row.unit ?? '—' },
        { key: 'why', label: '错在何处', render: (row) => whyOf(row) || (row.corrected ? '还没有记' : '—') },
      ]}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => (row.bodyId === ownBodyId ? hrefOf(row.id) : `/desk/records/${row.kind}/${row.bodyId}/${row.id}`)}
      list={{
        query,
        total,
        search: '案号、科室、错在何处',
        filters: [
          { kind: 'select', name: 'state', label: '结果', options: [{ value: 'corrected', label: '被纠正的' }] },
          { kind: 'select', name: 'outcome', label: '答复', options: OUTCOME_NAMES.map((name) => ({ value: name, label: outcomeRule(name).label })) },
          { kind: 'select', name: 'cause', label: '缘由', options: [...Object.entries(CAUSES).map(([value, label]) => ({ value, label })), { value: 'unset', label: '没有记' }] },
          ...(units.length === 0 ? [] : [{ kind: 'select' as const, name: 'unit', label: '科室', options: units.map((unit) => ({ value: unit, label: unit })) }]),
          ...(bodies === null ? [] : [{ kind: 'select' as const, name: 'body', label: '机关', options: [...bodies].map(([value, label]) => ({ value, label })) }]),
          { kind: 'select' as const, name: 'year', label: '审结之年', options: yearOptions },
        ],
        ...(canExport ? { exports: [{ label: 'XLSX' as const, href: `${LESSONS}.xlsx` }] } : {}),
      }}
      empty={{ title: '没有被复议、起诉的答复', children: '登记了复议、诉讼并连上所争的申请之后，在这里看哪些依据被纠正；被纠正的，到那一件记「纠正的缘由」。' }}
    />
  )
}

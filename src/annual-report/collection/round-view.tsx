import { FormTable } from '../../platform/html/index.ts'
import type { CellCode, TableName } from '../../statute/report-form.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import type { ReadLine } from '../reading/read-report.ts'
import type { FiledRoundRow } from './filing-store.ts'

export interface RoundViewProps {
  round: Pick<FiledRoundRow, 'form' | 'cells' | 'lines' | 'typed'>
  /** 标出的格：有意见的、有错误的 */
  bad?: ReadonlySet<CellCode>
  /** 一格点开去哪里；没有的为 null */
  href?: (code: CellCode) => string | null
}

/** 报来的一份，照原文的次序：正文逐段，表格照国家格式；星号的是报送人照原件填写的。 */
export function RoundView({ round, bad = new Set(), href = () => null }: RoundViewProps) {
  const shown = new Set<TableName>()
  const typed = new Set(round.typed)
  const tableOf = (table: TableName) => (
    <FormTable
      key={table}
      {...formFrame(round.form, table)}
      rows={formTable(round.form, table, (code) => {
        const link = href(code)
        return { text: `${round.cells[code] ?? '　'}${typed.has(code) ? '*' : ''}`, ...(link !== null && { href: link }), ...(bad.has(code) && { mark: 'bad' as const }) }
      })}
    />
  )
  const blocks = round.lines.flatMap((line) => {
    if (line.kind !== 'table') return [lineView(line)]
    if (line.table === undefined || shown.has(line.table)) return []
    shown.add(line.table)
    return [tableOf(line.table)]
  })
  const rest = (['T2', 'T3', 'T4'] as const).filter((table) => !shown.has(table))
  return (
    <article className="document" lang="zh-CN">
      {blocks}
      {rest.map(tableOf)}
      {typed.size > 0 && <p className="note">（带 * 的 {typed.size} 格，文件里空着、认不出或读错，由报送人照原件填写。）</p>}
    </article>
  )
}

function lineView({ number, kind, text }: ReadLine) {
  if (kind === 'heading') return <h3 key={number}>{text}</h3>
  return kind === 'prose' ? <p key={number}>{text}</p> : null
}

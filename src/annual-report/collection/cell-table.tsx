import type { ReactNode } from 'react'
import type { CellCode, Edition, TableName } from '../../statute/report-form.ts'
import { formFrame, formTable, type FormTableCell } from '../../statute/report-table.ts'

export const TABLES: readonly TableName[] = ['T2', 'T3', 'T4']

/** 与国家格式相同的表，每格由 `renderCell` 画：勾选、填写。至多一页三张。 */
export function CellTable({ form, table, renderCell }: { form: Edition; table: TableName; renderCell: (code: CellCode) => ReactNode }) {
  const { caption, headRows, widths } = formFrame(form, table)
  const rows = formTable(form, table, () => ({ text: '' }))
  const sum = widths.reduce((total, width) => total + width, 0)
  const toRow = (row: readonly FormTableCell[], index: number, scope: 'col' | 'row') => (
    <tr key={index}>
      {row.map((one, at) => {
        const span = { colSpan: one.colspan, rowSpan: one.rowspan }
        if (one.code !== undefined) return <td key={one.code} {...span}>{renderCell(one.code)}</td>
        return one.head === true ? <th key={at} scope={row.every((each) => each.head) ? 'col' : scope} className={one.align} {...span}>{one.text}</th> : <td key={at} className={one.align} {...span}>{one.text}</td>
      })}
    </tr>
  )
  return (
    // 能滚动的一块须能用键盘进入（WCAG 2.1.1）
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={widths.length > 5 ? 'scroll wide' : 'scroll'} aria-label={`${caption}（可左右滑动）`} tabIndex={0}>
      <table className="statutory cells">
        <caption className="vh">{caption}</caption>
        <colgroup>
          {widths.map((width, index) => (
            <col key={index} className={`w${Math.max(1, Math.round((100 * width) / sum))}`} />
          ))}
        </colgroup>
        {headRows > 0 && <thead>{rows.slice(0, headRows).map((row, index) => toRow(row, index, 'col'))}</thead>}
        <tbody>{rows.slice(headRows).map((row, index) => toRow(row, index, 'row'))}</tbody>
      </table>
    </section>
  )
}

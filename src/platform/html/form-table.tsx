/** 法定表格的一格，与文书模型的 TableCell 同形；被跨行跨列盖住的格不写。 */
export interface FormCell {
  text: string
  colspan?: number
  rowspan?: number
  head?: boolean
  align?: 'left' | 'center' | 'right'
  href?: string
  mark?: 'bad' | 'warn'
  id?: string
}

export interface FormTableProps {
  /** 读屏的表名，如「收到和处理政府信息公开申请情况」 */
  caption: string
  rows: readonly (readonly FormCell[])[]
  /** 前几行为表头，长表跨页打印时重复 */
  headRows: number
  /** 各列宽度的比例 */
  widths?: readonly number[]
}

/** 法定表格，与格式一模一样；窄屏可左右滑动，并写明。 */
export function FormTable({ caption, rows, headRows, widths = [] }: FormTableProps) {
  const sum = widths.reduce((total, width) => total + width, 0)
  const columns = Math.max(widths.length, rows[0]?.reduce((total, cell) => total + (cell.colspan ?? 1), 0) ?? 0)
  return (
    // 能滚动的一块须能用键盘进入（WCAG 2.1.1）
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={columns > 5 ? 'scroll wide' : 'scroll'} aria-label={`${caption}（可左右滑动）`} tabIndex={0}>
      <table className="statutory">
        <caption className="vh">{caption}</caption>
        {sum > 0 && (
          <colgroup>
            {widths.map((width, index) => (
              <col key={index} width={`${((100 * width) / sum).toFixed(2)}%`} />
            ))}
          </colgroup>
        )}
        {headRows > 0 && <thead>{rows.slice(0, headRows).map((row, index) => toRow(row, index, 'col'))}</thead>}
        <tbody>{rows.slice(headRows).map((row, index) => toRow(row, index, 'row'))}</tbody>
      </table>
    </section>
  )
}

// 表体里整行都是标题的（如表 2 的「信息内容 / 本年制发件数」），是其下各列的标题。
// 不用 colgroup、rowgroup：它们管到整个列组、行组，不止跨到的几列几行
const toRow = (row: readonly FormCell[], index: number, scope: 'col' | 'row') => (
  <tr key={index}>{row.map((cell, at) => toCell(cell, at, row.every((each) => each.head) ? 'col' : scope))}</tr>
)

const MARK_WORD = { bad: '有误', warn: '请核' } as const

function toCell(cell: FormCell, at: number, scope: 'col' | 'row') {
  const wide = cell.colspan !== undefined && cell.colspan > 1
  const tall = cell.rowspan !== undefined && cell.rowspan > 1
  const spans = { colSpan: wide ? cell.colspan : undefined, rowSpan: tall ? cell.rowspan : undefined, id: cell.id }
  const className = [cell.align, cell.mark].filter(Boolean).join(' ') || undefined
  const body = (
    <>
      {cell.href === undefined ? cell.text : <a href={cell.href}>{cell.text}</a>}
      {cell.mark !== undefined && <span className="vh">（{MARK_WORD[cell.mark]}）</span>}
    </>
  )
  if (cell.head !== true) {
    return (
      <td key={at} className={className} {...spans}>
        {body}
      </td>
    )
  }
  return (
    <th key={at} className={className} scope={scope} {...spans}>
      {body}
    </th>
  )
}

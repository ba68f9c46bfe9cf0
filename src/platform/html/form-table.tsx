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
export function FormTable(props: FormTableProps) {
  const { caption, rows, widths = [] } = props
  const columns = Math.max(widths.length, rows[0]?.reduce((total, cell) => total + (cell.colspan ?? 1), 0) ?? 0)
  return (
    // 能滚动的一块须能用键盘进入（WCAG 2.1.1）
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={columns > 5 ? 'scroll wide' : 'scroll'} aria-label={`${caption}（可左右滑动）`} tabIndex={0}>
      <table className="statutory" dangerouslySetInnerHTML={{ __html: tableHtml(props) }} />
    </section>
  )
}

// 列宽用类：width 属性已废弃，行内样式又为内容安全策略所不许
/** 列宽的样式：`w1` 至 `w100`，各为百分之几；样式表与独立的网页文件都要有。 */
export const COLUMN_STYLE = Array.from({ length: 100 }, (_, i) => `.w${i + 1}{width:${i + 1}%}`).join('')

// 一份报告有三百多格，逐格造 React 元素占去排一页的大半，故在此直接写成文本；一切文字都经 escapeHtml
function tableHtml({ caption, rows, headRows, widths = [] }: FormTableProps): string {
  const sum = widths.reduce((total, width) => total + width, 0)
  const cols = sum > 0 ? widths.map((width) => `<col class="w${Math.max(1, Math.round((100 * width) / sum))}"/>`).join('') : ''
  const head = rows.slice(0, headRows).map((row) => rowHtml(row, 'col'))
  const body = rows.slice(headRows).map((row) => rowHtml(row, 'row'))
  return [
    `<caption class="vh">${escapeHtml(caption)}</caption>`,
    cols === '' ? '' : `<colgroup>${cols}</colgroup>`,
    head.length === 0 ? '' : `<thead>${head.join('')}</thead>`,
    `<tbody>${body.join('')}</tbody>`,
  ].join('')
}

// 表体里整行都是标题的（如表 2 的「信息内容 / 本年制发件数」），是其下各列的标题。
// 不用 colgroup、rowgroup：它们管到整个列组、行组，不止跨到的几列几行
function rowHtml(row: readonly FormCell[], scope: 'col' | 'row'): string {
  const own = row.every((each) => each.head) ? 'col' : scope
  return `<tr>${row.map((cell) => cellHtml(cell, own)).join('')}</tr>`
}

const MARK_WORD = { bad: '有误', warn: '请核' } as const

function cellHtml(cell: FormCell, scope: 'col' | 'row'): string {
  const text = escapeHtml(cell.text)
  const link = cell.href !== undefined && IN_SITE.test(cell.href) ? `<a href="${escapeHtml(cell.href)}">${text}</a>` : text
  const mark = cell.mark === undefined ? '' : `<span class="vh">（${MARK_WORD[cell.mark]}）</span>`
  const tag = cell.head === true ? 'th' : 'td'
  return `<${tag}${attributesOf(cell, scope)}>${link}${mark}</${tag}>`
}

function attributesOf({ align, mark, head, colspan = 1, rowspan = 1, id }: FormCell, scope: 'col' | 'row'): string {
  const name = [align, mark].filter(Boolean).join(' ')
  return (
    (name === '' ? '' : ` class="${name}"`) +
    (head === true ? ` scope="${scope}"` : '') +
    (colspan > 1 ? ` colspan="${colspan}"` : '') +
    (rowspan > 1 ? ` rowspan="${rowspan}"` : '') +
    (id === undefined ? '' : ` id="${escapeHtml(id)}"`)
  )
}

// 格里的链接只通往站内
const IN_SITE = /^(?:\/(?!\/)|#)/
const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
const escapeHtml = (text: string): string => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (char) => ESCAPED[char] ?? char) : text)

/** 正文的一段文字：连同其上的标记与所指的链接。 */
export type Run =
  | { kind: 'text'; text: string; marks: readonly Mark[]; href: string | null }
  | { kind: 'break' }
  | { kind: 'picture'; key: string; alt: string }

/** 文字上的标记，按写出的次序。 */
export const MARKS = ['strong', 'em', 'u', 's', 'sub', 'sup'] as const
export type Mark = (typeof MARKS)[number]

export type Align = 'left' | 'center' | 'right'

export interface Cell {
  header: boolean
  colspan: number
  rowspan: number
  align: Align
  content: readonly Run[]
}

export interface ListItem {
  content: readonly Run[]
  lists: readonly List[]
}

export interface List {
  kind: 'list'
  ordered: boolean
  /** 第一项的号，有序的才用 */
  start: number
  items: readonly ListItem[]
}

export interface Table {
  kind: 'table'
  caption: readonly Run[]
  /** 表头的行数 */
  headRows: number
  rows: readonly (readonly Cell[])[]
}

/** 正文的一块；存下的正文只由这些组成。 */
export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; align: Align; content: readonly Run[] }
  | { kind: 'paragraph'; align: Align; content: readonly Run[] }
  | List
  | Table
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'rule' }
  | { kind: 'figure'; key: string; alt: string; caption: readonly Run[] }

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => ESCAPED[found] ?? found)

/** 写成 HTML：一块一行，标签与属性只有这里写得出的几种，图片以 `file:<键>` 为址。 */
export const writeBody = (blocks: readonly Block[]): string => blocks.map(blockHtml).join('\n')

// 本站的内容安全策略不许行内样式，故对齐写成 data-align，由样式表去排
const aligned = (align: Align): string => (align === 'left' ? '' : ` data-align="${align}"`)

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}${aligned(block.align)}>${runsHtml(block.content)}</h${block.level}>`
    case 'paragraph':
      return `<p${aligned(block.align)}>${runsHtml(block.content)}</p>`
    case 'list':
      return listHtml(block)
    case 'table':
      return tableHtml(block)
    case 'quote':
      return `<blockquote>${writeBody(block.blocks)}</blockquote>`
    case 'rule':
      return '<hr>'
    case 'figure':
      return `<figure>${pictureHtml(block)}${block.caption.length === 0 ? '' : `<figcaption>${runsHtml(block.caption)}</figcaption>`}</figure>`
  }
}

function listHtml({ ordered, start, items }: List): string {
  const inside = items.map(({ content, lists }) => `<li>${runsHtml(content)}${lists.map(listHtml).join('')}</li>`).join('')
  return ordered ? `<ol${start === 1 ? '' : ` start="${start}"`}>${inside}</ol>` : `<ul>${inside}</ul>`
}

function tableHtml({ caption, headRows, rows }: Table): string {
  const head = rows.slice(0, headRows).map((row) => `<tr>${row.map((cell) => cellHtml(cell, 'col')).join('')}</tr>`).join('')
  const body = rows.slice(headRows).map((row) => `<tr>${row.map((cell) => cellHtml(cell, 'row')).join('')}</tr>`).join('')
  return `<table>${caption.length === 0 ? '' : `<caption>${runsHtml(caption)}</caption>`}${head === '' ? '' : `<thead>${head}</thead>`}<tbody>${body}</tbody></table>`
}

function cellHtml({ header, colspan, rowspan, align, content }: Cell, scope: 'col' | 'row'): string {
  const spans = `${colspan > 1 ? ` colspan="${colspan}"` : ''}${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}${aligned(align)}`
  return header ? `<th scope="${scope}"${spans}>${runsHtml(content)}</th>` : `<td${spans}>${runsHtml(content)}</td>`
}

const pictureHtml = ({ key, alt }: { key: string; alt: string }): string => `<img src="file:${key}" alt="${escape(alt)}">`

function runsHtml(runs: readonly Run[]): string {
  let html = ''
  let open: string | null = null
  for (const run of runs) {
    const href = run.kind === 'text' ? run.href : null
    // 相邻而指向同一处的合为一个链接
    if (open !== href) {
      if (open !== null) html += '</a>'
      if (href !== null) html += `<a href="${escape(href)}">`
      open = href
    }
    html += runHtml(run)
  }
  return open === null ? html : `${html}</a>`
}

function runHtml(run: Run): string {
  if (run.kind === 'break') return '<br>'
  if (run.kind === 'picture') return pictureHtml(run)
  const marks = MARKS.filter((mark) => run.marks.includes(mark))
  return marks.reduceRight((inside, mark) => `<${mark}>${inside}</${mark}>`, escape(run.text))
}

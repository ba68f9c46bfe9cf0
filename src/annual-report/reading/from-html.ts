import { load } from 'cheerio'
import { expandGrid, type GridCell } from './expand-grid.ts'
import { toSourceLine } from './from-text.ts'
import { LIMITS } from './limits.ts'
import { UnreadableReport } from './unreadable.ts'
import type { SourceLine } from './source-line.ts'

/** 解析器给出的节点中我们所用的部分；深层嵌套的文件不能递归，一律以栈遍历。 */
interface Node {
  type: string
  data?: string
  name?: string
  attribs?: Record<string, string>
  children?: Node[]
}

const SKIPPED = new Set(['script', 'style', 'noscript', 'template', 'head', 'select', 'button', 'svg', 'iframe', 'object', 'textarea', 'nav'])
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr ul'.split(' '),
)
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i

/** 网页（及 mammoth 由 DOCX 转成的网页）→ 行：一段一行，表格一行一行。 */
export function fromHtml(html: string): { lines: SourceLine[]; title?: string } {
  refuseDeep(html)
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } })
  const root = $.root()[0] as unknown as Node
  const title = $('title').first().text().trim()
  const lines = toLines(root, findLayoutTables(root))
  return { lines, ...(title !== '' && { title }) }
}

const DEEPEST = 2000
const UNCLOSED = new Set('area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option colgroup'.split(' '))

// 解析器遇到极深的嵌套会慢下来：先数一遍未关闭的标签
function refuseDeep(html: string): void {
  let depth = 0
  for (const [tag, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})[^<>]{0,2000}>/gi)) {
    if (UNCLOSED.has(name!.toLowerCase()) || tag.endsWith('/>')) continue
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEEPEST) throw new UnreadableReport('bomb', `网页嵌套超过 ${DEEPEST} 层，疑为恶意文件，不予读取`)
  }
}

type Step = { node: Node; leaving: boolean }

function* walk(root: Node, enter: (node: Node) => boolean): Generator<Step> {
  const stack: Step[] = [{ node: root, leaving: false }]
  while (stack.length > 0) {
    const step = stack.pop()!
    yield step
    if (step.leaving) continue
    stack.push({ node: step.node, leaving: true })
    if (!enter(step.node)) continue
    const children = step.node.children ?? []
    for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i]!, leaving: false })
  }
}

const isShown = (node: Node): boolean =>
  !SKIPPED.has(node.name ?? '') && node.type !== 'comment' && !HIDDEN.test(node.attribs?.['style'] ?? '') && node.attribs?.['hidden'] === undefined

// 里面还有表的表、只有一格的表，是排版用的
function findLayoutTables(root: Node): Set<Node> {
  const layout = new Set<Node>()
  const open: { table: Node; cells: number }[] = []
  for (const { node, leaving } of walk(root, () => true)) {
    if (node.name === 'table') {
      if (leaving) {
        const closed = open.pop()!
        if (closed.cells <= 1) layout.add(closed.table)
      } else {
        const outer = open.at(-1)
        if (outer) layout.add(outer.table)
        open.push({ table: node, cells: 0 })
      }
    } else if (!leaving && (node.name === 'td' || node.name === 'th') && open.length > 0) open.at(-1)!.cells++
  }
  return layout
}

function toLines(root: Node, layout: ReadonlySet<Node>): SourceLine[] {
  const lines: SourceLine[] = []
  let text = ''
  let pre = 0
  const add = (line: SourceLine) => {
    if (lines.length >= LIMITS.lines) throw new UnreadableReport('too-large', `文件超过 ${LIMITS.lines} 行，不像一份年度报告`)
    lines.push(line)
  }
  const flush = () => {
    const plain = text.trim()
    text = ''
    if (plain !== '') add(toSourceLine(plain, lines.length + 1))
  }
  const isGrid = (node: Node) => node.name === 'table' && !layout.has(node)
  for (const { node, leaving } of walk(root, (each) => isShown(each) && !isGrid(each))) {
    if (node.type === 'text') {
      if (leaving) continue
      if (pre === 0) text += collapse(node.data ?? '')
      else for (const [index, part] of (node.data ?? '').split('\n').entries()) {
        if (index > 0) flush()
        text += part
      }
      continue
    }
    if (node.name === 'pre') pre += leaving ? -1 : 1
    if (node.name === 'br' || BLOCKS.has(node.name ?? '')) flush()
    if (!leaving && isGrid(node) && isShown(node)) for (const line of expandGrid(toGrid(node), lines.length + 1)) add(line)
  }
  flush()
  return lines
}

function toGrid(table: Node): GridCell[][] {
  const rows: GridCell[][] = []
  for (const { node, leaving } of walk(table, (each) => isShown(each) && each.name !== 'td' && each.name !== 'th')) {
    if (leaving) continue
    if (node.name === 'tr') rows.push([])
    if ((node.name === 'td' || node.name === 'th') && isShown(node)) {
      if (rows.length === 0) rows.push([])
      rows.at(-1)!.push({ text: cellText(node), colspan: Number(node.attribs?.['colspan'] ?? 1), rowspan: Number(node.attribs?.['rowspan'] ?? 1) })
    }
  }
  return rows.filter((row) => row.length > 0)
}

// 格内断开的标签接成一行；两边都是数字的，断处留一空格
function cellText(cell: Node): string {
  const parts: string[] = ['']
  for (const { node, leaving } of walk(cell, isShown)) {
    if (node.type === 'text' && !leaving) parts[parts.length - 1] += collapse(node.data ?? '')
    else if (node.name === 'br' || BLOCKS.has(node.name ?? '')) parts.push('')
  }
  return joinParts(parts)
}

const DIGIT = /[\w.]/

export function joinParts(parts: readonly string[]): string {
  const joined: string[] = []
  for (const part of parts.map((each) => each.trim()).filter((each) => each !== '')) {
    const before = joined.at(-1)?.at(-1) ?? ''
    joined.push(DIGIT.test(before) && DIGIT.test(part[0]!) ? ` ${part}` : part)
  }
  return joined.join('')
}

const collapse = (text: string): string => text.replace(/[ \t\r\n\f]+/g, ' ')

import type { Cell, List, ListItem, Table } from './body-blocks.ts'
import { alignOf, attr, isHidden, tagOf } from './body-nodes.ts'
import type { Node } from './body-nodes.ts'
import { inline } from './inline-runs.ts'
import type { Place } from './inline-runs.ts'
import type { PictureBasket } from './pictures-in-body.ts'
import { tidyRuns } from './tidy-runs.ts'

const isList = (node: Node): boolean => tagOf(node) === 'ul' || tagOf(node) === 'ol'
const MOST_START = 9999

/** 列表；没有一项有内容的为 null。直接写在列表里的列表归入前一项。 */
export function toList(node: Node, place: Place, basket: PictureBasket): List | null {
  const items: ListItem[] = []
  for (const child of node.children ?? []) {
    if (isHidden(child)) {
      basket.hidden += 1
      continue
    }
    if (isList(child)) {
      const list = toList(child, place, basket)
      const last = items.pop()
      if (list !== null) items.push(last === undefined ? { content: [], lists: [list] } : { ...last, lists: [...last.lists, list] })
      else if (last !== undefined) items.push(last)
      continue
    }
    const parts = tagOf(child) === 'li' ? (child.children ?? []) : [child]
    const lists = parts.filter(isList).map((each) => toList(each, place, basket)).filter((each) => each !== null)
    const content = tidyRuns(inline(parts.filter((each) => !isList(each)), place, basket))
    if (content.length > 0 || lists.length > 0) items.push({ content, lists })
  }
  const ordered = tagOf(node) === 'ol'
  const start = Number(attr(node, 'start') || '1')
  return items.length === 0 ? null : { kind: 'list', ordered, start: ordered && Number.isInteger(start) && start > 0 && start <= MOST_START ? start : 1, items: items.map(lift) }
}

// 只有下一层、自己没有字的一项，没有说什么：下一层提上来
const lift = (item: ListItem): ListItem => {
  const [only] = item.lists
  const [inner] = only?.items ?? []
  return item.content.length === 0 && item.lists.length === 1 && only?.items.length === 1 && inner !== undefined ? inner : item
}

interface Row {
  cells: Cell[]
  head: boolean
}

const MOST_SPAN = 100

/** 表；没有格的为 null，只有一格的是排版用的，给出那一格。 */
export function toTable(node: Node, place: Place, basket: PictureBasket): Table | { only: Node } | null {
  const found = rowsOf(node)
  const cells = found.flatMap(({ tr }) => cellsIn(tr))
  if (cells.length === 0) return null
  const caption = tidyRuns(inline(captionOf(node), { ...place, align: 'left' }, basket).filter((run) => run.kind !== 'picture'))
  if (cells.length === 1 && cells[0] !== undefined && caption.length === 0) return { only: cells[0] }
  const rows = withoutEmptyRows(found.map(({ tr, head }) => ({ head, cells: cellsIn(tr).map((cell) => toCell(cell, place, basket)) })))
  const headRows = countHead(rows)
  for (const row of rows.slice(0, headRows)) for (const cell of row.cells) cell.header = true
  return { kind: 'table', caption, headRows, rows: rows.map((row) => row.cells) }
}

const captionOf = (node: Node): Node[] => (node.children ?? []).filter((child) => tagOf(child) === 'caption').flatMap((each) => each.children ?? [])

// 表的各行，不含格里的表的
function rowsOf(node: Node, head = false): { tr: Node; head: boolean }[] {
  return (node.children ?? []).flatMap((child) => {
    const tag = tagOf(child)
    if (tag === 'tr') return [{ tr: child, head }]
    return tag === 'thead' || tag === 'tbody' || tag === 'tfoot' ? rowsOf(child, tag === 'thead') : []
  })
}

const cellsIn = (tr: Node): Node[] => (tr.children ?? []).filter((child) => tagOf(child) === 'td' || tagOf(child) === 'th')

function toCell(node: Node, place: Place, basket: PictureBasket): Cell {
  const align = alignOf(node) ?? soleAlign(node) ?? 'left'
  const hidden = isHidden(node)
  if (hidden) basket.hidden += 1
  return {
    header: tagOf(node) === 'th',
    colspan: spanOf(attr(node, 'colspan')),
    rowspan: spanOf(attr(node, 'rowspan')),
    align,
    content: hidden ? [] : tidyRuns(inline(node.children ?? [], { ...place, align: 'left' }, basket)),
  }
}

// Word 把对齐写在格里的段落上
function soleAlign(node: Node): ReturnType<typeof alignOf> {
  const inside = (node.children ?? []).filter((child) => tagOf(child) !== null)
  const aligns = new Set(inside.map(alignOf))
  return aligns.size === 1 ? ([...aligns][0] ?? null) : null
}

function spanOf(text: string): number {
  const span = Number(text || '1')
  return Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_SPAN) : 1
}

// 一格也没有的行（都被上面的格占着）去掉，占着它的各少占一行
function withoutEmptyRows(rows: readonly Row[]): Row[] {
  const emptyBefore = [0]
  for (const row of rows) emptyBefore.push((emptyBefore.at(-1) ?? 0) + (row.cells.length === 0 ? 1 : 0))
  for (const [r, row] of rows.entries())
    for (const cell of row.cells) {
      const end = Math.min(r + cell.rowspan, rows.length)
      cell.rowspan = end - r - ((emptyBefore[end] ?? 0) - (emptyBefore[r] ?? 0))
    }
  return rows.filter(({ cells }) => cells.length > 0)
}

// 表头：写明的，没有写明的则开头各格都是表头的几行；竖着跨出表头的也算在内，占了全表的便不是表头
function countHead(rows: readonly Row[]): number {
  const stated = rows.findIndex((row) => !row.head)
  const marked = rows.findIndex((row) => row.cells.some((cell) => !cell.header))
  let head = rows.some((row) => row.head) ? (stated === -1 ? rows.length : stated) : marked === -1 ? rows.length : marked
  for (let r = 0; r < head && r < rows.length; r++) for (const cell of rows[r]?.cells ?? []) head = Math.max(head, r + cell.rowspan)
  return head >= rows.length ? 0 : head
}

/** 工作表的三样情形，hucre 的流式读取不给：是否隐藏、竖向合并的格、没有存下结果的公式。 */
export interface SheetScan {
  index: number
  name: string
  hidden: boolean
  /** 行（0 起）→ 经过该行的竖向合并 */
  merges: ReadonlyMap<number, readonly { top: number; column: number }[]>
  /** `行,列`，0 起 */
  uncomputed: ReadonlySet<string>
}

interface PartScan {
  merges: Map<number, { top: number; column: number }[]>
  uncomputed: Set<string>
  merged: number
  tail: string
}

const MOST_MERGED = 200_000
const MOST_UNCOMPUTED = 200_000
const TAIL = 32 * 1024
const SMALL_PART = 1024 * 1024

/** 边解压边看：`see` 收各条目的内容块，`finish` 按工作簿中的顺序给出各工作表。 */
export function scanWorkbook(): { see: (name: string, chunk: Buffer) => void; finish: () => SheetScan[] } {
  const parts = new Map<string, PartScan>()
  const small = new Map<string, string>()
  const see = (name: string, chunk: Buffer): void => {
    if (name === 'xl/workbook.xml' || name === 'xl/_rels/workbook.xml.rels')
      small.set(name, `${small.get(name) ?? ''}${chunk.toString('latin1')}`.slice(0, SMALL_PART))
    else if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) scanChunk(partOf(parts, name), chunk)
  }
  return { see, finish: () => listSheets(small, parts) }
}

function partOf(parts: Map<string, PartScan>, name: string): PartScan {
  const found = parts.get(name) ?? { merges: new Map(), uncomputed: new Set(), merged: 0, tail: '' }
  parts.set(name, found)
  return found
}

// 所找的都是 ASCII 标记，按 latin1 看不会切坏汉字
function scanChunk(part: PartScan, chunk: Buffer): void {
  const text = part.tail + chunk.toString('latin1')
  for (const found of text.matchAll(/<c\b([^>]*)>\s*<f\b(?:[^>]*\/>|[^>]*>[^<]*<\/f>)\s*(?:<v\s*\/>|<v>\s*<\/v>)?\s*<\/c>/g)) {
    const at = toPosition(/\br="([A-Z]+\d+)"/.exec(found[1] ?? '')?.[1] ?? '')
    if (at && part.uncomputed.size < MOST_UNCOMPUTED) part.uncomputed.add(`${at.row},${at.column}`)
  }
  for (const found of text.matchAll(/<mergeCell\b[^>]*\bref="([A-Z]+\d+):([A-Z]+\d+)"/g)) addMerge(part, found[1] ?? '', found[2] ?? '')
  const start = Math.max(text.lastIndexOf('<c '), text.lastIndexOf('<mergeCell '))
  part.tail = start === -1 || text.length - start > TAIL ? '' : text.slice(start)
}

function addMerge(part: PartScan, from: string, to: string): void {
  const [a, b] = [toPosition(from), toPosition(to)]
  if (!a || !b || a.row === b.row || part.merged + b.row - a.row > MOST_MERGED) return
  const known = part.merges.get(a.row)?.some((m) => m.top === a.row && m.column === a.column)
  if (known) return
  part.merged += b.row - a.row + 1
  for (let row = a.row; row <= b.row; row += 1)
    part.merges.set(row, [...(part.merges.get(row) ?? []), { top: a.row, column: a.column }])
}

function toPosition(ref: string): { row: number; column: number } | null {
  const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(ref)
  if (!found) return null
  const column = Array.from(found[1] ?? '').reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(found[2]) - 1, column }
}

function listSheets(small: Map<string, string>, parts: Map<string, PartScan>): SheetScan[] {
  const utf8 = (name: string): string => Buffer.from(small.get(name) ?? '', 'latin1').toString('utf8')
  const targets = new Map<string, string>()
  for (const [tag] of utf8('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g))
    targets.set(attribute(tag, 'Id'), attribute(tag, 'Target'))
  return [...utf8('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag], index) => {
    const target = targets.get(attribute(tag, '(?:\\w+:)id')) ?? ''
    const part = parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    return {
      index,
      name: attribute(tag, 'name'),
      hidden: ['hidden', 'veryHidden'].includes(attribute(tag, 'state')),
      merges: part?.merges ?? new Map(),
      uncomputed: part?.uncomputed ?? new Set(),
    }
  })
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, entity: string) => ENTITIES[entity] ?? '',
  )

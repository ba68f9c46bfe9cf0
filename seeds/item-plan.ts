import type { Block, Genre, PublicationCode, RelationKind, Topic } from '../src/catalogue/index.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import type { PosterPlan } from './paint-poster.ts'

/** 一个附件：一张表，写成 XLSX；或一篇文字，写成 DOCX、PDF。 */
export interface FilePlan {
  as: 'xlsx' | 'docx' | 'pdf'
  /** 不带扩展名 */
  name: string
  text: string
}

/** 一条要公开的信息。正文的写法：`# ` 一级标题，`## ` 二级，`- ` 列项，`|a|b|` 表格的一行（首行为表头），`> ` 右起，其余一行一段。 */
export interface ItemPlan {
  body: string
  title: string
  docNo?: string
  formedOn: PlainDate
  codes: readonly PublicationCode[]
  genre: Genre
  topic: Topic
  keywords: readonly string[]
  summary?: string
  text: string
  files?: readonly FilePlan[]
  /** 正文之首的一张图 */
  poster?: PosterPlan
  /** 与另一条（按名称）的关系 */
  relations?: readonly { kind: RelationKind; title: string }[]
  block?: 'rules'
  effectiveOn?: PlainDate
  expired?: { on: PlainDate; reason: string }
  withdrawn?: { on: PlainDate; reason: string; notice: string }
  /** 公开之后改过一次：改后的全文 */
  revised?: { on: PlainDate; text: string }
}

/** 照上面的写法得到正文的各块。 */
export function toBlocks(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n').map((each) => each.trim()).filter((each) => each !== '')) add(blocks, line)
  return blocks
}

const words = (text: string) => [{ kind: 'text', text, marks: [], href: null } as const]

function add(blocks: Block[], line: string): void {
  const [, mark = '', rest = ''] = /^(##?|-|>)\s+(.*)$/.exec(line) ?? []
  const last = blocks.at(-1)
  if (line.startsWith('|')) {
    const head = last?.kind !== 'table'
    const row = line.split('|').slice(1, -1).map((cell) => ({ header: head, colspan: 1, rowspan: 1, align: 'left' as const, content: words(cell.trim()) }))
    if (head) blocks.push({ kind: 'table', caption: [], headRows: 1, rows: [row] })
    else blocks[blocks.length - 1] = { ...last, rows: [...last.rows, row] }
  } else if (mark === '-') {
    const item = { content: words(rest), lists: [] }
    if (last?.kind === 'list') blocks[blocks.length - 1] = { ...last, items: [...last.items, item] }
    else blocks.push({ kind: 'list', ordered: false, start: 1, items: [item] })
  } else if (mark.startsWith('#')) blocks.push({ kind: 'heading', level: mark === '#' ? 2 : 3, align: 'left', content: words(rest) })
  else blocks.push({ kind: 'paragraph', align: mark === '>' ? 'right' : 'left', content: words(mark === '>' ? rest : line) })
}

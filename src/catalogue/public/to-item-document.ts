import type { Block, Document, Picture, Span } from '../../documents/index.ts'
import type { Align, Block as BodyBlock, List, Run } from '../content/body-blocks.ts'
import { plainText, tableBlock } from './to-document-table.ts'

export interface ItemText {
  title: string
  /** 正文的各块 */
  body: readonly BodyBlock[]
  /** 机关名，写入文件属性 */
  creator: string
  /** 成文日期 */
  formedOn: string
  attachments: readonly string[]
  /** 末尾注明出处的一句 */
  source: string
  demo: boolean
  /** 正文里各图的内容，按键；读不出、文书不认的不在其中 */
  pictures: Pictures
}

type Pictures = ReadonlyMap<string, Omit<Picture, 'alt'>>

/** 正文写成中立的文书，由它得到 PDF、DOCX。 */
export function toItemDocument({ title, body, creator, formedOn, attachments, source, demo, pictures }: ItemText): Document {
  return {
    title,
    creator,
    datedOn: formedOn,
    demo,
    blocks: [
      ...body.flatMap((block) => toBlocks(block, pictures)),
      ...(attachments.length > 0 ? [{ kind: 'attachments', names: attachments } as const] : []),
      { kind: 'note', text: source },
    ],
  }
}

const LEVELS = { 2: 1, 3: 2, 4: 3 } as const

function toBlocks(block: BodyBlock, pictures: Pictures): Block[] {
  switch (block.kind) {
    case 'heading':
      return block.align === 'left' ? [{ kind: 'heading', level: LEVELS[block.level], text: plainText(block.content) }] : paragraphs(block.content, block.align, pictures)
    case 'paragraph':
      return paragraphs(block.content, block.align, pictures)
    case 'list':
      return listItems(block, pictures)
    case 'table':
      return [tableBlock(block), ...picturesIn(block.rows.flatMap((row) => row.flatMap((cell) => cell.content)), pictures)]
    case 'quote':
      return block.blocks.flatMap((each) => toBlocks(each, pictures))
    case 'rule':
      return []
    case 'figure':
      return [pictureBlock(block.key, block.alt, pictures), ...(block.caption.length > 0 ? [centred(plainText(block.caption))] : [])]
  }
}

const centred = (text: string): Block => ({ kind: 'paragraph', spans: [text], align: 'center' })

// 一段里换行的、夹着图的，断成几段
function paragraphs(runs: readonly Run[], align: Align, pictures: Pictures): Block[] {
  const blocks: Block[] = []
  let spans: Span[] = []
  const flush = (): void => {
    if (spans.length > 0) blocks.push({ kind: 'paragraph', spans, ...(align !== 'left' && { align }) })
    spans = []
  }
  for (const run of runs) {
    if (run.kind === 'text') spans.push(toSpan(run))
    else {
      flush()
      if (run.kind === 'picture') blocks.push(pictureBlock(run.key, run.alt, pictures))
    }
  }
  flush()
  return blocks
}

function toSpan({ text, marks, href }: Extract<Run, { kind: 'text' }>): Span {
  const strong = marks.includes('strong')
  const away = href !== null && /^https?:/i.test(href)
  return strong || away ? { text, ...(strong && { strong }), ...(away && { href }) } : text
}

const listItems = ({ ordered, start, items }: List, pictures: Pictures): Block[] =>
  items.flatMap(({ content, lists }, index) => [
    ...paragraphs([{ kind: 'text', text: ordered ? `${start + index}.` : '·', marks: [], href: null }, ...content], 'left', pictures),
    ...lists.flatMap((list) => listItems(list, pictures)),
  ])

const picturesIn = (runs: readonly Run[], pictures: Pictures): Block[] => runs.flatMap((run) => (run.kind === 'picture' ? [pictureBlock(run.key, run.alt, pictures)] : []))

// 读不出、文书不认的图，写明这里有图
function pictureBlock(key: string, alt: string, pictures: Pictures): Block {
  const picture = pictures.get(key)
  return picture === undefined ? centred(`（图${alt === '' ? '' : `：${alt}`}，请看网页）`) : { kind: 'picture', picture: { ...picture, alt } }
}

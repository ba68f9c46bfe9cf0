import { load } from 'cheerio'
import type { Align, Block, Run } from './body-blocks.ts'
import { alignOf, BLOCK_TAGS, hasBlocks, isHidden, tagOf } from './body-nodes.ts'
import type { Node } from './body-nodes.ts'
import { groupFakeList, fakeListItem } from './fake-lists.ts'
import type { FakeItem } from './fake-lists.ts'
import { inline, within } from './inline-runs.ts'
import type { Place } from './inline-runs.ts'
import { toList, toTable } from './lists-and-tables.ts'
import { pictureOf } from './pictures-in-body.ts'
import type { PictureBasket } from './pictures-in-body.ts'
import { splitParagraphs, tidyRuns } from './tidy-runs.ts'

const START: Place = { marks: [], href: null, align: 'left' }
const HEADING = /^h([1-6])$/

/** 走的时候积下的：写成的各块、还没有成段的文字、仿造的列表项。 */
interface Builder {
  blocks: Block[]
  runs: Run[]
  fakes: FakeItem[]
  /** 文中有 h1 的，各级标题都降一级 */
  demote: boolean
  basket: PictureBasket
}

/** 过滤过的 HTML → 正文的各块。 */
export function toBlocks(html: string, basket: PictureBasket): Block[] {
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } })
  const root = $.root()[0] as unknown as Node
  return walkAll(root.children ?? [], { demote: /<h1[\s>]/i.test(html), basket })
}

function walkAll(nodes: readonly Node[], { demote, basket }: Pick<Builder, 'demote' | 'basket'>, from: Place = START): Block[] {
  const builder: Builder = { blocks: [], runs: [], fakes: [], demote, basket }
  for (const node of nodes) walk(node, from, builder)
  flush(builder, from.align)
  endFakes(builder)
  return builder.blocks
}

function walk(node: Node, place: Place, builder: Builder): void {
  const tag = tagOf(node)
  if (tag === null) return void builder.runs.push({ kind: 'text', text: node.data ?? '', marks: place.marks, href: place.href })
  if (isHidden(node)) return void (builder.basket.hidden += 1)
  if (tag === 'br') return void builder.runs.push({ kind: 'break' })
  if (tag === 'img') return putPicture(node, place, builder)
  if (tag === 'del') return void (builder.basket.deleted += 1)
  if (!BLOCK_TAGS.has(tag) && !hasBlocks(node)) return void builder.runs.push(...inline(node.children ?? [], within(node, place), builder.basket))
  if (!BLOCK_TAGS.has(tag)) return walkInside(node, within(node, place), builder)
  walkBlock(node, tag, place, builder)
}

function walkBlock(node: Node, tag: string, place: Place, builder: Builder): void {
  flush(builder, place.align)
  const own: Place = { ...within(node, place), align: alignOf(node) ?? place.align }
  const fake = tag === 'p' || tag === 'div' || HEADING.test(tag) ? fakeListItem(node) : null
  if (fake !== null && !hasBlocks(node)) {
    const content = tidyRuns(inline(fake.children, own, builder.basket))
    if (fake.kind !== 'text' && content.length > 0) return void builder.fakes.push({ ...fake, content })
    if (fake.kind === 'text') builder.runs.push({ kind: 'text', text: fake.marker, marks: [], href: null }, ...inline(fake.children, own, builder.basket))
    return flush(builder, own.align)
  }
  endFakes(builder)
  const heading = HEADING.exec(tag)
  if (heading?.[1] !== undefined) return putHeading(node, Number(heading[1]), own, builder)
  if (tag === 'ul' || tag === 'ol') return put(builder, toList(node, own, builder.basket))
  if (tag === 'table') return putTable(node, own, builder)
  if (tag === 'hr') return void builder.blocks.push({ kind: 'rule' })
  if (tag === 'figure') return putFigure(node, own, builder)
  if (tag === 'blockquote') {
    const blocks = walkAll(node.children ?? [], builder, own).flatMap((block) => (block.kind === 'quote' ? block.blocks : [block]))
    if (blocks.length > 0) builder.blocks.push({ kind: 'quote', blocks })
    return
  }
  walkInside(node, own, builder)
  flush(builder, own.align)
}

function walkInside(node: Node, place: Place, builder: Builder): void {
  for (const child of node.children ?? []) walk(child, place, builder)
}

function put(builder: Builder, block: Block | null): void {
  if (block !== null) builder.blocks.push(block)
}

function putHeading(node: Node, given: number, place: Place, builder: Builder): void {
  const runs = inline(node.children ?? [], { ...place, marks: [] }, builder.basket)
  const content = tidyRuns(runs.filter((run) => run.kind !== 'picture').map((run) => (run.kind === 'text' ? { ...run, marks: run.marks.filter((mark) => mark !== 'strong') } : run)))
  const level = Math.min(4, Math.max(2, given + (builder.demote ? 1 : 0)))
  if (content.length > 0) builder.blocks.push({ kind: 'heading', level: level === 2 ? 2 : level === 3 ? 3 : 4, align: place.align, content })
  putPictures(runs, builder)
}

// 只有一格的表是排版用的，里面的才是正文
function putTable(node: Node, place: Place, builder: Builder): void {
  const table = toTable(node, place, builder.basket)
  // 一格也没有的，里面若有字也不能丢
  if (table === null) {
    walkInside(node, place, builder)
    return flush(builder, place.align)
  }
  if ('only' in table) {
    for (const child of table.only.children ?? []) walk(child, place, builder)
    return flush(builder, place.align)
  }
  builder.blocks.push(table)
}

function putFigure(node: Node, place: Place, builder: Builder): void {
  const caption: Node[] = []
  const rest: Node[] = []
  for (const child of node.children ?? []) (tagOf(child) === 'figcaption' ? caption : rest).push(child)
  const blocks = walkAll(rest, builder, { ...place, align: 'left' })
  const words = tidyRuns(inline(caption, { ...place, align: 'left' }, builder.basket).filter((run) => run.kind !== 'picture'))
  const first = blocks.findIndex((block) => block.kind === 'figure')
  const captioned = blocks.map((block, i) => (i === first && block.kind === 'figure' && block.caption.length === 0 ? { ...block, caption: words } : block))
  builder.blocks.push(...captioned)
  if (first === -1 && words.length > 0) builder.blocks.push({ kind: 'paragraph', align: 'left', content: words })
}

function putPicture(node: Node, place: Place, builder: Builder): void {
  const picture = pictureOf(node, builder.basket)
  if (picture === null) return
  flush(builder, place.align)
  endFakes(builder)
  builder.blocks.push({ kind: 'figure', ...picture, caption: [] })
}

function putPictures(runs: readonly Run[], builder: Builder): void {
  for (const run of runs) if (run.kind === 'picture') builder.blocks.push({ kind: 'figure', key: run.key, alt: run.alt, caption: [] })
}

// 积下的文字成段；段里的图片各成一块
function flush(builder: Builder, align: Align): void {
  const { runs } = builder
  builder.runs = []
  for (const part of splitParagraphs(runs)) {
    let words: Run[] = []
    const end = () => {
      const content = tidyRuns(words)
      words = []
      if (content.length === 0) return
      endFakes(builder)
      builder.blocks.push({ kind: 'paragraph', align, content })
    }
    for (const run of part) {
      if (run.kind === 'picture') {
        end()
        putPictures([run], builder)
      } else words.push(run)
    }
    end()
  }
}

function endFakes(builder: Builder): void {
  if (builder.fakes.length === 0) return
  const { fakes } = builder
  builder.fakes = []
  builder.blocks.push(...groupFakeList(fakes))
}

import type { Align, Run } from './body-blocks.ts'
import { attr, BLOCK_TAGS, isHidden, linkOf, markOf, tagOf } from './body-nodes.ts'
import type { Node } from './body-nodes.ts'
import { pictureOf } from './pictures-in-body.ts'
import type { PictureBasket } from './pictures-in-body.ts'

/** 走到一处时沿路带着的。 */
export interface Place {
  marks: Extract<Run, { kind: 'text' }>['marks']
  href: string | null
  align: Align
}

/** 走进一个元素：加上它的标记与链接。 */
export const within = (node: Node, place: Place): Place => {
  const mark = markOf(node)
  const marks = mark.filter((each) => !place.marks.includes(each))
  return { ...place, marks: marks.length === 0 ? place.marks : [...place.marks, ...marks], href: tagOf(node) === 'a' ? (linkOf(attr(node, 'href')) ?? place.href) : place.href }
}

/** 只取文字的各处（标题、列表项、格）：里面的块各起一行，表的一行成为一行。 */
export function inline(nodes: readonly Node[], place: Place, basket: PictureBasket): Run[] {
  const runs: Run[] = []
  for (const node of nodes) {
    const tag = tagOf(node)
    if (tag === null) runs.push({ kind: 'text', text: node.data ?? '', marks: place.marks, href: place.href })
    else if (isHidden(node)) basket.hidden += 1
    else if (tag === 'br') runs.push({ kind: 'break' })
    else if (tag === 'del') basket.deleted += 1
    else if (tag === 'img') {
      const picture = pictureOf(node, basket)
      if (picture !== null) runs.push({ kind: 'picture', ...picture })
    } else {
      const inside = inline(node.children ?? [], within(node, place), basket)
      if (tag === 'td' || tag === 'th') runs.push(...inside, { kind: 'text', text: ' ', marks: [], href: null })
      else if (BLOCK_TAGS.has(tag) || tag === 'li' || tag === 'tr') runs.push({ kind: 'break' }, ...inside, { kind: 'break' })
      else runs.push(...inside)
    }
  }
  return runs
}

import type { View } from '../../redaction/index.ts'
import type { Part } from './marks.ts'

const BLOCKS_A_PART = 100

/** 读出的样子 → 各处：一页一处；段与格一百个一处，没有文字的也有一处。 */
export function toParts(view: View): Part[] {
  if (view.shape === 'pages') return view.pages.map(({ width, height, words }) => ({ shape: 'page', width, height, words }))
  const count = Math.max(1, Math.ceil(view.blocks.length / BLOCKS_A_PART))
  return Array.from({ length: count }, (_, i) => ({ shape: 'blocks', blocks: view.blocks.slice(i * BLOCKS_A_PART, (i + 1) * BLOCKS_A_PART) }))
}

/** 一处怎样称呼。 */
export const partName = (shape: 'pages' | 'blocks', part: number): string => (shape === 'pages' ? `第${part}页` : `第${part}部分`)

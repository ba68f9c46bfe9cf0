import { diffArrays, diffChars } from 'diff'
import { toPartLines } from './column-content.ts'
import type { PartContent, PartName } from './column-parts.ts'

export interface DifferencePiece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

export interface PartDifference {
  key: string
  label: string
  pieces: readonly DifferencePiece[]
}

// 差得太多的逐字比没有意义，又费时
const MOST_EDITS = 600

/** 两版之间改了的各栏，逐字标出；没有改的不在其中。`before` 为 null 的是头一版。 */
export function differenceOf(part: PartName, before: PartContent | null, after: PartContent): PartDifference[] {
  const old = new Map(before === null ? [] : toPartLines(part, before).map(({ key, text }) => [key, text]))
  return toPartLines(part, after)
    .map(({ key, label, text }) => ({ key, label, from: old.get(key) ?? '', to: text }))
    .filter(({ from, to }) => from !== to)
    .map(({ key, label, from, to }) => ({ key, label, pieces: piecesOf(from, to) }))
}

function piecesOf(from: string, to: string): DifferencePiece[] {
  const byCharacter = diffChars(from, to, { maxEditLength: MOST_EDITS })
  if (byCharacter !== undefined) return byCharacter.map(toPiece)
  return diffArrays(from.split(/(?<=\n)/), to.split(/(?<=\n)/)).map(({ added, removed, value }) => toPiece({ added, removed, value: value.join('') }))
}

const toPiece = ({ added, removed, value }: { added?: boolean; removed?: boolean; value: string }): DifferencePiece => ({
  kind: added === true ? 'added' : removed === true ? 'removed' : 'same',
  text: value,
})

import { cellsOf } from '../../statute/report-form.ts'
import type { Remark } from './filing.ts'
import type { FiledRoundRow } from './filing-store.ts'

/** 一次退回至多标出几处。 */
export const MOST_MARKS = 60

/** 标出的一处：键为格代码，或「行号.第几句」。 */
export interface Mark {
  key: string
  cell: string | null
  sentence: string | null
}

export interface Sentence {
  key: string
  text: string
}

/** 正文逐句，键为「行号.第几句」；表格、标题不在内。 */
export const sentencesIn = ({ lines }: Pick<FiledRoundRow, 'lines'>): Sentence[] =>
  lines.flatMap((line) =>
    line.kind === 'prose' ? (line.text.match(/[^。！？；]+[。！？；]?/g) ?? []).flatMap((text, at) => (text.trim() === '' ? [] : [{ key: `${line.number}.${at}`, text: text.trim() }])) : [],
  )

/** 由所选的键得出标出之处；认不得的不要，至多 MOST_MARKS 处。 */
export function toMarks(round: Pick<FiledRoundRow, 'form' | 'lines'>, keys: readonly string[]): Mark[] {
  const cells = new Set(cellsOf(round.form))
  const sentences = new Map(sentencesIn(round).map((one) => [one.key, one.text]))
  return [...new Set(keys)]
    .flatMap((key): Mark[] => {
      if (cells.has(key)) return [{ key, cell: key, sentence: null }]
      const sentence = sentences.get(key)
      return sentence === undefined ? [] : [{ key, cell: null, sentence: sentence.slice(0, 500) }]
    })
    .slice(0, MOST_MARKS)
}

export const MAX_REMARK = 500

/** 标出之处与所写的意见；没有写的，意见为空，由名词拒绝。 */
export const toRemarks = (marks: readonly Mark[], textOf: (key: string) => string): Remark[] =>
  marks.map(({ key, cell, sentence }) => ({ cell, sentence, text: textOf(key).slice(0, MAX_REMARK) }))

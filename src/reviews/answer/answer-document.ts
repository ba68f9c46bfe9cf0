import type { Block, Document } from '../../documents/index.ts'
import { ANSWER_TYPES } from './answer-store.ts'
import type { AnswerContent, AnswerType } from './answer-store.ts'

const HEADING = /^[一二三四五六七八九十]{1,3}、/u

/** 答复书、答辩状 → 中立的文书模型；没有编号的空着号。 */
export function toAnswerDocument({ type, content, docNo, on, bodyName, demo }: { type: AnswerType; content: AnswerContent; docNo: string | null; on: string; bodyName: string; demo: boolean }): Document {
  const blocks: Block[] = [
    { kind: 'paragraph', spans: [`${content.recipient}：`], indent: false },
    ...content.paragraphs.map((text): Block => ({ kind: 'paragraph', spans: [HEADING.test(text) && text.length < 40 ? { text, strong: true } : text] })),
    { kind: 'signature', name: bodyName, on },
  ]
  return { title: ANSWER_TYPES[type].title, issuer: bodyName, letterhead: { number: docNo }, blocks, creator: bodyName, datedOn: on, demo }
}

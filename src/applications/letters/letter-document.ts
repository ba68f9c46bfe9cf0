import type { Block, Document } from '../../documents/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { ComposedLetter, LetterBody } from './letter-input.ts'
import { letterRule } from './letters.ts'

/**
 * 文书 → 中立的文书模型，由此出网页、DOCX、PDF。
 * 信函格式（GB/T 9704 第 10.1 条）；登记表、回执单等表格不用。
 * 印章位即署名与成文日期处：其上空二行，其左与下方不排字；没有编号的空着号。
 */
export function toLetterDocument(letter: ComposedLetter, body: Pick<LetterBody, 'name' | 'codeWord'>, demo: boolean): Document {
  const rule = letterRule(letter.id)
  const base = { title: letter.title, creator: body.name, datedOn: letter.on, demo }
  if (rule.rows !== undefined) return { ...base, issuer: body.name, blocks: [formTable(letter), ...letter.paragraphs.map(paragraph)] }
  const number = letter.docNo ?? (rule.word === null ? null : `${body.codeWord}公开${rule.word}〔${yearOf(letter.on)}〕　号`)
  const blocks: Block[] = [
    { kind: 'paragraph', spans: [`${letter.recipient}：`], indent: false },
    ...letter.paragraphs.map(paragraph),
    ...letter.remedy.text.split('\n').filter((text) => text !== '').map(paragraph),
    ...(letter.attachments.length === 0 ? [] : [{ kind: 'attachments' as const, names: letter.attachments }]),
    ...(letter.signature === null ? [] : [{ kind: 'signature' as const, name: letter.signature, on: letter.on }]),
    { kind: 'note', text: letter.contact },
  ]
  return { ...base, issuer: body.name, letterhead: { number }, blocks }
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', spans: [text] })

const formTable = ({ title, rows }: ComposedLetter): Block => ({
  kind: 'table',
  table: {
    caption: title,
    widths: [1, 3],
    headRows: 0,
    rows: rows.map(({ label, text, lines }) => [{ text: label, head: true }, { text, align: 'left', lines }]),
  },
})

import type { Tx } from '../../platform/db.ts'
import { likeness as likenessByParagraph } from '../checker/likeness.ts'
import { fill, OVERVIEW, entries, OTHERS } from '../narrative/narrative.ts'
import { findPrevious } from './previous.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

/** 某一栏与谁的文字相似。 */
export interface Likeness {
  field: string
  with: string
  /** 0–1 */
  likeness: number
}

/** 提示的界线：同 AR-Y01 逐段的界线。 */
const ALIKE = 0.9
/** 短句人人相同（如「未收取信息处理费」），不足为雷同。 */
const MIN_LENGTH = 40

const score = (text: string, others: readonly string[]): number =>
  Math.max(0, ...likenessByParagraph(text.split('\n'), others).map((one) => one.score))

const fieldsOf = (model: ReportModel): { field: string; text: string }[] =>
  [
    ...entries(OVERVIEW).map(([key]) => ({ field: `overview.${key}`, text: model.narrative.overview[key] })),
    ...entries(OTHERS).map(([key]) => ({ field: `others.${key}`, text: model.narrative.others[key] })),
  ]
    .map(({ field, text }) => ({ field, text: fill(text, model).trim() }))
    .filter(({ text }) => text.length >= MIN_LENGTH)

/**
 * 与本机关上年、与其他机关同年报告的相似之处。取该栏中最像的一段；m 个机关约 8m 次比对。
 * 综述占位生成的句子也算在内：只有占位的一栏等于没写。
 */
export async function likenessOf(tx: Tx, bodyId: string, model: ReportModel): Promise<Likeness[]> {
  const mine = fieldsOf(model)
  const found: Likeness[] = []
  const previous = await findPrevious(tx, bodyId, model.year - 1)
  const paragraphs = previous?.read.lines.filter((line) => line.kind === 'prose').map((line) => line.text) ?? []
  for (const { field, text } of mine) {
    const best = score(text, paragraphs)
    if (best >= ALIKE) found.push({ field, with: '本机关上年报告', likeness: best })
  }
  for (const other of await sameYear(tx, bodyId, model.year)) {
    const theirs = new Map(fieldsOf(other).map(({ field, text }) => [field, text]))
    for (const { field, text } of mine) {
      const best = score(text, (theirs.get(field) ?? '').split('\n'))
      if (best >= ALIKE) found.push({ field, with: titleOf(other), likeness: best })
    }
  }
  return found.toSorted((a, b) => b.likeness - a.likeness).slice(0, 50)
}

const sameYear = async (tx: Tx, bodyId: string, year: number): Promise<ReportModel[]> => {
  const rows = await tx
    .selectFrom('annual_report_edition')
    .select('model')
    .distinctOn(['body_id'])
    .where('year', '=', year)
    .where('body_id', '!=', bodyId)
    .where('published_on', 'is not', null)
    .orderBy('body_id')
    .orderBy('edition', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ model }) => model)
}

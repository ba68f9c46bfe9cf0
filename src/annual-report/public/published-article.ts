import { toInnerHtml } from '../../documents/index.ts'
import type { Tx } from '../../platform/db.ts'
import { ITEMS_CELL, REGISTER_PAGES } from '../tally/figures.ts'
import { getEditionModel, type PublishedRef } from '../queries.ts'
import { toDocument } from '../editions/report-document.ts'
import type { ReportModel } from '../editions/report-model.ts'

/** 公布的一版在门户上的样子：题头所需的几项，与排好的正文。 */
export interface PublishedArticle extends Pick<ReportModel, 'bodyCode' | 'bodyName' | 'year' | 'asOf' | 'edition'> {
  html: string
}

const MOST = 200
const kept = new Map<string, PublishedArticle>()

/** 公布的一版不再变，故正文只排一次；键含内容的散列，存最近用到的若干份。 */
export async function publishedArticle(tx: Tx, ref: PublishedRef): Promise<PublishedArticle> {
  const key = `${ref.reportId} ${ref.edition} ${ref.contentHash}`
  const article = kept.get(key) ?? toArticle(await getEditionModel(tx, ref))
  kept.delete(key)
  kept.set(key, article)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break
    kept.delete(oldest)
  }
  return article
}

// 汇总的各格，点开看各机关
const districtCell = (year: number, code: string): string | null => (code === ITEMS_CELL || Object.hasOwn(REGISTER_PAGES, code) ? null : `/annual-reports/district/${year}/cells/${code}`)

function toArticle(model: ReportModel): PublishedArticle {
  const { bodyCode, bodyName, year, asOf, edition } = model
  // 公众点得开的只有公开信息的条数
  const links = { cell: (code: string) => (model.summed !== undefined ? districtCell(year, code) : code === ITEMS_CELL ? `/bodies/${bodyCode}/items?year=${year}` : null) }
  return { bodyCode, bodyName, year, asOf, edition, html: toInnerHtml({ document: toDocument(model, links), withoutTitle: true }) }
}

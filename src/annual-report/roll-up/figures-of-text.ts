import type { Cells, Edition } from '../../statute/report-form.ts'
import { publishedTotals } from '../checker/item-sums.ts'
import { saysNoFee, statedFee } from '../checker/money-rules.ts'
import { inSection, viewOf, type Paragraph } from '../checker/report-view.ts'
import type { Figures, Safeguards } from '../tally/figures.ts'
import type { ReadLine } from '../reading/read-report.ts'

/** 从上传的报告的文字里读出的数；没有读出的为 null，不猜。 */
export interface TextFigures {
  items: Figures['items'] | null
  processingFee: Figures['processingFee'] | null
  replies: Figures['replies'] | null
  /** 培训、会议与登记：报告的文字写法不一，不读；只有本系统报来的有 */
  safeguards: Safeguards | null
}

const FEE_CASES = /(?:涉及|共)[^。；，\d]{0,8}申请(\d{1,6})件/
const ALL_ON_TIME = /均?(?:在法定期限内|按期|按时|如期)(?:予以|作出)?(?:答复|办结)/
const SOME_LATE = /按期的?(\d{1,6})件，逾期的?(\d{1,6})件/

/** 文字 → 表格里没有的数。 */
export function figuresOfText({ form, cells, lines }: { form: Edition; cells: Cells; lines: readonly ReadLine[] }): TextFigures {
  const view = viewOf({ file: '', format: 'txt', title: null, body: null, year: null, edition: form, cells, places: {}, lines, notes: [] })
  return { items: itemsOf(view.paragraphs), processingFee: feeOf(inSection(view, 6)), replies: repliesOf(view.paragraphs, cells['R3.7.T'] ?? null), safeguards: null }
}

function itemsOf(paragraphs: readonly Paragraph[]): Figures['items'] | null {
  const [first] = paragraphs.flatMap(publishedTotals)
  if (first !== undefined) return { total: first.value, byKind: [] }
  return paragraphs.some(({ text }) => text.includes('全年未新增主动公开政府信息')) ? { total: 0, byKind: [] } : null
}

function feeOf(paragraphs: readonly Paragraph[]): Figures['processingFee'] | null {
  const fee = statedFee(paragraphs)
  if (fee === null || fee.yuan === 0) return saysNoFee(paragraphs) || fee !== null ? { cases: 0, fen: 0 } : null
  const cases = paragraphs.map(({ text }) => FEE_CASES.exec(text)?.[1]).find((found) => found !== undefined)
  return cases === undefined ? null : { cases: Number(cases), fen: Math.round(fee.yuan * 100) }
}

// 说按期的须是说答复申请的那一段；没有办结过的无所谓按期
function repliesOf(paragraphs: readonly Paragraph[], done: number | null): Figures['replies'] | null {
  if (done === 0) return { total: 0, onTime: 0 }
  const about = paragraphs.filter(({ text }) => text.includes('申请'))
  for (const { text } of about) {
    const late = SOME_LATE.exec(text)
    if (late !== null) return { total: Number(late[1]) + Number(late[2]), onTime: Number(late[1]) }
  }
  return done !== null && about.some(({ text }) => ALL_ON_TIME.test(text)) ? { total: done, onTime: done } : null
}

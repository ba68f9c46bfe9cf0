import '../collection/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { viewOf, type ReportView } from '../checker/report-view.ts'
import type { ProblemPlan } from '../narrative/narrative.ts'
import { problemsOf } from '../narrative/problems-of.ts'
import type { ReadReport } from '../reading/read-report.ts'
import type { Said } from './gather-sayings.ts'

/** 区政府的报告可取材于各机关的几处。 */
export const MATERIALS = {
  management: '政府信息管理情况',
  platform: '政府信息公开平台建设情况',
  supervision: '监督保障情况',
  proposals: '建议提案办理结果公开情况',
  fields: '重点领域政府信息公开情况',
} as const
export type MaterialKey = keyof typeof MATERIALS

const ELEMENTS: Record<MaterialKey, { section: number; title: RegExp }> = {
  management: { section: 1, title: /信息管理/ },
  platform: { section: 1, title: /平台/ },
  supervision: { section: 1, title: /监督/ },
  proposals: { section: 6, title: /建议|提案/ },
  fields: { section: 6, title: /重点领域/ },
}

/** 各家在各处说的话，与各家的问题和措施。 */
export interface AcceptedTexts {
  said: Readonly<Record<MaterialKey, readonly Said[]>>
  problems: readonly (ProblemPlan & { who: string })[]
}

/** 受理的各份报告的文字，按处归拢；一次查询，m 家 m 行，连同正文。 */
export async function loadAcceptedTexts(tx: Tx, year: number, bodyIds: readonly string[]): Promise<AcceptedTexts> {
  const rows =
    bodyIds.length === 0
      ? []
      : await tx
          .selectFrom('filing')
          .innerJoin('filing_round', (join) =>
            join.onRef('filing_round.body_id', '=', 'filing.body_id').onRef('filing_round.filing_id', '=', 'filing.filing_id').onRef('filing_round.round', '=', 'filing.round'),
          )
          .select(['filing.body_id as bodyId', 'filing_round.body_name as who', 'filing_round.form', 'filing_round.lines', sql<ProblemPlan[] | null>`filing_round.model -> 'narrative' -> 'problems'`.as('problems')])
          .where('filing.year', '=', year)
          .where('filing.status', 'in', ['accepted', 'locked'])
          .execute()
  const byBody = new Map(rows.map((row) => [row.bodyId, row]))
  const reports = bodyIds.flatMap((bodyId) => byBody.get(bodyId) ?? [])
  const views = reports.map((row) => {
    const read: ReadReport = { file: '', format: 'txt', title: null, body: row.who, year, edition: row.form, cells: {}, places: {}, lines: row.lines, notes: [] }
    return { who: row.who, view: viewOf(read), problems: row.problems ?? problemsOf(read).map(toPlan) }
  })
  const said = (key: MaterialKey): Said[] => views.flatMap(({ who, view }) => sentencesUnder(view, key).map((text) => ({ who, text })))
  return {
    said: { management: said('management'), platform: said('platform'), supervision: said('supervision'), proposals: said('proposals'), fields: said('fields') },
    problems: views.flatMap(({ who, problems }) => problems.map((one) => ({ ...one, who }))),
  }
}

// 落款：成文日期，或者没有标点的机关名称
const SIGNATURE = /^\d{4}年\d{1,2}月\d{1,2}日$|^[^，。、；：！？]{2,30}$/

const sentencesUnder = ({ paragraphs }: ReportView, key: MaterialKey): string[] => {
  const { section, title } = ELEMENTS[key]
  return paragraphs
    .filter((one) => one.section === section && one.element !== null && title.test(one.element) && !SIGNATURE.test(one.text))
    .flatMap(({ text }) => text.match(/[^。！？]+[。！？]?/g) ?? [])
}

// 「1.问题。改进措施：措施」；没有分写的，措施为空
function toPlan(text: string): ProblemPlan {
  const [problem = '', ...rest] = text.replace(/^[（(]?[一二三四五六七八九十\d]+[）).、．]\s*/, '').split(/(?:改进措施|整改措施|下一步)[：:，,]?/)
  return { problem: problem.trim(), measure: rest.join('').trim() }
}

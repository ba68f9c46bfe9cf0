import './tables.ts'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceType } from '../progress/evidence-file.ts'
import type { Hundredths, Indicator } from './indicator.ts'
import type { LinePart, Sheet } from './sheet.ts'
import type { AssessmentLineTable, AssessmentSchemeTable, AssessmentSheetTable } from './tables.ts'

export const SCHEME_STATES = { draft: '起草', open: '考核中', published: '已公布' } as const
export type SchemeState = keyof typeof SCHEME_STATES

export interface Scheme {
  bodyId: string
  schemeId: string
  version: number
  year: number
  title: string
  basis: string
  state: SchemeState
  indicators: readonly Indicator[]
  lastCode: number
  ranking: boolean
  selfBy: PlainDate | null
  appealDays: number
  openedOn: PlainDate | null
  publishedOn: PlainDate | null
}

/** 过了自评的截止日：没有自评的可以不等。 */
export const isSelfOver = ({ selfBy }: Scheme, today: PlainDate): boolean => selfBy !== null && selfBy < today

const toScheme = (row: Selectable<AssessmentSchemeTable>): Scheme => ({
  bodyId: row.body_id, schemeId: row.scheme_id, version: row.version, year: row.year, title: row.title, basis: row.basis, state: row.state, indicators: row.indicators,
  lastCode: row.last_code, ranking: row.ranking, selfBy: row.self_by, appealDays: row.appeal_days, openedOn: row.opened_on, publishedOn: row.published_on,
})

/** 各年的方案，近的在前；起草中的只给区政务公开办看。 */
export async function listSchemes(tx: Tx, { drafts }: { drafts: boolean }): Promise<Scheme[]> {
  let query = tx.selectFrom('assessment_scheme').selectAll().orderBy('year', 'desc').limit(100)
  if (!drafts) query = query.where('state', '<>', 'draft')
  return (await query.execute()).map(toScheme)
}

/** 一年的方案；没有抛 `NotFound`。 */
export async function getScheme(tx: Tx, year: number): Promise<Scheme> {
  const row = await tx.selectFrom('assessment_scheme').selectAll().where('year', '=', year).executeTakeFirst()
  if (row === undefined) throw new NotFound(`${year} 年的考核方案`)
  return toScheme(row)
}

/** 锁住一年的方案；所见已落后的抛 `Conflict`。 */
export async function lockScheme(tx: Tx, year: number, seen: number): Promise<Scheme> {
  const row = await tx.selectFrom('assessment_scheme').selectAll().where('year', '=', year).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound(`${year} 年的考核方案`)
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return toScheme(row)
}

const toSheet = (row: Selectable<AssessmentSheetTable>): Sheet => ({
  bodyId: row.body_id, schemeId: row.scheme_id, version: row.version, year: row.year, position: row.position, state: row.state, submittedBy: row.submitted_by, submittedOn: row.submitted_on,
  checkedBy: row.checked_by, checkedOn: row.checked_on, appealBy: row.appeal_by, answeredBy: row.answered_by, answeredOn: row.answered_on, decidedBy: row.decided_by, decidedOn: row.decided_on, excused: row.excused,
})

/** 一份方案的各机关的考核表，按机关的次序，至多一千。 */
export async function listSheets(tx: Tx, schemeId: string): Promise<Sheet[]> {
  return (await tx.selectFrom('assessment_sheet').selectAll().where('scheme_id', '=', schemeId).orderBy('position').orderBy('body_id').limit(1000).execute()).map(toSheet)
}

export async function getSheet(tx: Tx, bodyId: string, schemeId: string): Promise<Sheet> {
  const row = await tx.selectFrom('assessment_sheet').selectAll().where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这个机关的考核表')
  return toSheet(row)
}

export async function lockSheet(tx: Tx, bodyId: string, schemeId: string, seen: number): Promise<Sheet> {
  const row = await tx.selectFrom('assessment_sheet').selectAll().where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound('这个机关的考核表')
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return toSheet(row)
}

/** 改考核表的几列，版本加一。 */
export const touchSheet = (tx: Tx, { bodyId, schemeId }: Pick<Sheet, 'bodyId' | 'schemeId'>, to: Partial<Omit<AssessmentSheetTable, 'body_id' | 'scheme_id' | 'version'>>): Promise<unknown> =>
  tx.updateTable('assessment_sheet').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).execute()

/** 考核表的一项上所说的。 */
export interface Line {
  code: string
  self: Hundredths | null
  selfNote: string | null
  exempted: string | null
  checked: Hundredths | null
  checkNote: string | null
  seen: { total: number; good: number } | null
  appeal: string | null
  decided: Hundredths | null
  decision: string | null
}

export const emptyLine = (code: string): Line => ({ code, self: null, selfNote: null, exempted: null, checked: null, checkNote: null, seen: null, appeal: null, decided: null, decision: null })

const toLine = (row: AssessmentLineTable): Line => ({
  code: row.code, self: row.self, selfNote: row.self_note, exempted: row.exempted, checked: row.checked, checkNote: row.check_note,
  seen: row.seen_total === null || row.seen_good === null ? null : { total: row.seen_total, good: row.seen_good }, appeal: row.appeal, decided: row.decided, decision: row.decision,
})

/** 一份方案各机关的各项，机关 → 代码 → 项。 */
export async function listLines(tx: Tx, schemeId: string, bodyIds: readonly string[]): Promise<Map<string, Map<string, Line>>> {
  const rows = await tx.selectFrom('assessment_line').selectAll().where('body_id', '=', sql<string>`any(${[...bodyIds]}::uuid[])`).where('scheme_id', '=', schemeId).execute()
  return new Map([...Map.groupBy(rows, (row) => row.body_id)].map(([bodyId, group]) => [bodyId, new Map(group.map((row) => [row.code, toLine(row)]))]))
}

/** 写一项的几列；还没有的先添。 */
export async function saveLine(tx: Tx, { bodyId, schemeId, code }: LineRef, to: Partial<Omit<AssessmentLineTable, 'body_id' | 'scheme_id' | 'code'>>): Promise<void> {
  const none = { self: null, self_note: null, exempted: null, checked: null, check_note: null, seen_total: null, seen_good: null, appeal: null, decided: null, decision: null }
  await tx.insertInto('assessment_line').values({ body_id: bodyId, scheme_id: schemeId, code, ...none, ...to }).onConflict((oc) => oc.columns(['body_id', 'scheme_id', 'code']).doUpdateSet(to)).execute()
}

export interface LineRef {
  bodyId: string
  schemeId: string
  code: string
}

export interface Evidence {
  evidenceId: string
  code: string
  stage: LinePart
  key: string
  name: string
  type: EvidenceType
  size: number
  addedBy: string
  addedAt: Date
}

export const MOST_EVIDENCE = 20

/** 一机关考核的佐证，先交的在前；给 code 的只取一项。 */
export async function listEvidence(tx: Tx, { bodyId, schemeId, code }: Omit<LineRef, 'code'> & { code?: string }): Promise<Evidence[]> {
  let query = tx.selectFrom('assessment_evidence').selectAll().where('body_id', '=', bodyId).where('scheme_id', '=', schemeId).orderBy('evidence_id').limit(1000)
  if (code !== undefined) query = query.where('code', '=', code)
  return (await query.execute()).map((row) => ({ evidenceId: row.evidence_id, code: row.code, stage: row.stage, key: row.file_key, name: row.name, type: row.type, size: row.size, addedBy: row.added_by, addedAt: row.added_at }))
}

/** 公布的结果；没有公布的为 null。 */
export async function findResult(tx: Tx, schemeId: string): Promise<{ content: string; hash: string; publishedBy: string; publishedOn: PlainDate } | null> {
  const row = await tx.selectFrom('assessment_result').selectAll().where('scheme_id', '=', schemeId).executeTakeFirst()
  return row === undefined ? null : { content: row.content, hash: row.hash, publishedBy: row.published_by, publishedOn: row.published_on }
}

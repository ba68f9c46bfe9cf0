import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Application } from './application.ts'
import { APPLICATION_EVENTS, detailOf } from './case-words.ts'
import { listLetters } from './letter-desk/letter-store.ts'
import { letterRule } from './letters/letters.ts'
import { PAPER_KINDS, listPapers } from './papers/paper-store.ts'
import { PAPER_TYPES } from './papers/sniff-paper.ts'
import { getApplication } from './queries.ts'

/** 被复议、起诉的一件申请：复议诉讼的登记、答复照此写。 */
export interface DisputedApplication {
  caseId: string
  application: Application
  /** 经过：依次的日子与所办的事，写进答复书；内部的审批、分派不在其内 */
  course: readonly { on: PlainDate; text: string; detail: string }[]
}

/** 按答复文号、别的文书的文号，或者登记号（没有答复而被复议的），找是哪一件申请；没有为 null。 */
export async function findDisputable(tx: Tx, bodyId: string, text: string): Promise<string | null> {
  if (text === '') return null
  const { rows } = await sql<{ caseId: string }>`
    select case_id as "caseId" from application where body_id = ${bodyId} and doc_no = ${text}
    union all select case_id from application where body_id = ${bodyId} and reg_no = ${text}
    union all select case_id from application_letter where body_id = ${bodyId} and doc_no = ${text}
    limit 1`.execute(tx)
  return rows[0]?.caseId ?? null
}

/** 不写给外面的步骤：分派、协办、审批、归档之类。 */
const INSIDE: readonly string[] = ['drafted', 'assigned', 'examined', 'co-handling-asked', 'co-handling-returned', 'decision-proposed', 'decision-endorsed', 'decision-returned', 'archived', 'corrected', 'fee-recorded']

/** 一件被争的申请；没有抛 `NotFound`。 */
export async function getDisputed(tx: Tx, bodyId: string, caseId: string): Promise<DisputedApplication> {
  const { state, events } = await getApplication(tx, bodyId, caseId)
  const course = events.flatMap(({ event }) => (INSIDE.includes(event.kind) ? [] : [{ on: event.on, text: APPLICATION_EVENTS[event.kind], detail: detailOf(event, state) }]))
  return { caseId, application: state, course }
}

/** 案卷里可以列进证据目录的一份：申请的材料，或者发出的文书。 */
export interface CaseMaterial {
  source: 'paper' | 'letter'
  id: string
  name: string
  on: PlainDate
}

/** 案卷里的材料与发出的文书，先形成的在前；至多四百份。 */
export async function listCaseMaterials(tx: Tx, bodyId: string, caseId: string): Promise<CaseMaterial[]> {
  const papers = (await listPapers(tx, bodyId, caseId)).map(({ paperId, kind, type, givenOn }) => ({ source: 'paper' as const, id: paperId, name: `${PAPER_KINDS[kind]}（${PAPER_TYPES[type].label}）`, on: givenOn }))
  const letters = (await listLetters(tx, bodyId, caseId)).flatMap(({ letterId, type, docNo, issuedOn }) =>
    issuedOn === null ? [] : [{ source: 'letter' as const, id: letterId, name: `${letterRule(type).title}${docNo === null ? '' : `（${docNo}）`}`, on: issuedOn }],
  )
  return [...papers, ...letters].toSorted((a, b) => a.on.localeCompare(b.on))
}

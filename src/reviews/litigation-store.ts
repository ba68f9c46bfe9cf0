import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { appendMany, read, readMany } from '../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../platform/timeline.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { reviewTerm } from '../statute/review-clocks.ts'
import { evolveLitigation, foldLitigation, NEW_LITIGATION } from './litigation.ts'
import type { Litigation, LitigationEvent, LitigationState } from './litigation.ts'

export const LITIGATION_STREAM = 'litigation'

export interface LoadedLitigation {
  bodyId: string
  litigationId: string
  version: number
  ledgerKey: string | null
  state: LitigationState
}

export const newLitigation = (bodyId: string, litigationId: string, ledgerKey: string | null): LoadedLitigation => ({
  bodyId,
  litigationId,
  version: 0,
  ledgerKey,
  state: NEW_LITIGATION,
})

/** 一件及其时间线；没有则抛 NotFound。 */
export async function getLitigation(
  tx: Tx,
  bodyId: string,
  litigationId: string,
): Promise<LoadedLitigation & { state: Litigation; history: readonly RecordedEvent<LitigationEvent>[] }> {
  const row = await tx
    .selectFrom('litigation_case')
    .select(['ledger_key', 'version'])
    .where('body_id', '=', bodyId)
    .where('litigation_id', '=', litigationId)
    .executeTakeFirst()
  const history = row ? await read<LitigationEvent>(tx, { bodyId, caseId: litigationId, stream: LITIGATION_STREAM }) : []
  const state = foldLitigation(history.map((recorded) => recorded.event))
  if (!row || state.status === 'new') throw new NotFound('该行政诉讼案件')
  return { bodyId, litigationId, version: row.version, ledgerKey: row.ledger_key, state, history }
}

/** 按台账行键找已有的，至多 1,000 个一次。 */
export async function findLitigationByLedgerKeys(
  tx: Tx,
  bodyId: string,
  keys: readonly string[],
): Promise<Map<string, LoadedLitigation>> {
  const rows = await tx
    .selectFrom('litigation_case')
    .select(['litigation_id', 'version', 'ledger_key'])
    .where('body_id', '=', bodyId)
    .where('ledger_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute()
  const caseIds = rows.map((row) => row.litigation_id)
  const histories = await readMany<LitigationEvent>(tx, { bodyId, caseIds, stream: LITIGATION_STREAM })
  return new Map(
    rows.map((row) => {
      const state = foldLitigation((histories.get(row.litigation_id) ?? []).map((recorded) => recorded.event))
      return [row.ledger_key ?? '', { bodyId, litigationId: row.litigation_id, version: row.version, ledgerKey: row.ledger_key, state }]
    }),
  )
}

/** 追加事件并刷新行，同一事务，可成批（至多 1,000 件）；返回改动的件数。 */
export async function saveLitigation(
  tx: Tx,
  changes: readonly { found: LoadedLitigation; events: readonly LitigationEvent[]; recordedBy?: (event: LitigationEvent) => RecordedBy }[],
  by: RecordedBy,
  calendar: Calendar,
): Promise<number> {
  const changed = changes.filter(({ events }) => events.length > 0)
  if (changed.length === 0) return 0
  await appendMany(
    tx,
    LITIGATION_STREAM,
    changed.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.litigationId, expectedVersion: found.version, events, recordedBy })),
    by,
  )
  const rows = changed.map(({ found, events }) => {
    const state = events.reduce((so, event) => evolveLitigation(so, event), found.state)
    if (state.status === 'new') throw new Error('行政诉讼案件没有登记')
    return {
      body_id: found.bodyId,
      litigation_id: found.litigationId,
      version: found.version + events.length,
      ledger_key: found.ledgerKey,
      updated_at: by.at,
      ...toLitigationRow(state, calendar),
    }
  })
  await tx
    .insertInto('litigation_case')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['body_id', 'litigation_id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        status: eb.ref('excluded.status'),
        case_no: eb.ref('excluded.case_no'),
        court: eb.ref('excluded.court'),
        decision_no: eb.ref('excluded.decision_no'),
        after_review: eb.ref('excluded.after_review'),
        role: eb.ref('excluded.role'),
        received_on: eb.ref('excluded.received_on'),
        answer_due_on: eb.ref('excluded.answer_due_on'),
        answered_on: eb.ref('excluded.answered_on'),
        first_result: eb.ref('excluded.first_result'),
        first_on: eb.ref('excluded.first_on'),
        appealed_on: eb.ref('excluded.appealed_on'),
        result: eb.ref('excluded.result'),
        effective_on: eb.ref('excluded.effective_on'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
  return rows.length
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toLitigationRow = (state: Litigation, calendar: Calendar) => ({
  status: state.status,
  case_no: state.facts.caseNo,
  court: state.facts.court,
  decision_no: state.facts.decisionNo,
  after_review: state.facts.afterReview,
  role: state.facts.role,
  received_on: state.facts.receivedOn,
  answer_due_on: answerDueOn(state, calendar),
  answered_on: state.answeredOn,
  first_result: state.firstInstance?.result ?? null,
  first_on: state.firstInstance?.on ?? null,
  appealed_on: state.appealedOn,
  result: state.final?.result ?? null,
  effective_on: state.final?.on ?? null,
})

// 日历所不及的旧案早已答辩，没有期限可算；还要答辩的缺年份即报错
function answerDueOn(state: Litigation, calendar: Calendar): string | null {
  try {
    return reviewTerm('SUIT_ANSWER', state.facts.receivedOn, calendar).dueOn
  } catch (error) {
    if (error instanceof CalendarYearMissing && state.status !== 'filed') return null
    throw error
  }
}

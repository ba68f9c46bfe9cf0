import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { CheckedRecord, RecordViewer } from '../../platform/record-source.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { periodOf } from '../assessment/measure.ts'
import type { Sources } from '../assessment/source.ts'
import { TRIGGERS, TRIGGER_KEYS, isTrigger } from './triggers.ts'
import type { TriggerKey } from './triggers.ts'

/** 一机关一种线索：几条，其中处置过的几条。 */
export interface Question {
  bodyId: string
  trigger: TriggerKey
  found: number
  handled: number
}

/** 一年的线索，各机关各种合计；没有线索的不列。每种线索取数一次。 */
export async function listQuestions(tx: Tx, sources: Sources, { bodyIds, year, today, viewer }: { bodyIds: readonly string[]; year: number; today: PlainDate; viewer: RecordViewer }): Promise<Question[]> {
  const { rows } = await sql<{ bodyId: string; trigger: string; n: number }>`
    select body_id as "bodyId", trigger, count(*) as n from accountability_record where year = ${year} and body_id = any(${[...bodyIds]}::uuid[]) group by 1, 2`.execute(tx)
  const handled = new Map(rows.map(({ bodyId, trigger, n }) => [`${bodyId} ${trigger}`, n]))
  const questions: Question[] = []
  for (const trigger of TRIGGER_KEYS) {
    const sums = await sources[TRIGGERS[trigger].source].count(tx, { bodyIds, ...periodOf(year), today, viewer })
    for (const [bodyId, { total, good }] of sums) {
      const done = handled.get(`${bodyId} ${trigger}`) ?? 0
      if (total - good > 0 || done > 0) questions.push({ bodyId, trigger, found: total - good, handled: done })
    }
  }
  return questions
}

/** 处置过的一条。 */
export interface Handled {
  recordId: string
  label: string
  note: string
  matterId: string | null
  reason: string | null
  handledOn: PlainDate
}

export interface QuestionRecords {
  /** 等着定提不提起的 */
  open: readonly CheckedRecord[]
  handled: readonly Handled[]
  more: boolean
}

export const MOST_QUESTIONS = 200

/** 一机关一种线索的逐条：还没有处置的至多二百条，与处置过的；`viewer` 须回避的不在其中。 */
export async function listQuestionRecords(tx: Tx, sources: Sources, { bodyId, trigger, year, today, viewer }: { bodyId: string; trigger: TriggerKey; year: number; today: PlainDate; viewer: RecordViewer }): Promise<QuestionRecords> {
  const source = sources[TRIGGERS[trigger].source]
  const scope = { bodyId, ...periodOf(year), today, viewer }
  const rows = await tx.selectFrom('accountability_record').selectAll().where('body_id', '=', bodyId).where('trigger', '=', trigger).where('year', '=', year).orderBy('handled_on', 'desc').limit(1000).execute()
  const known = new Set(rows.map((row) => row.record_id))
  const hidden = (await source.hiddenFrom?.(tx, { bodyId, viewer, recordIds: [...known] })) ?? new Set<string>()
  const open: CheckedRecord[] = []
  // 不合要求的排在前面，遇到合要求的即止
  for (let offset = 0; open.length <= MOST_QUESTIONS; offset += MOST_QUESTIONS) {
    const page = await source.list(tx, scope, { limit: MOST_QUESTIONS, offset })
    const bad = page.filter(({ good }) => !good)
    open.push(...bad.filter(({ recordId }) => !known.has(recordId)))
    if (bad.length < MOST_QUESTIONS) break
  }
  return {
    open: open.slice(0, MOST_QUESTIONS),
    more: open.length > MOST_QUESTIONS,
    handled: rows.filter((row) => !hidden.has(row.record_id)).map((row) => ({ recordId: row.record_id, label: row.label, note: row.note, matterId: row.matter_id, reason: row.reason, handledOn: row.handled_on })),
  }
}

/** 一件事项所列的线索；`viewer` 须回避的不在其中。 */
export async function listMatterRecords(tx: Tx, sources: Sources, { bodyId, matterId, viewer }: { bodyId: string; matterId: string; viewer: RecordViewer }): Promise<{ trigger: string; label: string; note: string }[]> {
  const rows = await tx.selectFrom('accountability_record').select(['record_id', 'trigger', 'label', 'note']).where('body_id', '=', bodyId).where('matter_id', '=', matterId).orderBy('label').limit(1000).execute()
  const hidden = new Set<string>()
  for (const [trigger, group] of Map.groupBy(rows, (row) => row.trigger)) {
    if (!isTrigger(trigger)) continue
    const found = await sources[TRIGGERS[trigger].source].hiddenFrom?.(tx, { bodyId, viewer, recordIds: group.map((row) => row.record_id) })
    for (const id of found ?? []) hidden.add(id)
  }
  return rows.filter((row) => !hidden.has(row.record_id))
}

import '../tables.ts'
import { sql } from 'kysely'
import { canonicalJson } from '../../platform/canonical-json.ts'
import { keyedHash } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { ImportCounts, LedgerContext, LedgerRow } from '../../platform/ledger/index.ts'
import { createHash } from 'node:crypto'
import { outcomeRemedy } from '../../statute/outcomes.ts'
import { isPast, supplementNoticeDue } from '../../statute/reply-clock.ts'
import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { insertApplicants, listNameHashes, nameHashOf } from '../applicants/applicant-store.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import { evolve } from '../application.ts'
import type { Application } from '../application.ts'
import { correctable, differences } from '../corrections.ts'
import type { CorrectableValues } from '../corrections.ts'
import type { Ground } from '../decisions.ts'
import type { ApplicationEvent } from '../events.ts'
import type { ParsedApplication } from './ledger.ts'
import { getGround } from '../settings.ts'
import { loadApplications, saveApplications } from '../store.ts'
import type { ApplicationChange, LoadedApplication } from '../store.ts'

const BATCH = 1000

/**
 * 把读好的台账行写入：新的登记号建案；没有变化的跳过；续了新情况的（补了答复、送达等）接着记；
 * 与原来不同的记为更正，前后并存。可以多次导入，结果相同。
 */
export async function importApplications(
  tx: Tx,
  context: LedgerContext,
  rows: readonly LedgerRow<ParsedApplication>[],
): Promise<ImportCounts> {
  const total: ImportCounts = { created: 0, changed: 0, unchanged: 0 }
  const ground = await getGround(tx, context.bodyId, context.today)
  for (let from = 0; from < rows.length; from += BATCH) {
    const counts = await importBatch(tx, context, rows.slice(from, from + BATCH), ground)
    total.created += counts.created
    total.changed += counts.changed
    total.unchanged += counts.unchanged
  }
  return total
}

async function importBatch(tx: Tx, context: LedgerContext, rows: readonly LedgerRow<ParsedApplication>[], ground: Ground): Promise<ImportCounts> {
  const { bodyId } = context
  const known = await findByRegNo(tx, bodyId, rows.map((row) => row.key))
  const hashed = rows.map((row) => ({ row, hash: hashOf(row.value, context.fieldKeys), found: known.get(row.key) }))
  const touched = hashed.filter(({ hash, found }) => found?.sourceHash?.equals(hash) !== true)
  const loaded = await loadApplications(tx, bodyId, touched.flatMap(({ found }) => (found === undefined ? [] : [found.caseId])))
  const names = await listNameHashes(tx, bodyId, [...loaded.values()].flatMap(({ state }) => state?.applicantId ?? []))

  const applicants: Applicant[] = []
  const counts: ImportCounts = { created: 0, changed: 0, unchanged: hashed.length - touched.length }
  const changes: ApplicationChange[] = touched.map(({ row, hash, found }) => {
    const before = found === undefined ? undefined : loaded.get(found.caseId)
    const named = applicantOf(row.value, before?.state ?? null, names, context.fieldKeys)
    if (named.added !== null) applicants.push(named.added)
    const into = before ?? { bodyId, caseId: newId(), version: 0, state: null }
    const events = eventsFor(into, row.value, named.applicantId, ground)
    if (into.state === null) counts.created += 1
    else if (events.length > 0) counts.changed += 1
    else counts.unchanged += 1
    return { found: into, events, sourceHash: hash }
  })
  if (applicants.length > 0) await insertApplicants(tx, keysOf(context), bodyId, applicants, context.at)
  await saveApplications(tx, changes, { actor: context.actor, at: context.at }, ground)
  return counts
}

const keysOf = (context: LedgerContext): FieldKeys => {
  if (context.fieldKeys === undefined) throw new Error('台账含申请人姓名，导入须给出加密的钥匙')
  return context.fieldKeys
}

async function findByRegNo(tx: Tx, bodyId: string, regNos: readonly string[]): Promise<Map<string, { caseId: string; sourceHash: Buffer | null }>> {
  const { rows } = await sql<{ reg_no: string; case_id: string; source_hash: Buffer | null }>`
    select reg_no, case_id, source_hash from application where body_id = ${bodyId} and reg_no = any(${[...regNos]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.reg_no, { caseId: row.case_id, sourceHash: row.source_hash }]))
}

// 含姓名，故有钥匙时带钥匙；没有钥匙的行也没有姓名
const hashOf = (value: ParsedApplication, keys: FieldKeys | undefined): Buffer => {
  const text = canonicalJson({ ...value })
  return keys === undefined ? createHash('sm3').update(text).digest() : keyedHash(keys, 'application-row', text)
}

// 姓名改了的另存一个申请人，原来的留着；没有写姓名的沿用原来的
function applicantOf(
  value: ParsedApplication,
  before: Application | null,
  names: ReadonlyMap<string, Buffer | null>,
  keys: FieldKeys | undefined,
): { applicantId: string | null; added: Applicant | null } {
  const current = before?.applicantId ?? null
  if (value.applicantName === null) return { applicantId: current, added: null }
  if (keys === undefined) throw new Error('台账含申请人姓名，导入须给出加密的钥匙')
  // 有申请人而没有姓名的摘要：已去标识化，再导入不把姓名带回来
  const known = current === null ? undefined : names.get(current)
  const same = known === null || known?.equals(nameHashOf(keys, value.applicantName)) === true
  if (same) return { applicantId: current, added: null }
  const applicantId = newId()
  return { applicantId, added: { applicantId, kind: value.applicantKind, name: value.applicantName, idNo: null, contact: null } }
}

/** 一行相当于发生过的哪些事，依次。 */
export function toEvents(v: ParsedApplication, applicantId: string | null, { calendar, settings }: Omit<Ground, 'today'>): ApplicationEvent[] {
  const { regNo, channel, applicantKind, content, note } = v
  const events: ApplicationEvent[] = [
    { kind: 'received', on: v.receivedOn, particulars: { regNo, channel, applicantKind, applicantId, content, form: null, splitFrom: null, note } },
  ]
  const middle: ApplicationEvent[] = []
  if (v.supplementAskedOn !== null) {
    middle.push({ kind: 'supplement-asked', on: v.supplementAskedOn, by: null, items: null, late: isLate(v.receivedOn, v.supplementAskedOn, calendar) })
    if (v.supplementedOn !== null) middle.push({ kind: 'supplemented', on: v.supplementedOn })
  }
  if (v.consultSentOn !== null) {
    middle.push({ kind: 'consultation-sent', on: v.consultSentOn, id: LEDGER_CONSULTATION, with: v.consultWith ?? 'THIRD_PARTY' })
    if (v.consultReturnedOn !== null)
      middle.push({ kind: 'consultation-returned', on: v.consultReturnedOn, id: LEDGER_CONSULTATION, reply: null, reasonable: null })
  }
  events.push(...middle.toSorted((x, y) => (x.on < y.on ? -1 : x.on > y.on ? 1 : 0)))
  if (v.extensionDays > 0) events.push({ kind: 'extended', on: v.receivedOn, days: v.extensionDays, approvedBy: null })
  const { decidedOn: on, outcome, docNo } = v
  if (on !== null && (outcome === 'CLOSED_NO_CORRECTION' || outcome === 'CLOSED_NO_PAYMENT')) events.push({ kind: 'closed', on, outcome, docNo })
  else if (on !== null && outcome !== null) events.push({ kind: 'decided', on, outcome, evidence: {}, remedy: outcomeRemedy(outcome, on, settings), docNo })
  if (v.feeAmount > 0) events.push({ kind: 'fee-recorded', on: v.decidedOn ?? v.receivedOn, amount: v.feeAmount })
  if (v.decidedOn !== null && v.deliveryMethod !== null) events.push({ kind: 'dispatched', on: v.decidedOn, method: v.deliveryMethod, carrier: null })
  if (v.servedOn !== null) events.push({ kind: 'served', on: v.servedOn })
  return events
}

const LEDGER_CONSULTATION = 'ledger'

// 没有该年节假日数据的旧案，无从判断是否逾七个工作日，按未逾
function isLate(receivedOn: string, askedOn: string, calendar: Calendar): boolean {
  try {
    return isPast(supplementNoticeDue(receivedOn, calendar), askedOn)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return false
    throw error
  }
}

/** 已有的一件，按新的一行该再记哪些事：相同则无；是原来的延续则接着记；否则更正。 */
export function eventsFor(found: LoadedApplication, value: ParsedApplication, applicantId: string | null, ground: Ground): ApplicationEvent[] {
  const full = toEvents(value, applicantId, ground)
  if (found.state === null) return full
  // 作废了的、拆分了的，台账再来也不复原
  if (found.state.status === 'voided' || found.state.status === 'split') return []
  const target = full.reduce<Application | null>(evolve, null)
  if (target === null) return []
  const wanted = ledgerView(target)
  const changes = differences(ledgerView(found.state), wanted)
  if (changes.length === 0) return []
  // 原来的恰是新的一行的前段：其余为后来发生的
  for (let from = full.length - 1; from >= 1; from--) {
    const prefix = full.slice(0, from).reduce<Application | null>(evolve, null)
    if (prefix !== null && differences(ledgerView(found.state), ledgerView(prefix)).length === 0) return full.slice(from)
  }
  const changed = new Set(changes.map((change) => change.field))
  // 台账所见与原来相同的部分保留系统内办理的细节，只换不同的
  const corrections = differences(correctable(found.state), correctable(target)).filter((change) => changed.has(change.field))
  return [{ kind: 'corrected', on: ground.today, reason: '台账再次导入', changes: corrections }]
}

// 台账看得见的部分：系统内办理的细节（意见的内容、补正的期限、承运者）台账没有，不因它没写而算不同
function ledgerView(a: Application): CorrectableValues {
  const values = correctable(a)
  const [firstSent] = values.consultations.map((c) => c.sentOn).toSorted()
  const returned = values.consultations.every((c) => c.returnedOn !== null)
  const last = values.supplements.at(-1)
  return {
    ...values,
    supplements: last === undefined ? [] : [{ askedOn: values.supplements[0]?.askedOn ?? last.askedOn, by: null, late: false, suppliedOn: last.suppliedOn }],
    consultations:
      firstSent === undefined
        ? []
        : [
            {
              id: LEDGER_CONSULTATION,
              with: values.consultations[0]?.with ?? 'THIRD_PARTY',
              sentOn: firstSent,
              deliveredOn: null,
              returnedOn: returned ? (values.consultations.map((c) => c.returnedOn ?? '').toSorted().at(-1) ?? null) : null,
              reply: null,
              reasonable: null,
            },
          ],
    delivery: values.delivery && { method: values.delivery.method, dispatchedOn: values.decision?.decidedOn ?? '', servedOn: values.delivery.servedOn },
  }
}

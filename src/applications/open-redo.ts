import './tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../bodies/index.ts'
import { listHolders } from '../identity/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Application } from './application.ts'
import type { ApplicationEvent } from './events.ts'
import { tellApplicant } from './follow-up/tell-applicant.ts'
import { lockApplication } from './followers.ts'
import { HANDLER_ROLES } from './handlers-of.ts'
import { listRedos } from './list-redos.ts'
import { getApplication } from './queries.ts'
import type { Redo } from './redo.ts'
import { isLive } from './report-facts.ts'
import { getGround } from './settings.ts'
import { saveApplications } from './store.ts'

/** 决定、裁判责令重新答复的内容。 */
export type RedoOrder = Pick<Redo, 'disputeId' | 'kind' | 'authority' | 'documentNo' | 'decidedOn' | 'result' | 'term'> & {
  /** 期限起算之日：收到决定书、裁判生效之日，当日不计 */
  from: PlainDate
}

export const REDO_REFUSALS = {
  'redo-unanswered': '这件申请还没有答复：直接答复这一件，不必另立',
  'redo-dropped': '这件申请已撤回、拆分、并案或者作废，不能据以重新答复',
  'redo-twice': '照这件决定、裁判的重新答复已经立了',
} as const
export type RedoRefusal = keyof typeof REDO_REFUSALS

/** 能不能据以重新答复；可以的为 null。 */
export function refuseRedo(a: Application): RedoRefusal | null {
  if (a.decision === null) return isLive(a) && a.status !== 'merged' ? 'redo-unanswered' : 'redo-dropped'
  return !isLive(a) || a.withdrawnOn !== null ? 'redo-dropped' : null
}

/**
 * 另立一件，照决定、裁判重新答复：沿用原来的申请人、所求与查询码，自己走期限、出文书、归档；
 * 原件与其答复不动；同意电子送达的申请人收到一封邮件。计不计入年度报告依设置 `redoCounting`〔待核〕，在此定下。
 */
export async function openRedo(
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  { bodyId, of, order }: { bodyId: string; of: string; order: RedoOrder },
  by: { actor: string; at: Date; today: PlainDate },
): Promise<{ ok: true; caseId: string; regNo: string } | { ok: false; refusal: RedoRefusal }> {
  await lockApplication(tx, bodyId, of)
  const { state: a } = await getApplication(tx, bodyId, of)
  const refusal = refuseRedo(a)
  if (refusal !== null || a.decision === null) return { ok: false, refusal: refusal ?? 'redo-unanswered' }
  const earlier = await listRedos(tx, bodyId, [of])
  if (earlier.some(({ disputeId, status }) => disputeId === order.disputeId && status !== 'voided')) return { ok: false, refusal: 'redo-twice' }
  const { from, ...ordered } = order
  const regNo = `${a.regNo.slice(0, 50)}-重${earlier.length + 1}`
  const redo: Redo = {
    ...ordered,
    of,
    ofRegNo: a.regNo,
    replaces: { docNo: a.decision.docNo, decidedOn: a.decision.decidedOn },
    counted: (await getSetting(tx, bodyId, 'redoCounting')) === 'COUNTED',
  }
  const { channel, applicantKind, applicantId, content, form } = a
  const particulars = { regNo, channel, applicantKind, applicantId, content, form, splitFrom: null, note: null, redo }
  const events: ApplicationEvent[] = [{ kind: 'received', on: from, particulars, receipt: { submittedOn: from, proof: [order.authority, order.documentNo].filter((text) => text !== null).join(' ') } }]
  if (a.handler !== null && (await listHolders(tx, bodyId, HANDLER_ROLES)).has(a.handler)) events.push({ kind: 'assigned', on: by.today, to: a.handler })
  const caseId = newId()
  await saveApplications(tx, [{ found: { bodyId, caseId, version: 0, state: null }, events }], by, await getGround(tx, bodyId, by.today))
  // 申请人凭原来的查询码也查得到
  await sql`insert into application_access (body_id, case_id, code_hash, created_at)
    select body_id, ${caseId}::uuid, code_hash, ${by.at} from application_access where body_id = ${bodyId} and case_id = ${of}`.execute(tx)
  await tellApplicant(tx, deps, { bodyId, caseId }, (await getApplication(tx, bodyId, caseId)).state, events)
  return { ok: true, caseId, regNo }
}

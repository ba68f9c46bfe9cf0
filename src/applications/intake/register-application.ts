import { record } from '../../audit/index.ts'
import { getBody, getSetting } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import { insertApplicants } from '../applicants/applicant-store.ts'
import { receive, submit } from '../decisions.ts'
import type { Answer, Ground } from '../decisions.ts'
import type { Particulars } from '../events.ts'
import { findDuplicates } from '../find-duplicates.ts'
import type { Duplicate } from '../find-duplicates.ts'
import type { Intake } from './intake-form.ts'
import { adoptPapers } from '../papers/paper-store.ts'
import { nextRegNo } from '../reg-number.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { getGround } from '../settings.ts'
import { saveApplications } from '../store.ts'
import { tellOfApplicant } from '../tell.ts'

export type Registered =
  | { ok: true; regNo: string; confirmed: boolean }
  | { ok: false; refusal: ApplicationRefusal }
  | { ok: false; refusal: 'duplicates'; duplicates: Duplicate[]; key: string }

/**
 * 登记一件申请：查重、编号、存申请人（加密）、记收到。尚未签收或确认的记为待确认收到，期限不走。
 * 有可能重复的先退回请人判断；`seen` 为已看过的那几件，与现查的一致方登记。
 * 同一 `caseId` 交来两次的，第二次抛 `Conflict`。
 */
export function registerApplication(
  deps: Deps,
  actor: Actor,
  { bodyId, caseId, intake, seen }: { bodyId: string; caseId: string; intake: Intake; seen: string },
): Promise<Registered> {
  requirePermission(actor, 'application.handle', bodyId)
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    const ground = await getGround(tx, bodyId, deps.clock.today())
    const { name, idNo } = intake.applicant
    const on = intake.confirmedOn ?? intake.submittedOn
    // 编号之前先问可否，免得不成而占号
    const trial = firstStep(intake, '待编', null, ground)
    if (!trial.ok) return trial
    const duplicates = (await findDuplicates(tx, keys, { bodyId, name, idNo, content: intake.content, on })).filter((one) => one.caseId !== caseId)
    const key = keyOf(duplicates)
    if (duplicates.length > 0 && key !== seen) return { ok: false, refusal: 'duplicates', duplicates, key }
    const body = await getBody(tx, bodyId)
    const template = await getSetting(tx, bodyId, 'regNoTemplate')
    const regNo = await nextRegNo(tx, bodyId, { template, codeWord: body.codeWord ?? '', year: yearOf(on) })
    const applicantId = newId()
    const decision = firstStep(intake, regNo, applicantId, ground)
    if (!decision.ok) throw new Error(`登记两次判断不一：${decision.refusal}`)
    const at = deps.clock.now()
    await insertApplicants(tx, keys, bodyId, [{ applicantId, kind: intake.kind, ...intake.applicant }], at)
    await saveApplications(tx, [{ found: { bodyId, caseId, version: 0, state: null }, events: decision.events }], { actor: actorKey(actor), at }, ground)
    await adoptPapers(tx, bodyId, caseId)
    const [event] = decision.events
    await record(tx, actor, 'application.registered', { bodyId, target: caseId }, { channel: intake.channel, duplicates: duplicates.length })
    const confirmed = event?.kind === 'received'
    if (actor.kind === 'api')
      await tellOfApplicant({ tx, bodyId, caseId, at }, { regNo, handler: null }, 'registered', { title: '外接系统转来一件申请', note: confirmed ? '已收到，请分派承办人。' : '还没有与申请人确认收到，当日须确认（条例第三十一条）。' })
    return { ok: true, regNo, confirmed }
  })
}

const keyOf = (duplicates: readonly Duplicate[]): string => duplicates.map((one) => one.caseId.slice(-12)).toSorted().join('.')

function firstStep(intake: Intake, regNo: string, applicantId: string | null, ground: Ground): Answer {
  const particulars: Particulars = {
    regNo,
    channel: intake.channel,
    applicantKind: intake.kind,
    applicantId,
    content: intake.content,
    form: intake.form,
    splitFrom: null,
    note: intake.note,
  }
  const waiting = CHANNELS[intake.channel].receivedOn !== 'submitted' && intake.confirmedOn === null
  if (waiting) return submit(null, intake.submittedOn, particulars, ground)
  const { submittedOn, confirmedOn, proof } = intake
  return receive(null, { particulars, submittedOn, proof, ...(confirmedOn === null ? {} : { signedOn: confirmedOn, confirmedOn }) }, ground)
}

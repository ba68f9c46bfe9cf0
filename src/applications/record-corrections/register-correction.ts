import './tables.ts'
import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Channel } from '../../statute/receipt.ts'
import { insertApplicants } from '../applicants/applicant-store.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import type { ApplicantKind } from '../events.ts'
import { nextCorrectionSerial, sealPart } from './correction-store.ts'
import type { CorrectionRef, CorrectionRequest } from './correction-store.ts'

export interface CorrectionIntake {
  channel: Channel
  receivedOn: PlainDate
  kind: ApplicantKind
  applicant: Pick<Applicant, 'name' | 'idNo' | 'contact' | 'details'>
  request: CorrectionRequest
}

/** 登记一件更正申请：编号、存申请人与所求（加密）。同一 `correctionId` 交来两次的只存一次，返回其登记号。 */
export function registerCorrection(deps: Deps, actor: Actor, { bodyId, correctionId, intake }: CorrectionRef & { intake: CorrectionIntake }): Promise<string> {
  requirePermission(actor, 'application.handle', bodyId)
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    const known = await tx.selectFrom('record_correction').select('reg_no').where('body_id', '=', bodyId).where('correction_id', '=', correctionId).executeTakeFirst()
    if (known !== undefined) return known.reg_no
    const { codeWord } = await getBody(tx, bodyId)
    const year = yearOf(intake.receivedOn)
    const regNo = `${codeWord ?? ''}公开更〔${year}〕${await nextCorrectionSerial(tx, bodyId, year)}号`
    const [at, applicantId] = [deps.clock.now(), newId()]
    await insertApplicants(tx, keys, bodyId, [{ applicantId, kind: intake.kind, ...intake.applicant }], at)
    await tx
      .insertInto('record_correction')
      .values({
        body_id: bodyId, correction_id: correctionId, reg_no: regNo, status: 'open', applicant_id: applicantId, applicant_kind: intake.kind, channel: intake.channel, received_on: intake.receivedOn,
        request_sealed: sealPart(keys, intake.request, { bodyId, correctionId }, 'request'),
        result: null, answer_sealed: null, proposed_on: null, proposed_by: null, returned_reason: null, decided_on: null, decided_by: null, doc_no: null, letter_sealed: null, letter_hash: null, told_on: null, withdrawn_on: null,
        registered_by: actorKey(actor), registered_at: at, version: 1,
      })
      .execute()
    await record(tx, actor, 'record-correction.registered', { bodyId, target: correctionId }, { channel: intake.channel })
    return regNo
  })
}
